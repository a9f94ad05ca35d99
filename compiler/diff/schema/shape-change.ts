// One change of a shape before it is judged: what it is, where, and whom it would break if nothing else made good for it. Flows in:
// nothing. Flows out: the types, and paths as text.
import type { ChangeSeverity, Witness } from "../finding.ts"
import type { ShapeRule } from "../rules/shapes.ts"
import { escaped } from "./subschemas.ts"

/** `backward`: old payloads are refused; `forward`: new payloads are refused by the old shape. */
export interface Breaks {
  readonly backward: boolean
  readonly forward: boolean
}

export type PathPart =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "position"; readonly index: number }
  | { readonly kind: "item" }

export interface LocalChange {
  readonly rule: ShapeRule
  readonly old: string | null
  readonly new: string | null
  readonly message: string
  readonly breaks: Breaks
  /** A member of the object it is found at. */
  readonly member?: string
  /** Where the rule says so whatever the mode. */
  readonly severity?: ChangeSeverity
  /** Without a payload to show, this is why it counts as breaking. */
  readonly unproved?: boolean
}

export interface ShapeChange extends LocalChange {
  readonly path: readonly PathPart[]
  readonly witness?: Witness
}

export const none: Breaks = { backward: false, forward: false }

export function pathText(path: readonly PathPart[]): string {
  return path.map(part => `/${partText(part)}`).join("")
}

function partText(part: PathPart): string {
  switch (part.kind) {
    case "member":
      return escaped(part.name)
    case "position":
      return String(part.index)
    case "item":
      return "[]"
  }
}

/** A name or value of the author inside a sentence. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing"
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}
