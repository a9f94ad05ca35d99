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
  const pieces: string[] = []
  write(plan, "", { pieces, orders: new Map() })
  pieces.push("\n")
  return pieces.join("")
}

const lineWidth = 120
/** Below this the margin stays: a chain of a thousand operators would otherwise be mostly blanks. */
const deepestMargin = 80
/** What tells a reader which thing this is; the rest follows by name. */
const first = ["format", "formatVersion", "kind", "id", "name", "title", "code", "field"]

interface Writing {
  readonly pieces: string[]
  /** The names of an object in the order wanted, by the names in the order they stand: a Plan has few kinds of objects. */
  readonly orders: Map<string, readonly string[]>
}

/** Each piece is written once, however deep it stands. */
function write(value: unknown, margin: string, writing: Writing): void {
  const { pieces } = writing
  const flat = onOneLine(value, lineWidth + 2 - margin.length, writing)
  if (flat !== null) {
    pieces.push(flat)
    return
  }
  if (typeof value !== "object" || value === null || isExactNumber(value)) {
    pieces.push(writeJson(value))
    return
  }
  const deeper = margin.length < deepestMargin ? `${margin}  ` : margin
  let separator = Array.isArray(value) ? "[\n" : "{\n"
  const entry = (name: string, member: unknown): void => {
    pieces.push(separator, deeper, name)
    write(member, deeper, writing)
    separator = ",\n"
  }
  if (Array.isArray(value)) for (const item of value) entry("", item)
  else
    for (const name of namesOf(value, writing)) {
      const member = memberOf(value, name)
      if (member !== undefined) entry(`${JSON.stringify(name)}: `, member)
    }
  pieces.push("\n", margin, Array.isArray(value) ? "]" : "}")
}

/** The value in at most `room` characters; null when it needs more, which is known after reading no more than that. */
function onOneLine(value: unknown, room: number, writing: Writing): string | null {
  if (typeof value !== "object" || value === null || isExactNumber(value)) {
    if (typeof value === "string" && value.length > room) return null
    const text = typeof value === "string" ? JSON.stringify(value) : writeJson(value)
    return text.length <= room ? text : null
  }
  let text = ""
  if (Array.isArray(value)) {
    if (value.length * 2 > room) return null
    for (const item of value) {
      if (text !== "") text += ", "
      const part = onOneLine(item, room - text.length - 2, writing)
      if (part === null) return null
      text += part
    }
    return `[${text}]`
  }
  for (const name of namesOf(value, writing)) {
    const member = memberOf(value, name)
    if (member === undefined) continue
    text += `${text === "" ? "" : ", "}${JSON.stringify(name)}: `
    const part = text.length + 2 > room ? null : onOneLine(member, room - text.length - 2, writing)
    if (part === null) return null
    text += part
  }
  return `{${text}}`
}

function memberOf(object: object, name: string): unknown {
  return (object as { readonly [name: string]: unknown })[name]
}

function namesOf(object: object, { orders }: Writing): readonly string[] {
  const names = Object.keys(object)
  const identity = names.join("\n")
  const order = orders.get(identity) ?? names.toSorted(byRank)
  orders.set(identity, order)
  return order
}

function byRank(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)
}

function rank(name: string): number {
  const place = first.indexOf(name)
  return place < 0 ? first.length : place
}
