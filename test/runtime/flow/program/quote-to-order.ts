// QuoteToOrder of the language's design, as the compiler would write it, with its maps by hand.
import type { EffectRules, FlowSpec, ObjectSpec } from "../../../../runtime/flow/program/flow-spec.ts"
import { handMaps, hold, reject, skip } from "./hand-maps.ts"

const object = (system: string, contract: string, name: string): ObjectSpec => ({
  system,
  contract,
  version: "1.0.0",
  object: name,
})
export const rules: EffectRules = { retry: null, timeoutMs: null, limit: null, refused: [] }
const question = (map: string, ...reads: string[]) => ({ map, reads })

export interface Opportunity {
  readonly Id: string
  readonly AccountId: string
  readonly StageName: string
  readonly Amount: unknown
  readonly SystemModstamp: string
  readonly Item?: string
}

export const quoteToOrder: FlowSpec = {
  name: "QuoteToOrder",
  version: "1.0.0",
  owner: "Integration Operations",
  trigger: {
    kind: "changed",
    binder: "opp",
    from: object("Salesforce", "Opportunity", "Opportunity"),
    fields: ["StageName", "Amount"],
    notByUs: true,
    becomes: [{ path: ["StageName"], value: "Closed Won" }],
  },
  when: question("QuoteToOrder.when", "opp"),
  lane: { key: question("QuoteToOrder.lane", "opp"), newest: question("QuoteToOrder.newest", "opp") },
  steps: [
    {
      kind: "read",
      name: "account",
      binder: "account",
      needs: [],
      conditions: [],
      each: null,
      from: object("Salesforce", "Account", "Account"),
      by: [{ field: "Id", value: question("QuoteToOrder.account.Id", "opp") }],
      many: false,
      otherwise: { verb: "hold", code: "NO_ACCOUNT", message: null },
    },
    {
      kind: "send",
      name: "customer",
      binder: "customer",
      needs: ["account"],
      conditions: [],
      each: null,
      what: {
        call: {
          map: "ToCustomer",
          version: "1.0.0",
          arguments: [{ name: "account", binder: "account" }],
          set: false,
        },
      },
      to: object("NetSuite", "Customer", "customer"),
      verb: "ensure",
      key: "externalId",
      effect: rules,
      compensate: null,
      links: [
        {
          crosswalk: "CustomerByAccount",
          keys: [question("QuoteToOrder.customer.key", "account")],
          value: question("QuoteToOrder.customer.value", "customer"),
        },
      ],
    },
    {
      kind: "map",
      name: "order",
      binder: "order",
      needs: [],
      conditions: [],
      each: null,
      call: { map: "BookOrder", version: "1.0.0", arguments: [{ name: "opp", binder: "opp" }], set: false },
    },
    {
      kind: "send",
      name: "accepted",
      binder: "accepted",
      needs: ["order", "customer"],
      conditions: [],
      each: null,
      what: {
        call: {
          map: "OrderToNetSuite",
          version: "1.0.0",
          arguments: [
            { name: "order", binder: "order" },
            { name: "customer", binder: "customer" },
          ],
          set: false,
        },
      },
      to: object("NetSuite", "SalesOrder", "salesOrder"),
      verb: "upsert",
      key: "externalId",
      effect: {
        retry: { attempts: 6, baseMs: 2_000, longestMs: 300_000 },
        timeoutMs: 30_000,
        limit: { count: 5, perMs: 1_000 },
        refused: [
          { code: "INVALID_KEY_OR_REF", then: { verb: "hold", code: "BAD_REFERENCE", message: null } },
          { code: null, then: { verb: "deadLetter", code: null, message: null } },
        ],
      },
      compensate: {
        map: "CancelOrder",
        version: "1.0.0",
        arguments: [
          { name: "order", binder: "order" },
          { name: "why", value: question("QuoteToOrder.why", "opp") },
        ],
        set: false,
      },
      links: [],
    },
    {
      kind: "send",
      name: "written",
      binder: "written",
      needs: ["accepted"],
      conditions: [],
      each: null,
      what: {
        call: {
          map: "WriteBack",
          version: "1.0.0",
          arguments: [
            { name: "opp", binder: "opp" },
            { name: "number", value: question("QuoteToOrder.written.number", "accepted") },
          ],
          set: false,
        },
      },
      to: object("Salesforce", "Opportunity", "Opportunity"),
      verb: "update",
      key: "Id",
      effect: {
        ...rules,
        refused: [
          { code: "FIELD_INTEGRITY", then: { verb: "reject", code: "NOT_WRITTEN_BACK", message: null } },
        ],
      },
      compensate: null,
      links: [],
    },
    {
      kind: "publish",
      name: "publish 1",
      binder: null,
      needs: ["written"],
      conditions: [],
      each: null,
      event: "OrderBooked",
      version: "1.0.0",
      what: {
        call: {
          map: "OrderBooked",
          version: "1.0.0",
          arguments: [
            { name: "order", binder: "order" },
            { name: "accepted", binder: "accepted" },
          ],
          set: false,
        },
      },
    },
  ],
  routes: [
    {
      on: "hold",
      codes: ["UNKNOWN_CUSTOMER", "UNKNOWN_ITEM"],
      to: { kind: "queue", queue: "order-desk", assign: "Master Data" },
      lane: "supersede",
    },
    { on: "hold", codes: null, to: { kind: "queue", queue: "order-desk", assign: null }, lane: "block" },
    { on: "reject", codes: null, to: { kind: "queue", queue: "order-desk", assign: null }, lane: "park" },
    { on: "failure", codes: null, to: { kind: "deadLetter" }, lane: "park" },
  ],
  slos: [],
}

interface Order {
  readonly externalId: string
  readonly item: string
  readonly total: unknown
}

export const quoteMaps = handMaps({
  "QuoteToOrder.when": ({ opp }: { opp: Opportunity }) => opp.StageName === "Closed Won",
  "QuoteToOrder.lane": ({ opp }: { opp: Opportunity }) => opp.AccountId,
  "QuoteToOrder.newest": ({ opp }: { opp: Opportunity }) => opp.SystemModstamp,
  "QuoteToOrder.account.Id": ({ opp }: { opp: Opportunity }) => opp.AccountId,
  "QuoteToOrder.customer.key": ({ account }: { account: { Id: string } }) => account.Id,
  "QuoteToOrder.customer.value": ({ customer }: { customer: { id: string } }) => customer.id,
  "QuoteToOrder.written.number": ({ accepted }: { accepted: { tranId: string } }) => accepted.tranId,
  "QuoteToOrder.why": ({ opp }: { opp: Opportunity }) => `${opp.Id} was given up`,
  ToCustomer: ({ account }: { account: { Id: string; Name: string } }) => ({
    externalId: account.Id,
    companyName: account.Name,
  }),
  BookOrder: ({ opp }: { opp: Opportunity }) => {
    if (opp.Item === "unknown") return hold("UNKNOWN_ITEM", "opp", "/Item", "The item is in no price list")
    if (opp.Item === "sample") return skip("SAMPLE", "opp", "/Item", "Samples are not ordered")
    if (opp.Amount === undefined) return reject("NO_AMOUNT", "opp", "/Amount", "An order needs an amount")
    return { externalId: opp.Id, item: opp.Item ?? "A-1", total: opp.Amount }
  },
  OrderToNetSuite: ({ order, customer }: { order: Order; customer: { id: string } }) => ({
    ...order,
    entity: customer.id,
  }),
  CancelOrder: ({ order, why }: { order: Order; why: string }) => ({
    externalId: order.externalId,
    status: "cancelled",
    memo: why,
  }),
  WriteBack: ({ opp, number }: { opp: Opportunity; number: string }) => ({
    Id: opp.Id,
    Order_Number__c: number,
  }),
  OrderBooked: ({ order, accepted }: { order: Order; accepted: { tranId: string } }) => ({
    order: order.externalId,
    number: accepted.tranId,
    total: order.total,
  }),
})
