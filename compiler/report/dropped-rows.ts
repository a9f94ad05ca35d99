// Every place of a map where rows are dropped, and why (Law 4). Flows in: the body of the map. Flows out: ways out that skip a row, with their
// code and message, and filters, each with the field whose rows they are. Walks the Plan, so that rows of maps and functions written out
// here count too.
import { childrenOf, childrenOfStep } from "../plan/children.ts"
import type { At, PlanBlock, PlanExpression, PlanMap } from "../plan/index.ts"

export interface SkippedRow {
  readonly code: string
  /** The field it stands at, or the name of a `let`; empty: the row itself. */
  readonly field: string
  /** Holes are shown as `{…}`. */
  readonly message: string | null
  readonly at: At
}

export interface FilteredRows {
  /** `lines[]`: the rows of a list; `total`: those that are added up, counted or looked through for a value. */
  readonly field: string
  /** Of the condition. */
  readonly at: At
}

export interface DroppedRows {
  readonly skips: readonly SkippedRow[]
  readonly filters: readonly FilteredRows[]
}

export function droppedRows(map: PlanMap): DroppedRows {
  const skips = new Map<string, SkippedRow>()
  const filters = new Map<string, FilteredRows>()
  const filtered = (where: PlanExpression | null, field: string): void => {
    // `for x in xs` alone keeps all.
    if (where !== null && where.kind !== "literal")
      filters.set(JSON.stringify([field, where.at]), { field, at: where.at })
  }
  const below = (node: PlanExpression, field: string): void => {
    for (const { expression } of childrenOf(node)) walk(expression, field)
  }
  const walkBlock = (block: PlanBlock, of: string): void => {
    for (const step of block.steps) {
      const name =
        "field" in step ? step.field : step.kind === "let" ? map.variables[step.variable]?.name : undefined
      const field = name === undefined ? of : of === "" ? name : `${of}.${name}`
      for (const { expression } of childrenOfStep(step)) walk(expression, field)
    }
  }
  const walk = (node: PlanExpression, field: string): void => {
    switch (node.kind) {
      case "exit":
        if (node.verb === "skip") {
          const { code, at } = node
          skips.set(JSON.stringify([code, field, at]), { code, field, message: textOf(node.message), at })
        }
        return
      case "record":
        walkBlock(node.block, field)
        return
      case "each":
      case "grouping":
      case "nesting":
        filtered(node.where, node.kind === "each" ? `${field}[]` : field)
        below(node, node.kind === "each" ? `${field}[]` : field)
        return
      case "list":
        for (const { value, spread } of node.elements) walk(value, spread ? field : `${field}[]`)
        return
      case "aggregate":
        filtered(node.where, field)
        below(node, field)
        return
      default:
        below(node, field)
    }
  }
  walkBlock(map.body, "")
  return { skips: [...skips.values()], filters: [...filters.values()] }
}

function textOf(message: PlanExpression | null): string | null {
  if (message?.kind === "literal") return String(message.value)
  if (message?.kind !== "interpolation") return null
  return message.parts.map(part => (typeof part === "string" ? part : "{…}")).join("")
}
