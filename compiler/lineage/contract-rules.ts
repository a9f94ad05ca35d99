// The rules of a contract where its record is read: checks and derived values may end a record before the map says a word. Flows in:
// what is read of a record, and where it stands. Flows out: their ways out, with the fields that have a say in them.
import type { PlanBinding, PlanRule, PlanShape, WireType } from "../plan/index.ts"
import { decidingEdges, joinEdges } from "./edge.ts"
import { edgesOf, memberOf, type Place, type Provenance, rowOf } from "./provenance.ts"
import { trace } from "./trace-expression.ts"
import type { Tracing } from "./tracing.ts"

export function bindingStops(binding: PlanBinding, of: Provenance, tracing: Tracing): void {
  if (of.kind !== "place") return
  const shape = tracing.shape(binding.shape)
  for (const read of binding.reads) {
    const member = memberOf(of, read.field, null)
    if (read.members !== null) bindingStops(read.members, member, tracing)
    else if (!read.elements && member.kind === "place") wholeStops(member.type, member, tracing)
  }
  shape.rules.forEach((rule, i) => {
    if (binding.rules.includes(i)) ruleStops(rule, of, tracing)
  })
}

/** What is read whole keeps all its rules. */
function wholeStops(type: WireType, place: Place, tracing: Tracing): void {
  if (type.kind === "list" || type.kind === "dictionary") {
    const row = rowOf(place)
    if (row.kind === "place") wholeStops(type.of, row, tracing)
  }
  if (type.kind !== "record") return
  const shape = tracing.shape(type.shape)
  for (const field of shape.fields) {
    const member = memberOf(place, field.name, null)
    if (member.kind === "place") wholeStops(field.type, member, tracing)
  }
  for (const rule of shape.rules) ruleStops(rule, place, tracing)
}

function ruleStops(rule: PlanRule, place: Place, tracing: Tracing): void {
  const inside: Tracing = { ...tracing, variables: new Map([[0, place]]), path: shownPlace(place) }
  if (rule.kind === "derive") {
    trace(rule.value, inside)
    return
  }
  const { exit, condition, at } = rule
  const told =
    exit.message === null ? [] : decidingEdges(edgesOf(trace(exit.message, inside)), "message", "tells")
  tracing.stops.push({
    verb: exit.verb,
    code: exit.code,
    path: inside.path,
    edges: joinEdges([
      ...tracing.decisions,
      ...decidingEdges(edgesOf(trace(condition, inside)), "condition"),
      ...told,
    ]),
    at,
  })
}

/** A derived value of a record that is read: what it is made of. */
export function derivedOf(tracing: Tracing): Place["derived"] {
  return (name, place) => {
    if (place.type.kind !== "record") return null
    const shape: PlanShape = tracing.shape(place.type.shape)
    for (const rule of shape.rules) {
      if (rule.kind !== "derive" || rule.name !== name) continue
      // Its ways out are counted where the record is bound.
      return trace(rule.value, { ...tracing, variables: new Map([[0, place]]), stops: [], skips: [] })
    }
    return null
  }
}

export function shownPlace({ origin }: Place): string {
  const name = origin.kind === "crosswalk" ? origin.id : origin.name
  return [name, ...origin.path].reduce((shown, step) => (step === "[]" ? `${shown}[]` : `${shown}.${step}`))
}
