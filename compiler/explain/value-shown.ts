// A value as an explanation shows it. Flows in: what an expression gave. Flows out: text: figures exact, or as a fraction with what it
// is about; texts in quotes; lists by their length.
import { formatScaled, type Rational, roundRational, toScaled } from "@fmap/runtime"
import { CLEAR, MISSING, type Outcome, POISON } from "../interpret/internals.ts"

export function shownValue(value: Outcome): string {
  if (typeof value === "symbol") {
    if (value === MISSING) return "missing"
    if (value === CLEAR) return "null"
    return value === POISON ? "not known" : "row dropped"
  }
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "boolean") return String(value)
  switch (value.kind) {
    case "number":
      return shownFigure(value.value)
    case "list":
      return counted(value.elements.length)
    case "rows":
      return counted(value.rows.length)
    case "groups":
      return `${value.groups.length} group${value.groups.length === 1 ? "" : "s"}`
    case "nodes":
      return `${counted(value.nodes.length)} of a tree`
    case "dictionary":
      return `${value.entries.size} entries`
    case "record":
      return "a record"
    case "json":
      return "JSON"
  }
}

const longest = 40
const about = 12

function shownFigure(value: Rational): string {
  for (let scale = 0; scale <= longest; scale++) {
    const scaled = toScaled(value, scale)
    if (scaled !== undefined) return formatScaled(scaled, scale)
  }
  const rounded = roundRational(value, about, "half_even")
  return rounded === undefined ? `${value.n}/${value.d}` : `${formatScaled(rounded, about)}…`
}

function counted(rows: number): string {
  return `${rows} row${rows === 1 ? "" : "s"}`
}
