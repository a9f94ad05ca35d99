// One enum of a file and what the source says of it now. Flows in: both. Flows out: edits that add new values, and the drift. Values the
// source no longer has stay: older records still have them.
import type { EnumDeclaration } from "@fmap/grammar"
import type { ImportedEnum } from "../model.ts"
import { docLines } from "../print/docs.ts"
import { textLiteral } from "../print/text-literal.ts"
import type { Drift } from "./drift.ts"
import type { RecordedDeclaration } from "./import-record.ts"

export interface EnumMerge {
  readonly node: EnumDeclaration
  readonly declaration: ImportedEnum
  readonly recorded: RecordedDeclaration | null
  readonly text: string
  readonly drift: Drift[]
  readonly edit: (offset: number, length: number, replacement: string) => void
}

export function mergeEnum({ node, declaration, recorded, drift, edit }: EnumMerge): void {
  const there = new Set(node.members.map(member => member.value))
  const now = new Set(declaration.members.map(member => member.value))
  const added = declaration.members.filter(
    member => !there.has(member.value) && recorded?.fields.get(member.value) === undefined,
  )
  for (const { value } of added)
    drift.push({
      kind: "added",
      at: `${declaration.name}.${textLiteral(value)}`,
      before: null,
      after: null,
      kept: null,
    })
  const last = node.members.at(-1)
  if (added.length > 0 && last !== undefined) {
    const lines = added.flatMap(member => [...docLines(member.docs, "  "), `  ${textLiteral(member.value)}`])
    edit(last.span.end, 0, `\n${lines.join("\n")}`)
  }
  for (const value of recorded?.fields.keys() ?? []) {
    if (there.has(value) && !now.has(value))
      drift.push({
        kind: "removed",
        at: `${declaration.name}.${textLiteral(value)}`,
        before: null,
        after: null,
        kept: "",
      })
  }
}
