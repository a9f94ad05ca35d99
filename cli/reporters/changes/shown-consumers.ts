// The words in which consumers are told, shared by the reports for people. Flows in: consumers and what reaches them. Flows out: text without escaping.
import type { ConsumerReach, Reached } from "@fmap/compiler"

/** "breaks 2 of 7 consumers: Revenue, Archive"; "none of 7 consumers reads it"; empty where none is declared. */
export function consumersText(reached: readonly string[], all: readonly ConsumerReach[]): string {
  if (all.length === 0) return reached.length === 0 ? "" : `consumers: ${reached.join(", ")}`
  const many = `${all.length} ${all.length === 1 ? "consumer" : "consumers"}`
  if (reached.length === 0)
    return all.length === 1 ? "the one declared consumer does not read it" : `none of ${many} reads it`
  return `${reached.length} of ${many}: ${reached.join(", ")}`
}

export function stateText({ breaks, reached }: ConsumerReach): string {
  return breaks ? "breaks" : reached.length > 0 ? "is reached" : "is not reached"
}

export function whoText({ owner, contact }: ConsumerReach): string {
  return [owner, contact].filter(part => part !== null).join(", ")
}

/** "SalesOrder.total  M007  BookOrder → SalesOrder.total", decisions told as such. */
export function wayText({ field, rule, path, gives }: Reached): string {
  const way = path.length === 1 && path[0] === field ? "" : `  ${path.join(" → ")}`
  return `${field}  ${rule}${way}${gives === "decision" ? "  (only decides it)" : ""}`
}
