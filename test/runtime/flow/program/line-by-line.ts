// A flow with a loop, conditions, an answer and an event for another flow, with its maps by hand.
import type { FlowSpec, StepSpec } from "../../../../runtime/flow/program/flow-spec.ts"
import { handMaps } from "./hand-maps.ts"
import { rules } from "./quote-to-order.ts"

interface Line {
  readonly sku: string
  readonly quantity: number
  readonly gift?: boolean
}

const each = { binder: "line", of: "cart", path: ["lines"] }
const notGift = { map: "notGift", reads: ["line"] }
const step = { needs: [], conditions: [], each: null }
const call = (map: string, ...binders: string[]) => ({
  call: { map, version: "1.0.0", arguments: binders.map(binder => ({ name: binder, binder })), set: false },
})

const steps: readonly StepSpec[] = [
  {
    ...step,
    kind: "map",
    name: "item",
    binder: "item",
    each,
    conditions: [notGift],
    ...call("ToItem", "line"),
  },
  {
    ...step,
    kind: "send",
    name: "reserved",
    binder: "reserved",
    needs: ["item"],
    each,
    what: { binder: "item" },
    to: { system: "Warehouse", contract: "Reservation", version: "1.0.0", object: "reservation" },
    verb: "create",
    key: "sku",
    effect: rules,
    compensate: null,
    links: [],
  },
  {
    ...step,
    kind: "map",
    name: "urgent",
    binder: "urgent",
    conditions: [{ map: "isUrgent", reads: ["cart"] }],
    ...call("Urgent", "cart"),
  },
  {
    ...step,
    kind: "publish",
    name: "publish 1",
    binder: null,
    needs: ["urgent"],
    event: "Urgent",
    version: "1.0.0",
    what: { binder: "urgent" },
  },
  {
    ...step,
    kind: "answer",
    name: "answer 1",
    binder: null,
    needs: ["reserved"],
    what: call("Answer", "cart"),
  },
]

export const lineByLine: FlowSpec = {
  name: "LineByLine",
  version: "1.0.0",
  owner: null,
  trigger: { kind: "call", binder: "cart", contract: "Cart", answer: "CartAnswer" },
  when: null,
  lane: null,
  steps,
  routes: [],
  slos: [],
}

export const lineMaps = handMaps({
  notGift: ({ line }: { line: Line }) => line.gift !== true,
  isUrgent: ({ cart }: { cart: { urgent?: boolean } }) => cart.urgent,
  ToItem: ({ line }: { line: Line }) => ({ sku: line.sku, quantity: line.quantity }),
  Release: ({ line }: { line: Line }) => ({ sku: line.sku, quantity: 0 }),
  Urgent: ({ cart }: { cart: { lines: readonly Line[] } }) => ({ skus: cart.lines.map(({ sku }) => sku) }),
  Answer: ({ cart }: { cart: { lines: readonly Line[] } }) => ({ lines: cart.lines.length }),
})
