// A crosswalk declared with `<->`: can it be asked back? Flows in: the declaration, its types and rows. Flows out: whether every value
// has its key; null where it is no such crosswalk. What would have two answers is reported.
import { type CrosswalkDeclaration, diagnostic } from "@fmap/grammar"
import { firstDay, lastDay, rowConflicts, shownDays } from "@fmap/runtime"
import { type Findings, placeIn } from "../project/findings.ts"
import { aType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"
import { crosswalkGaps } from "./crosswalk-coverage.ts"
import { type ConstantRow, shownKey } from "./crosswalk-rows.ts"

export function crosswalkInverse(
  node: CrosswalkDeclaration,
  result: Type,
  isKey: (type: Type) => boolean,
  rows: readonly ConstantRow[],
  file: string,
  found: Findings,
): { readonly total: boolean } | null {
  if (node.bothWays === null || result.kind === "error") return null
  const at = placeIn(file)
  const refuse = (problem: string, where: Parameters<typeof at>[0]): void =>
    found.report(diagnostic("FM6256", { problem }, at(where)))
  const before = found.errors()
  if (node.parameters.length !== 1) refuse("it has several keys", { span: node.bothWays })
  if (!isKey(result)) refuse(`its result is ${aType(result)}`, node.result)
  if (node.from?.wildcard != null) refuse("a row of its file may stand for every key", node.from.wildcard)
  for (const row of rows)
    if (row.keys.includes(null)) refuse("a row for every key has no one key to give back", row)
  if (found.errors() > before) return { total: false }
  const turned = rows.map(row => ({ ...row, keys: [String(scalarOf(row.value))] }))
  for (const { first, second, keys, days } of rowConflicts(turned, 50)) {
    const [one, other] = [rows[first], rows[second]]
    if (one === undefined || other === undefined) continue
    const always = days.from === firstDay && days.until === lastDay
    found.report(
      diagnostic("FM6257", { value: shownKey(keys), days: always ? "" : ` ${shownDays(days)}` }, at(other), {
        label: "a second key",
        related: [{ place: at(one), text: "the first" }],
        help: "Write -> if nobody asks back.",
      }),
    )
  }
  return { total: crosswalkGaps([result], turned)?.count === 0 }
}

function scalarOf(value: ConstantRow["value"]): string | boolean {
  return value.kind === "scalar" ? value.value : ""
}
