// From a won opportunity to the body NetSuite takes: the two emitted transformers, one after the other. Flows in: what the caller
// sent, and reference data. Flows out: a Result; nothing is thrown, whatever the caller sent.
import type { Result } from "@fmap/runtime"
import type { NetSuiteSalesOrder } from "../emitted/contracts/netsuite.js"
import { type BookOrderInput, bookOrder } from "../emitted/maps/book-order.js"
import { orderToNetSuite } from "../emitted/maps/order-to-netsuite.js"
import type { ReferenceData } from "./reference-data.ts"

/** `request`: `{ opp, account, asOf }` as JSON gave it. Both maps check what they read, so its type is a promise nobody relies on. */
export function netSuiteOrder(request: unknown, reference: ReferenceData): Result<NetSuiteSalesOrder> {
  const input = (typeof request === "object" && request !== null ? request : {}) as BookOrderInput
  const booked = bookOrder(input, reference)
  if (booked.status !== "done") return booked
  return orderToNetSuite({ order: booked.value }, reference)
}
