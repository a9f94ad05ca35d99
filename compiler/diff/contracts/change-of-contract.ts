// What changed about a contract as a whole: its checks, how its documents travel, what is answered. Flows in: both versions. Flows out:
// changes at the top.
import type { PlanRule, PlanShape } from "../../plan/index.ts"
import type { Breaks, ShapeChange } from "../schema/shape-change.ts"

export function changeOfContract(old: PlanShape, now: PlanShape): readonly ShapeChange[] {
  const [was, is] = [old.contract, now.contract]
  return [
    ...checkChanges(old, now),
    ...other("Its documents travel in another form.", "S016", was?.transport ?? null, is?.transport ?? null),
    ...other("Changes are told in another form.", "S016", was?.events ?? null, is?.events ?? null),
    ...other("What the system answers changed.", "S019", was?.answers ?? null, is?.answers ?? null),
  ]
}

type Check = Extract<PlanRule, { kind: "check" }>

/** Rules about which fields have values together are in the schemas. */
function checksOf({ rules }: PlanShape): ReadonlyMap<string, Check> {
  return new Map(
    rules.flatMap(rule =>
      rule.kind === "check" && rule.says === null ? [[rule.exit.code, rule] as const] : [],
    ),
  )
}

function checkChanges(old: PlanShape, now: PlanShape): readonly ShapeChange[] {
  const [was, is] = [checksOf(old), checksOf(now)]
  const codes = [...new Set([...was.keys(), ...is.keys()])]
  return codes.flatMap((code): readonly ShapeChange[] => {
    const [before, after] = [was.get(code), is.get(code)]
    if (before !== undefined && after !== undefined && contentOf(before) === contentOf(after)) return []
    const breaks: Breaks = {
      backward: after !== undefined && stops(after),
      forward: before !== undefined && stops(before),
    }
    const shown = (check: Check | undefined) => (check === undefined ? null : `${check.exit.verb} ${code}`)
    const message =
      before === undefined
        ? `Records are checked for ${code} now.`
        : after === undefined
          ? `Records are checked for ${code} no more.`
          : `What is checked for ${code} is something else now.`
    return [
      { rule: "S023", old: shown(before), new: shown(after), message, breaks, path: [], unproved: true },
    ]
  })
}

function stops({ exit }: Check): boolean {
  return exit.verb !== "warn"
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
