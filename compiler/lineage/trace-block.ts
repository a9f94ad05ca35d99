// The lineage of a record under construction. Flows in: its steps. Flows out: its members, each with the line that assigns it; lets
// are bound, checks and controls collected with all they compare.

import { childrenOfStep } from "../plan/children.ts"
import type { At, PlanBlock, PlanCheckExit, PlanStep } from "../plan/index.ts"
import { decidingEdges, joinEdges, throughEdges } from "./edge.ts"
import { edgesOf, type Provenance, valueOf } from "./provenance.ts"
import { trace } from "./trace-expression.ts"
import { atPath, decided, type Tracing } from "./tracing.ts"

export function traceBlock(block: PlanBlock, outside: Tracing): Provenance {
  let tracing = outside
  const members = new Map<string, Provenance>()
  const places = new Map<string, At>()
  for (const step of block.steps) {
    switch (step.kind) {
      case "let":
        tracing.variables.set(step.variable, trace(step.value, tracing))
        break
      case "field":
      case "derive": {
        const value = trace(step.value, atPath(tracing, step.field))
        tracing.variables.set(step.variable, value)
        members.set(step.field, value)
        places.set(step.field, step.at)
        break
      }
      case "check":
        stop(step, step.exit, tracing)
        break
      case "control":
        bindKeys(step, tracing)
        stop(step, step.exit, tracing)
        break
      case "share":
        tracing.variables.set(step.variable, traceShare(step, tracing))
        break
    }
    // Where a row is dropped nothing further is said of it.
    tracing = decided(outside, tracing.skips)
  }
  return { kind: "record", members, places }
}

/** The keys of a control `for each` come from the rows that are compared. */
function bindKeys({ groups, at }: Extract<PlanStep, { kind: "control" }>, tracing: Tracing): void {
  groups?.keys.forEach(({ variable, type }, i) => {
    const edges = groups.rows.flatMap(({ generators, where, keys }) => {
      const value = keys[i] ?? null
      return edgesOf(
        trace(
          { kind: "aggregate", operation: "first", generators, where, value, type, maybe: true, at },
          tracing,
        ),
      )
    })
    tracing.variables.set(variable, valueOf(joinEdges(edges)))
  })
}

/** A part of the total; the weights of all rows say how large. */
function traceShare(step: Extract<PlanStep, { kind: "share" }>, tracing: Tracing): Provenance {
  const edges = childrenOfStep(step).flatMap(({ role, expression }) => {
    const read = edgesOf(trace(expression, tracing))
    return role === "value" ? throughEdges(read, "shared") : decidingEdges(read, "weight")
  })
  return valueOf(joinEdges(edges))
}

/** Everything a check reads has a say in it; what only its message shows is told apart. */
export function stop(
  step: Extract<PlanStep, { kind: "check" | "control" }>,
  exit: PlanCheckExit,
  tracing: Tracing,
): void {
  const edges = childrenOfStep(step).flatMap(({ role, expression }) =>
    role === "tells"
      ? decidingEdges(edgesOf(trace(expression, tracing)), "message", "tells")
      : decidingEdges(edgesOf(trace(expression, tracing)), "condition"),
  )
  tracing.stops.push({
    verb: exit.verb,
    code: exit.code,
    path: exit.field === null ? tracing.path : atPath(tracing, exit.field).path,
    edges: joinEdges([...tracing.decisions, ...edges]),
    at: step.at,
  })
}
