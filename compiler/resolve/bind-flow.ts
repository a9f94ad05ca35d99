// A flow by name and version. Flows in: the declaration. Flows out: a BoundFlow; its header and steps are the checker's.
import { diagnostic, type FlowDeclaration } from "@fmap/grammar"
import type { Findings } from "../project/findings.ts"
import type { Declared } from "./collect-names.ts"
import type { BoundFlow } from "./model.ts"
import { requireVersion } from "./versions.ts"

export function bindFlow(declared: Declared<FlowDeclaration>, found: Findings): BoundFlow {
  const { node, name, file, place } = declared
  const before = found.errors()
  requireVersion("flow", node.name, node.version, node.name.span.end, file, found)
  if (node.trigger === null)
    found.report(
      diagnostic("FM7101", { flow: name }, place, {
        label: "what starts it?",
        help: "Say `on order: SalesOrder changed`, `every day at 02:00 in …`, `on manual` or `on call …` in its header.",
      }),
    )
  return { kind: "flow", node, name, file, place, broken: found.errors() > before }
}
