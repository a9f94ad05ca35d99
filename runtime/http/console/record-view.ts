// A record as rows: place and value, those that are wrong marked; and the same as fields of a form. Flows in: a record as somebody may see it. Flows out: rows. Places are text as values are.
import { html } from "hono/html"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { pointer } from "../../results/pointer.ts"
import { masked } from "../../results/shown-value.ts"
import type { Mark } from "../work/show-exception.ts"
import type { Html } from "./page.ts"
import { scalarWords } from "./words.ts"

export interface Leaf {
  readonly pointer: string
  readonly value: unknown
}

const most = 300

/** Scalars with their places, in the record's order; a list or record that is empty is a leaf. */
export function leavesOf(record: unknown): readonly Leaf[] {
  const leaves: Leaf[] = []
  const walk = (value: unknown, at: string): void => {
    if (leaves.length >= most) return
    if (typeof value !== "object" || value === null || isExactNumber(value)) {
      leaves.push({ pointer: at, value })
      return
    }
    const entries = Object.entries(value)
    if (entries.length === 0) leaves.push({ pointer: at, value: Array.isArray(value) ? "[]" : "{}" })
    for (const [name, member] of entries)
      walk(member, pointer(at, Array.isArray(value) ? Number(name) : name))
  }
  walk(record, "")
  return leaves
}

export function recordTable(record: unknown, marks: readonly Mark[]): Html {
  const leaves = leavesOf(record)
  const marksOf = (place: string) => marks.filter(mark => mark.pointer === place)
  const known = new Set(leaves.map(leaf => leaf.pointer))
  // A place that is missing, or is more than a leaf.
  const others = [...new Set(marks.map(mark => mark.pointer))].filter(place => !known.has(place))
  const row = (place: string, text: unknown) => {
    const wrong = marksOf(place)
    return html`<tr class="${wrong.length === 0 ? "" : "wrong"}"><th scope="row">${place === "" ? "/" : place}</th><td class="wide">${text}${wrong.map(({ code, message }) => html`<small><b>${code}</b> ${message}</small>`)}</td></tr>`
  }
  return html`<div class="scroll"><table class="record">
    <tbody>${others.map(place => row(place, html`<span class="soft">not there, or more than one value</span>`))}
    ${leaves.map(leaf => row(leaf.pointer, valueWords(leaf.value)))}</tbody>
  </table></div>${leaves.length >= most ? html`<p class="soft">Only the first ${most} values are shown.</p>` : ""}`
}

function valueWords(value: unknown): Html | string {
  if (value === masked) return html`<span class="soft" title="Not for your role to see">${masked}</span>`
  if (value === null) return html`<span class="soft">nothing</span>`
  return value === "" ? html`<span class="soft">empty text</span>` : scalarWords(value)
}
