// Consumers in the Plan. Flows in: bound declarations. Flows out: their plain data.
import type { Place } from "@fmap/grammar"
import type { At, PlanConsumer } from "../plan/index.ts"
import type { BoundConsumer } from "../resolve/model.ts"
import { plain } from "./plain-text.ts"

export function lowerConsumer(
  { node, name, file, place, reads }: BoundConsumer,
  { at, fileIndex }: { readonly at: (place: Place) => At; readonly fileIndex: (path: string) => number },
): PlanConsumer {
  return {
    name,
    file: fileIndex(file),
    docs: node.docs.join("\n"),
    owner: plain(node.owner),
    contact: plain(node.contact),
    reads: reads.map(({ of, fields, place: stands }) => ({
      of: of.kind === "map" ? { kind: "map", map: of.name } : { kind: "contract", shape: of.id },
      fields,
      at: at(stands),
    })),
    at: at(place),
  }
}
