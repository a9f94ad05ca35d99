// The lineage of one expression. Flows in: an expression of the Plan and where its variables come from. Flows out: where its value comes
// from, part by part; ways out are collected on the way. Nothing is evaluated: both sides of every choice count.
import { childrenOf } from "../plan/children.ts"
import type { PlanCrosswalk, PlanExpression } from "../plan/index.ts"
import { decidingEdges, type Edge, joinEdges, type Manner, throughEdges } from "./edge.ts"
import {
  decidedBy,
  edgesOf,
  eitherOf,
  memberOf,
  nothing,
  type Provenance,
  presenceEdges,
  readAt,
  rowOf,
  valueOf,
} from "./provenance.ts"
import { traceBlock } from "./trace-block.ts"
import { traceAggregate, traceEach, traceGrouping, traceList, traceNesting } from "./trace-rows.ts"
import { conditionEdges, decided, type Tracing } from "./tracing.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function trace(node: PlanExpression, tracing: Tracing): Provenance {
  switch (node.kind) {
    case "literal":
      return valueOf([
        {
          origin: { kind: "constant", value: String(node.value) },
          role: "value",
          manners: ["copied"],
          at: [node.at],
        },
      ])
    case "missing":
    case "clear":
      return nothing
    case "exit":
      return traceExit(node, tracing)
    case "variable":
      return readAt(tracing.variables.get(node.variable) ?? nothing, node.at)
    case "field":
      return memberOf(trace(node.of, tracing), node.field, node.at)
    case "entry":
      return decidedBy(
        decidingEdges(edgesOf(trace(node.key, tracing)), "key"),
        readAt(rowOf(trace(node.of, tracing)), node.at),
      )
    case "present":
      return valueOf(presenceEdges(trace(node.of, tracing)))
    case "switch":
      return traceSwitch(node, tracing)
    case "conditional":
      return traceConditional(node, tracing)
    case "else":
      return traceElse(node, tracing)
    case "lookup":
      return traceLookup(node, tracing)
    case "record":
      return traceBlock(node.block, tracing)
    case "list":
      return traceList(node, tracing)
    case "each":
      return traceEach(node, tracing)
    case "aggregate":
      return traceAggregate(node, tracing)
    case "fit":
      return decidedBy(decidersOf(node, "currency", tracing), trace(node.of, tracing))
    case "round":
      return combined(node, "rounded", "currency", tracing)
    case "interpolation":
      return combined(node, "text", "condition", tracing)
    case "call":
      return combined(node, isMasking(node.function) ? "masked" : "computed", "condition", tracing)
    case "arithmetic":
    case "negate":
    case "compare":
    case "between":
    case "not":
    case "calendar":
    case "zoned":
    case "spread":
      return combined(node, "computed", "condition", tracing)
    case "logic":
    case "anyOf":
      return traceUntilDecided(node, tracing)
    case "grouping":
      return traceGrouping(node, tracing)
    case "nesting":
      return traceNesting(node, tracing)
  }
}

/** Functions that hide what they are given: labels do not follow their values. */
function isMasking(name: string): boolean {
  return name === "masked" || name === "fingerprint"
}

/** A value made of all its parts, by one operation; `deciding` is how its other parts have a say. */
export function combined(
  node: PlanExpression,
  manner: Manner,
  deciding: Manner,
  tracing: Tracing,
): Provenance {
  const made = childrenOf(node)
    .filter(child => child.role === "value")
    .flatMap(({ expression }) => throughEdges(edgesOf(trace(expression, tracing)), manner))
  return valueOf(joinEdges([...made, ...decidersOf(node, deciding, tracing)]))
}

/** `a or b`, `x in (a, b)`: what comes later is only looked at when what stands before leaves it open. */
function traceUntilDecided(node: Of<"logic" | "anyOf">, tracing: Tracing): Provenance {
  let found: readonly Edge[] = []
  for (const { expression } of childrenOf(node)) {
    const part = trace(expression, decided(tracing, decidingEdges(found, "condition")))
    found = joinEdges([...found, ...throughEdges(edgesOf(part), "computed")])
  }
  return valueOf(found)
}

function decidersOf(node: PlanExpression, manner: Manner, tracing: Tracing): readonly Edge[] {
  return childrenOf(node)
    .filter(child => child.role === "decides")
    .flatMap(({ expression }) => decidingEdges(edgesOf(trace(expression, tracing)), manner))
}

function traceExit({ verb, code, message, at }: Of<"exit">, tracing: Tracing): Provenance {
  const told = message === null ? [] : decidingEdges(edgesOf(trace(message, tracing)), "message", "tells")
  tracing.stops.push({
    verb,
    code,
    path: tracing.path,
    edges: joinEdges([...tracing.decisions, ...told]),
    at,
  })
  if (verb === "skip") tracing.skips.push(...tracing.decisions)
  return nothing
}

function traceSwitch(node: Of<"switch">, tracing: Tracing): Provenance {
  const subject = conditionEdges(trace(node.subject, tracing))
  const inside = decided(tracing, subject)
  const arms = [...node.arms.map(arm => arm.then), node.missing, node.otherwise].filter(arm => arm !== null)
  return decidedBy(subject, eitherOf(arms.map(arm => trace(arm, inside))))
}

function traceConditional(node: Of<"conditional">, tracing: Tracing): Provenance {
  if (node.bind !== null) tracing.variables.set(node.bind.variable, trace(node.bind.value, tracing))
  let conditions: readonly Edge[] = []
  const options: Provenance[] = []
  for (const { when, then } of node.arms) {
    // An arm is reached when its own condition holds and none before it does.
    conditions = joinEdges([...conditions, ...conditionEdges(trace(when, decided(tracing, conditions)))])
    options.push(trace(then, decided(tracing, conditions)))
  }
  options.push(trace(node.otherwise, decided(tracing, conditions)))
  return decidedBy(conditions, eitherOf(options))
}

function traceElse({ value, fallback }: Of<"else">, tracing: Tracing): Provenance {
  const wanted = trace(value, tracing)
  const instead = trace(fallback, decided(tracing, decidingEdges(presenceEdges(wanted), "presence")))
  return fallback.type.kind === "never" ? wanted : eitherOf([wanted, instead])
}

/** What is read of a hierarchy is one of its levels. */
function levelOf(node: Of<"lookup">, { hierarchy }: PlanCrosswalk): readonly string[] {
  const level = hierarchy === undefined ? undefined : node.keys[1]
  return level?.kind === "literal" ? [String(level.value)] : []
}

function traceLookup(node: Of<"lookup">, tracing: Tracing): Provenance {
  const crosswalk = tracing.crosswalk(node.crosswalk)
  const keys = node.keys.map(key => trace(key, tracing))
  const day = node.asOf === null ? nothing : trace(node.asOf, tracing)
  const edges = decidingEdges(joinEdges([...keys, day].flatMap(edgesOf)), "key")
  const found: Provenance = {
    kind: "place",
    origin: {
      kind: "crosswalk",
      id: crosswalk.id,
      version: crosswalk.version,
      path: levelOf(node, crosswalk),
    },
    type: node.inverse ? (crosswalk.parameters[0]?.type ?? crosswalk.result) : crosswalk.result,
    at: node.at,
    unit: () => [],
    derived: () => null,
    shape: tracing.shape,
  }
  if (node.inverse || crosswalk.unmapped === null) return decidedBy(edges, found)
  const variables = new Map(keys.map((key, i) => [i, key]))
  const unmapped = trace(crosswalk.unmapped, { ...decided(tracing, edges), variables })
  return decidedBy(edges, eitherOf([found, unmapped]))
}
