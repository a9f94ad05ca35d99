// What each node of the Plan is made of. Flows in: an expression, a step or a block. Flows out: the expressions directly below it, each
// with what it does for the node. Everything that walks a Plan (reads, lineage, checks of rows) goes through here, so that a new
// kind of node does not compile until it has said what it reads. Must not know who asks.
import type { PlanBlock, PlanExpression, PlanGenerator, PlanStep } from "./expression.ts"

/**
 * `value`: the node's value is made of it. `decides`: it chooses, filters, orders, keys, weighs or says how exact, but gives no part of the
 * value. `tells`: it is only shown in the message of a way out.
 */
export type Role = "value" | "decides" | "tells"

export interface Child {
  readonly role: Role
  readonly expression: PlanExpression
  /** Set when the expression is the list whose rows this generator binds, one after another. */
  readonly generator: PlanGenerator | null
}

/** The expressions directly below, in the order they are written. */
export function childrenOf(node: PlanExpression): readonly Child[] {
  switch (node.kind) {
    case "literal":
    case "missing":
    case "clear":
    case "variable":
      return []
    case "exit":
      return optional("tells", node.message)
    case "field":
    case "negate":
    case "not":
    case "present":
      return [child("value", node.of)]
    case "entry":
      return [child("value", node.of), child("decides", node.key)]
    case "arithmetic":
    case "compare":
    case "logic":
      return [child("value", node.left), child("value", node.right)]
    case "round":
      return [
        child("value", node.of),
        ...(node.scale.kind === "minor" ? [child("decides", node.scale.currency)] : []),
      ]
    case "between":
      return [child("value", node.of), child("value", node.low), child("value", node.high)]
    case "anyOf":
      return [child("value", node.of), ...node.options.map(option => child("value", option))]
    case "switch":
      return [
        child("decides", node.subject),
        ...node.arms.map(arm => child("value", arm.then)),
        ...optional("value", node.missing),
        ...optional("value", node.otherwise),
      ]
    case "conditional":
      return [
        // Without arms nothing is decided: it is the argument of a call that was written out.
        ...optional(node.arms.length === 0 ? "value" : "decides", node.bind?.value ?? null),
        ...node.arms.flatMap(arm => [child("decides", arm.when), child("value", arm.then)]),
        child("value", node.otherwise),
      ]
    case "else":
      return [child("value", node.value), child("value", node.fallback)]
    case "call":
      return node.arguments.map(argument => child("value", argument))
    case "lookup":
      return [...node.keys.map(key => child("decides", key)), ...optional("decides", node.asOf)]
    case "interpolation":
      return node.parts.flatMap(part => (typeof part === "string" ? [] : [child("value", part.value)]))
    case "record":
      return childrenOfBlock(node.block)
    case "list":
      return node.elements.flatMap(element => [
        ...optional("decides", element.when),
        child("value", element.value),
      ])
    case "each":
      return [
        ...node.generators.flatMap(generator => rowsOf(generator, "decides")),
        ...optional("decides", node.where),
        ...node.sort.map(({ key }) => child("decides", key)),
        child("value", node.body),
        ...(node.carries ?? []).flatMap(({ start, value }) => [
          ...optional("value", start),
          child("value", value),
        ]),
      ]
    case "aggregate":
      return [
        // Without a value the rows themselves are what is counted.
        ...node.generators.flatMap(generator => rowsOf(generator, node.value === null ? "value" : "decides")),
        ...optional("decides", node.where),
        ...optional("value", node.value),
      ]
    case "grouping":
      return [
        ...node.generators.flatMap(generator => rowsOf(generator, "value")),
        ...optional("decides", node.where),
        ...node.keys.map(key => child("value", key.value)),
      ]
    case "nesting":
      return [
        ...node.generators.flatMap(generator => rowsOf(generator, "value")),
        ...optional("decides", node.where),
        child("decides", node.parent),
        child("decides", node.key),
      ]
    case "fit":
      return [
        child("value", node.of),
        ...node.checks.flatMap(check => (check.kind === "minor" ? [child("decides", check.currency)] : [])),
      ]
    case "spread":
      return [
        child("value", node.total),
        child("value", node.from),
        child("value", node.to),
        ...optional("decides", node.coin),
      ]
    case "zoned":
      return [child("value", node.of)]
    case "calendar":
      return node.arguments.map(argument => child("value", argument))
  }
}

export function childrenOfBlock(block: PlanBlock): readonly Child[] {
  return block.steps.flatMap(childrenOfStep)
}

export function childrenOfStep(step: PlanStep): readonly Child[] {
  switch (step.kind) {
    case "let":
    case "field":
    case "derive":
      return [child("value", step.value)]
    case "check":
      return [child("decides", step.condition), ...optional("tells", step.exit.message)]
    case "control":
      return [
        ...(step.groups?.rows ?? []).flatMap(rows => [
          ...rows.generators.flatMap(generator => rowsOf(generator, "decides")),
          ...optional("decides", rows.where),
          ...rows.keys.map(key => child("decides", key)),
        ]),
        child("decides", step.left),
        child("decides", step.right),
        ...optional("decides", step.within?.amount ?? null),
        ...optional("decides", step.within?.minorOf ?? null),
        ...optional("decides", step.when),
        ...optional("tells", step.exit.message),
      ]
    case "share":
      return [
        child("value", step.total),
        child("decides", step.weight),
        ...optional("decides", step.coin.currency),
      ]
  }
}

/** The rows of a generator, and the units its rows are read with. */
function rowsOf(generator: PlanGenerator, role: Role): readonly Child[] {
  return [
    { role, expression: generator.source, generator },
    ...(generator.element?.arguments ?? []).map(argument => child("decides", argument)),
    ...joinOf(generator),
  ]
}

function joinOf({ join }: PlanGenerator): readonly Child[] {
  if (join === undefined) return []
  return [
    ...join.keys.flatMap(({ outer, inner }) => [child("decides", outer), child("decides", inner)]),
    ...(join.conflict === null || typeof join.conflict === "string" ? [] : [child("decides", join.conflict)]),
    ...optional("decides", join.otherwise),
  ]
}

function child(role: Role, expression: PlanExpression): Child {
  return { role, expression, generator: null }
}

function optional(role: Role, expression: PlanExpression | null): readonly Child[] {
  return expression === null ? [] : [child(role, expression)]
}
