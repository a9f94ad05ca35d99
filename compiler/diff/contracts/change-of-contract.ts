// What changed about a contract as a whole: how its documents travel, what is answered. Flows in: both versions. Flows out:
// changes at the top.
import type { PlanShape } from "../../plan/index.ts"
import type { Breaks, ShapeChange } from "../schema/shape-change.ts"

export function changeOfContract(old: PlanShape, now: PlanShape): readonly ShapeChange[] {
  const [was, is] = [old.contract, now.contract]
  return [
    ...other("Its documents travel in another form.", "S016", was?.transport ?? null, is?.transport ?? null),
    ...other("Changes are told in another form.", "S016", was?.events ?? null, is?.events ?? null),
    ...other("What the system answers changed.", "S019", was?.answers ?? null, is?.answers ?? null),
  ]
}

function other(message: string, rule: "S016" | "S019", old: unknown, now: unknown): readonly ShapeChange[] {
  const [was, is] = [contentOf(old), contentOf(now)]
  if (was === is) return []
  const shown = (text: string) =>
    text === "null" ? null : text.length <= 120 ? text : `${text.slice(0, 119)}…`
  return [{ rule, old: shown(was), new: shown(is), message, breaks: both, path: [] }]
}

const both: Breaks = { backward: true, forward: true }

/** Without places, which move when anything above does. */
function contentOf(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) => (key === "at" ? undefined : member)) ?? "null"
}
