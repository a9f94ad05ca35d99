// Places of fmap.flows.json that a person has to fill in. Flows in: what belongs there; the entry of a system. Flows out: a text nobody takes for a value; the places that still hold one.
const mark = "FILL-IN"

/** `FILL-IN-ACCOUNT`: it may stand alone, or inside a URL. */
export function placeholder(what: string): string {
  return `${mark}-${what}`
}

export interface Unfilled {
  /** `objects.Order.set`. */
  readonly at: string
  readonly text: string
}

export function placeholdersIn(value: unknown, at: readonly string[] = []): readonly Unfilled[] {
  if (typeof value === "string") return value.includes(mark) ? [{ at: at.join("."), text: value }] : []
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => placeholdersIn(member, [...at, name]))
}
