// Writes `fmap.plan.json`. Flows in: a Plan. Flows out: one file, the same bytes for the same Plan: members in a fixed order, what
// fits stands on one line, every digit kept.
import { isExactNumber, writeJson } from "@fmap/runtime"
import * as z from "zod"
import type { Plan } from "../../plan/index.ts"
import type { Emitter } from "../emitter.ts"

export const planOptions = z.strictObject({})
export type PlanOptions = z.infer<typeof planOptions>

export const planEmitter: Emitter<PlanOptions> & { readonly optionsSchema: typeof planOptions } = {
  name: "plan",
  optionsSchema: planOptions,
  emit: plan => [{ path: "fmap.plan.json", text: writePlan(plan) }],
}

export function writePlan(plan: Plan): string {
  return `${written(plan, "")}\n`
}

const lineWidth = 120
/** What tells a reader which thing this is; the rest follows by name. */
const first = ["format", "formatVersion", "kind", "id", "name", "title", "code", "field"]

function written(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null || isExactNumber(value)) return writeJson(value)
  const deeper = `${indent}  `
  const list = Array.isArray(value)
  const parts = list
    ? value.map(item => written(item, deeper))
    : membersOf(value).map(([name, member]) => `${JSON.stringify(name)}: ${written(member, deeper)}`)
  const [open, close] = list ? ["[", "]"] : ["{", "}"]
  const line = parts.join(", ")
  if (indent.length + line.length <= lineWidth && !line.includes("\n")) return open + line + close
  return `${open}\n${parts.map(part => deeper + part).join(",\n")}\n${indent}${close}`
}

function membersOf(object: object): readonly (readonly [string, unknown])[] {
  return Object.entries(object)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0))
}

function rank(name: string): number {
  const place = first.indexOf(name)
  return place < 0 ? first.length : place
}
