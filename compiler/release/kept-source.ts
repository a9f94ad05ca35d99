// The lines in which a released map, crosswalk or flow stood, kept so that a later comparison can show what was written. Flows in: what is declared, its Plan, texts of files. Flows out:
// lines with the number of the first; and a text in which every line has its place again. It is for readers: no hash counts it.
import type { At, Plan } from "../plan/index.ts"

export interface KeptSource {
  readonly path: string
  /** Number of the first line kept. */
  readonly first: number
  readonly lines: readonly string[]
}

export type TextOf = (path: string) => string | undefined

/** Null: the text is not at hand. */
export function keptSource(
  declared: { readonly file: number },
  plan: Plan,
  textOf: TextOf,
): KeptSource | null {
  const path = plan.files[declared.file]?.path
  const text = path === undefined ? undefined : textOf(path)
  if (path === undefined || text === undefined) return null
  let [first, last] = [Number.POSITIVE_INFINITY, 0]
  for (const [file, line, , endLine] of placesIn(declared)) {
    if (file !== declared.file) continue
    first = Math.min(first, line)
    last = Math.max(last, endLine)
  }
  return last === 0 ? null : { path, first, lines: text.split(/\r?\n/u).slice(first - 1, last) }
}

export function textOfKept({ path, first, lines }: KeptSource): TextOf {
  const text = "\n".repeat(first - 1) + lines.join("\n")
  return asked => (asked === path ? text : undefined)
}

function* placesIn(root: unknown): Generator<At> {
  const pending = [root]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== "object" || value === null) continue
    for (const [name, member] of Object.entries(value)) {
      if (name === "at" && isPlace(member)) yield member
      if (typeof member === "object" && member !== null) pending.push(member)
    }
  }
}

export function isPlace(value: unknown): value is At {
  return Array.isArray(value) && value.length === 5 && value.every(part => typeof part === "number")
}
