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
  return `${written(plan, "", new Map())}\n`
}

const lineWidth = 120
/** What tells a reader which thing this is; the rest follows by name. */
const first = ["format", "formatVersion", "kind", "id", "name", "title", "code", "field"]

/** The names of an object in the order wanted, by the names in the order they stand: a Plan has few kinds of objects. */
type Orders = Map<string, readonly string[]>

function written(value: unknown, indent: string, orders: Orders): string {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value !== "object" || value === null || isExactNumber(value)) return writeJson(value)
  const deeper = `${indent}  `
  const list = Array.isArray(value)
  const parts = list ? value.map(item => written(item, deeper, orders)) : members(value, deeper, orders)
  const [open, close] = list ? ["[", "]"] : ["{", "}"]
  // most do not fit: their length says so before anything is joined
  const length = parts.reduce((sum, part) => sum + part.length + 2, indent.length)
  if (length - 2 <= lineWidth && !parts.some(part => part.includes("\n")))
    return `${open}${parts.join(", ")}${close}`
  return `${open}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${close}`
}

function members(object: object, indent: string, orders: Orders): readonly string[] {
  const names = Object.keys(object)
  const identity = names.join("\n")
  const order = orders.get(identity) ?? names.toSorted(byRank)
  orders.set(identity, order)
  const parts: string[] = []
  for (const name of order) {
    const member = (object as { readonly [name: string]: unknown })[name]
    if (member !== undefined) parts.push(`${JSON.stringify(name)}: ${written(member, indent, orders)}`)
  }
  return parts
}

function byRank(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)
}

function rank(name: string): number {
  const place = first.indexOf(name)
  return place < 0 ? first.length : place
}
