// Where the rows of a list stand on the wire, behind the list's own name. Flows in: how the list is written. Flows out: names, `*` for every row.
import type { PlanField } from "@fmap/compiler"

type List = Extract<PlanField["type"], { readonly kind: "list" }>

export function rowsOnWire({ wire }: List): readonly string[] {
  return typeof wire === "object" && "under" in wire ? [wire.under, "*"] : ["*"]
}
