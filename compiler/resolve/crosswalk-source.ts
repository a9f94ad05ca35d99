// The `from csv …` clause as data. Flows in: the clause, key and result types. Flows out: what `loadCrosswalk` of the
// runtime needs, for check time and for the Plan alike; parts that are not understood are reported and left out.
import { type CrosswalkSource, type Diagnostic, diagnostic, type Expression } from "@fmap/grammar"
import type { PlanCrosswalkSource } from "../plan/index.ts"
import { placeIn } from "../project/findings.ts"
import type { Type } from "../types/type.ts"
import { closest } from "./closest.ts"

export interface SourceContext {
  readonly file: string
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly result: Type
  /** Of a hierarchy: a file has no column for its value, but for what stands above a member. */
  readonly hierarchy?: object | null
  readonly report: (diagnostic: Diagnostic) => void
}

/** Names a column may be given for: parameters, then `value` or the members of the result; of a hierarchy its member, `parent` and `level`. */
export function columnNames(
  context: Pick<SourceContext, "parameters" | "result" | "hierarchy">,
): readonly string[] {
  if (context.hierarchy != null) return [context.parameters[0]?.name ?? "", "parent", "level"]
  const result =
    context.result.kind === "record" ? context.result.shape.fields.map(field => field.name) : ["value"]
  return [...context.parameters.map(parameter => parameter.name), ...result]
}

export function sourceColumns(from: CrosswalkSource, context: SourceContext): PlanCrosswalkSource["columns"] {
  const at = placeIn(context.file)
  const names = columnNames(context)
  const columns = new Map<string, { name: string; column: string }>()
  for (const entry of from.columns) {
    const name = entry.name.text
    const column = entry.column.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
    if (!names.includes(name)) {
      const near = closest(name, names)
      context.report(
        diagnostic("FM6214", { name, of: context.name }, at(entry.name), {
          label: `there are ${names.join(", ")}`,
          ...(near === null
            ? {}
            : { help: `Did you mean ${near}?`, edits: [{ place: at(entry.name), text: near }] }),
        }),
      )
    } else if (columns.has(name)) context.report(diagnostic("FM2016", { name, role: "columns" }, at(entry)))
    else columns.set(name, { name, column })
  }
  return [...columns.values()]
}

export function sourceFormat(from: CrosswalkSource): PlanCrosswalkSource["format"] | null {
  const { text } = from.format
  return text === "csv" || text === "json" ? text : null
}

export function sourceWildcard(from: CrosswalkSource): string | null {
  return from.wildcard === null
    ? null
    : from.wildcard.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
}

export function sourceFilter(
  from: CrosswalkSource,
  context: Pick<SourceContext, "file" | "report">,
): PlanCrosswalkSource["where"] {
  if (from.where === null) return []
  const at = placeIn(context.file)
  const filters: PlanCrosswalkSource["where"][number][] = []
  const refuse = (node: Expression, problem: string): void =>
    context.report(diagnostic("FM6218", { problem }, at(node)))
  const waiting = [from.where]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "parenthesized") waiting.push(next.inner)
    else if (next.kind === "binary" && next.operator === "and") waiting.push(next.right, next.left)
    else if (next.kind === "error") continue
    else if (next.kind !== "binary" || (next.operator !== "==" && next.operator !== "!="))
      refuse(next, "wanted == or !=")
    else if (next.left.kind !== "name") refuse(next.left, "the left side is the name of a column")
    else {
      const value = literal(next.right)
      if (value === null) refuse(next.right, "the right side is a text, or true or false")
      else filters.push({ column: next.left.name.text, operator: next.operator, value })
    }
  }
  return filters
}

function literal(expression: Expression): string | boolean | null {
  if (expression.kind === "boolean") return expression.value
  if (expression.kind !== "text") return null
  const texts = expression.parts.map(part => (part.kind === "chars" ? part.text : null))
  return texts.includes(null) ? null : texts.join("")
}
