// What a data contract promises: how long records are kept, when it ends, how soon records are there. Flows in: the contract. Flows out: the promises a contract of the
// language has, and a note for each other one.
import type { ImportedContract, ImportNote } from "../model.ts"
import { countOf, listOf, memberOf, textOf } from "../tree/tree-value.ts"
import { customOf } from "./odcs-type.ts"

/** The words of the language, as `slo` takes them. */
const serviceLevel = /^(?:100|[1-9]?\d(?:\.\d{1,6})?)% within [1-9]\d{0,8}(?:ms|s|min|h|d)$/u
const units: Readonly<Record<string, "days" | "months" | "years">> = {
  d: "days",
  day: "days",
  days: "days",
  month: "months",
  months: "months",
  y: "years",
  yr: "years",
  year: "years",
  years: "years",
}

export interface Promises {
  readonly retention: NonNullable<ImportedContract["retention"]> | null
  readonly sunset: string | null
  readonly slo: string | null
}

/** Notes for what is not kept. */
export function promisesOf(tree: unknown, name: string, notes: ImportNote[]): Promises {
  const said = customOf(tree, "slo")
  const slo = said !== null && serviceLevel.test(said) ? said : null
  let found: Promises["retention"] = null
  let sunset: string | null = null
  for (const promise of listOf(memberOf(tree, "slaProperties")) ?? []) {
    const property = textOf(promise, "property") ?? ""
    const count = countOf(promise, "value")
    const word = (textOf(promise, "unit") ?? "").toLowerCase()
    const unit = Object.hasOwn(units, word) ? units[word] : undefined
    const day = textOf(promise, "value") ?? ""
    if (property === "latency" && slo !== null) continue
    if (property === "endOfLife" && sunset === null && isDay(day)) {
      sunset = day
      continue
    }
    if (property === "retention" && found === null && count !== null && count > 0 && unit !== undefined)
      found = { count, unit }
    else notes.push(note("dropped", `${name}#slaProperties`, `The promise "${property}" is not kept.`))
  }
  return { retention: found, sunset, slo }
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

export function note(kind: ImportNote["kind"], at: string, message: string): ImportNote {
  return { kind, sure: null, at, message }
}
