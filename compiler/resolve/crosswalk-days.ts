// The days of a crosswalk: its `effective` clause and what its rows say. Flows in: syntax. Flows out: whether rows are dated, the
// columns of their days in a file, the first and last day of a row; what is wrong is reported.
import {
  type CrosswalkDeclaration,
  type CrosswalkRow,
  type Diagnostic,
  diagnostic,
  type Expression,
} from "@fmap/grammar"
import { type Days, firstDay, lastDay } from "@fmap/runtime"
import type { PlanCrosswalkSource } from "../plan/index.ts"
import { placeIn } from "../project/findings.ts"
import { constantOf } from "../types/constant.ts"

type Report = (diagnostic: Diagnostic) => void

/** Null: rows hold on all days. */
export type Dated = NonNullable<PlanCrosswalkSource["days"]> | null

const ends: readonly string[] = ["from", "until"]

export function datedOf(node: CrosswalkDeclaration, file: string, report: Report): Dated {
  const { effective } = node
  if (effective === null) return null
  const at = placeIn(file)
  const refuse = (problem: string, where: Parameters<typeof at>[0]): void =>
    report(diagnostic("FM6250", { problem }, at(where)))
  if (effective.word.text !== "dated") refuse(`"${effective.word.text}" is unknown`, effective.word)
  if (effective.untilWord !== null && effective.untilWord.text !== "next")
    refuse(`"until ${effective.untilWord.text}" is unknown`, effective.untilWord)
  const next = effective.untilWord !== null
  if (effective.columns === null) return { from: "from", until: next ? null : "until", next }
  if (node.from === null) refuse("the rows stand here and have no columns", effective)
  const columns = new Map<string, string>()
  for (const entry of effective.columns) {
    const name = entry.name.text
    const header = entry.column.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
    if (!ends.includes(name)) refuse(`"${name}" is neither from nor until`, entry.name)
    else if (columns.has(name)) refuse(`"${name}" stands twice`, entry.name)
    else if (next && name === "until") refuse("a row ends where the next one begins", entry)
    else columns.set(name, header)
  }
  return { from: columns.get("from") ?? null, until: columns.get("until") ?? null, next }
}

/** Null after a diagnostic. */
export function rowDays(row: CrosswalkRow, dated: Dated, file: string, report: Report): Days | null {
  const at = placeIn(file)
  const said = row.from ?? row.until
  if (said !== null && dated === null) {
    report(
      diagnostic("FM6251", {}, at(said), {
        label: "a day",
        help: "Say `effective dated` in the head of the crosswalk.",
      }),
    )
    return null
  }
  if (row.until !== null && dated?.next === true) {
    report(
      diagnostic("FM6250", { problem: "a row ends where the next one of its keys begins" }, at(row.until), {
        help: "Remove `until next` from the head, or this day.",
      }),
    )
    return null
  }
  const from = dayOf(row.from, firstDay, file, report)
  const until = dayOf(row.until, lastDay, file, report)
  if (from === null || until === null) return null
  if (from <= until) return { from, until }
  report(diagnostic("FM6252", { from, until }, at(row.until ?? row), { label: "before it begins" }))
  return null
}

function dayOf(written: Expression | null, open: string, file: string, report: Report): string | null {
  if (written === null) return open
  if (written.kind === "error") return null
  const constant = constantOf(written, { kind: "date" }, false)
  if ("value" in constant) return String(constant.value)
  report(diagnostic("FM6204", { what: "This day", problem: constant.problem }, placeIn(file)(written)))
  return null
}
