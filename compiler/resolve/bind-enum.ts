// A declared enum. Flows in: the declaration. Flows out: its type, judged as the one of a place is.
import type { EnumDeclaration } from "@fmap/grammar"
import type { Findings } from "../project/findings.ts"
import { enumFromNode } from "../types/from-node.ts"
import type { Declared } from "./collect-names.ts"
import type { BoundEnum } from "./model.ts"

export function bindEnum({ node, name, file, place }: Declared<EnumDeclaration>, found: Findings): BoundEnum {
  const before = found.errors()
  const type = enumFromNode(node, node.name, { file, report: found.report })
  return { kind: "enum", node, name, file, place, type, broken: found.errors() > before }
}
