// What a flow may have become, as data: how it is now, which events it had, what is read. Flows in: nothing. Flows out: cases; what a rehearsal finds, and what delivering again does, stands in golden/.
import type { FlowSpec, StepSpec } from "../../../../runtime/flow/program/flow-spec.ts"
import { hold } from "../program/hand-maps.ts"
import { type Opportunity, quoteToOrder } from "../program/quote-to-order.ts"

type Maps = Readonly<Record<string, (input: never) => unknown>>

export interface ReplayCase {
  readonly name: string
  readonly events: readonly Opportunity[]
  /** As it is now. */
  readonly spec?: (spec: FlowSpec) => FlowSpec
  readonly maps?: Maps
  readonly read?: true
  /** It was not known then, and is now. */
  readonly account?: string
}

const won = (Id: string, more: Partial<Opportunity> = {}): Opportunity => ({
  Id,
  AccountId: "001A",
  StageName: "Closed Won",
  Amount: "1179.50",
  SystemModstamp: "2026-03-31T10:00:00Z",
  ...more,
})
const two = [won("006A"), won("006B", { Amount: "20.00", SystemModstamp: "2026-03-31T11:00:00Z" })]

const book =
  (change: (total: string) => string) =>
  ({ opp }: { readonly opp: Opportunity }) => ({
    externalId: opp.Id,
    item: opp.Item === "unknown" ? "A-7" : (opp.Item ?? "A-1"),
    total: change(String(opp.Amount)),
  })
const withStep = (step: Partial<StepSpec> & { readonly name: string }) => (spec: FlowSpec) => {
  const like = quoteToOrder.steps.find(({ name }) => name === "accepted")
  return {
    ...spec,
    version: "1.1.0",
    steps: [...spec.steps, { ...like, binder: null, links: [], compensate: null, ...step } as StepSpec],
  }
}
const notice = withStep({
  name: "notice",
  needs: ["order", "accepted"],
  to: { system: "Warehouse", contract: "Notice", version: "1.0.0", object: "notice" },
  what: { binder: "order" },
} as Partial<StepSpec> & { readonly name: string })

export const cases: readonly ReplayCase[] = [
  { name: "nothing changed", events: two },
  {
    name: "an amount is rounded otherwise",
    events: two,
    maps: { BookOrder: book(total => (total === "1179.50" ? "1180.00" : total)) as never },
  },
  { name: "a step was added", events: two, spec: notice },
  {
    name: "a step was left out",
    events: two,
    spec: spec => ({
      ...spec,
      version: "1.1.0",
      steps: spec.steps
        .filter(({ name }) => name !== "written")
        .map(step => ({ ...step, needs: step.needs.map(need => (need === "written" ? "accepted" : need)) })),
    }),
  },
  {
    name: "a step was named otherwise",
    events: [won("006A")],
    spec: spec => ({
      ...spec,
      version: "1.1.0",
      steps: spec.steps.map(step =>
        step.name === "written"
          ? { ...step, name: "told back" }
          : { ...step, needs: step.needs.map(need => (need === "written" ? "told back" : need)) },
      ),
    }),
  },
  {
    name: "it would be held now",
    events: two,
    maps: {
      BookOrder: (({ opp }: { readonly opp: Opportunity }) =>
        opp.Id === "006B"
          ? hold("TOO_SMALL", "opp", "/Amount", "It is too small")
          : book(total => total)({ opp })) as never,
    },
  },
  {
    name: "what was held is known now",
    events: [won("006A", { Item: "unknown" }), won("006B", { SystemModstamp: "2026-03-31T12:00:00Z" })],
    maps: { BookOrder: book(total => total) as never },
  },
  {
    name: "it is held all the same",
    events: [won("006A", { Item: "unknown" })],
  },
  {
    name: "another question is asked, and nothing is read",
    events: [won("006A")],
    maps: {
      "QuoteToOrder.account.Id": (({ opp }: { readonly opp: Opportunity }) => `${opp.AccountId}B`) as never,
    },
    account: "001AB",
  },
  {
    name: "another question is asked and answered",
    events: [won("006A")],
    maps: {
      "QuoteToOrder.account.Id": (({ opp }: { readonly opp: Opportunity }) => `${opp.AccountId}B`) as never,
    },
    account: "001AB",
    read: true,
  },
  {
    name: "it is wanted now",
    events: [won("006A", { StageName: "Prospecting" })],
    maps: { "QuoteToOrder.when": (() => true) as never },
    read: true,
  },
  {
    name: "it is not wanted now",
    events: [won("006A")],
    maps: { "QuoteToOrder.when": (() => false) as never },
  },
  {
    name: "a name is personal",
    events: [won("006A")],
    maps: {
      ToCustomer: (({ account }: { readonly account: { readonly Id: string; readonly Name: string } }) => ({
        externalId: account.Id,
        companyName: account.Name.toUpperCase(),
      })) as never,
    },
  },
  {
    name: "a newer version of the record is the one that counts",
    events: [won("006A"), won("006A", { Amount: "99.00", SystemModstamp: "2026-03-31T12:00:00Z" })],
    spec: notice,
  },
  {
    name: "an event that is published becomes another",
    events: [won("006A")],
    maps: {
      OrderBooked: (({ order }: { readonly order: { readonly externalId: string } }) => ({
        order: order.externalId,
        rush: true,
      })) as never,
    },
  },
  {
    name: "the flow has a defect now",
    events: [won("006A")],
    maps: {
      WriteBack: (() => {
        throw new TypeError("no such thing")
      }) as never,
    },
  },
]
