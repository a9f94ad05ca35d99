// What is called without being declared. Flows in: the specs of the built-in functions. Flows out: their names and those of
// the forms the checker knows itself. A function of one's own may not take one: nobody could tell which is meant.
import { functionSpecs } from "@fmap/runtime/functions"

/** Forms of a call that are no functions of the runtime. */
export const specialCalls: readonly string[] = [
  "round",
  "key",
  "money",
  "amount_in",
  "quantity",
  "quantity_in",
  "sum",
  "count",
  "min",
  "max",
  "average",
  "any",
  "all",
  "first",
  "last",
  "distinct",
  "convert",
  "invert",
]

/** What `(a, b?) = split(…)` becomes; nobody writes them. */
const inner: readonly string[] = ["parts", "part"]

export function isBuiltinCall(name: string): boolean {
  return specialCalls.includes(name) || inner.includes(name) || functionSpecs.has(name)
}
