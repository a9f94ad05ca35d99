// What a test expects. Flows in: one `expect` entry. Flows out: PlanExpectations over places in the result (field names and
// 0-based indexes), none after a diagnostic.
import {
  type BinaryOperator,
  diagnostic,
  type Expectation,
  type Expression,
  type Name,
  type Span,
} from "@fmap/grammar"
import type { PlanExpectation, PlanField, PlanShape, UnitSource, WireType } from "../plan/index.ts"
import { closest } from "../resolve/closest.ts"
import type { BoundShape } from "../resolve/model.ts"
import { constantOf, correction } from "../types/constant.ts"
import { aType, describeType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"
import { sampleFile } from "./sample-file.ts"
import { shapeId } from "./shape-ids.ts"
import type { TestContext } from "./tests.ts"
import { constantUnits, wireValue } from "./wire-value.ts"

const flipped: ReadonlyMap<BinaryOperator, BinaryOperator> = new Map([
  ["<", ">"],
  ["<=", ">="],
  [">", "<"],
  [">=", "<="],
  ["==", "=="],
  ["!=", "!="],
])
const mostRows = 1_000_000

export function lowerExpectation(expectation: Expectation, context: TestContext): readonly PlanExpectation[] {
  const at = context.at({ file: context.file, span: expectation.span })
  if (expectation.kind === "outcome") {
    const place = expectation.at === null ? null : placeOf(expectation.at, context, walkedName(context))
    if (expectation.at !== null && place === null) return []
    const verb = expectation.verb === "skip row" ? "skip" : expectation.verb
    return [{ kind: "outcome", verb, code: expectation.code.text, path: place?.path ?? null, at }]
  }
  if (expectation.kind === "like") {
    const file = sampleFile(expectation.path, context)
    const ignoring = expectation.ignoring.map(path => ignoredPlace(path, context))
    return file === null || ignoring.includes(null)
      ? []
      : [{ kind: "like", file, ignoring: ignoring.filter(path => path !== null), at }]
  }
  const { condition } = expectation
  switch (condition.kind) {
    case "error":
      return []
    case "presence": {
      const place = placeOf(condition.operand, context)
      return place === null ? [] : [{ kind: "presence", path: place.path, present: condition.present, at }]
    }
    case "binary":
      return comparison(condition, at, context)
    default:
      return refuse(condition, "this is no comparison; write several with commas", context)
  }
}

function comparison(
  condition: Expression & { kind: "binary" },
  at: PlanExpectation["at"],
  context: TestContext,
): readonly PlanExpectation[] {
  const turned = !isPlace(condition.left) && isPlace(condition.right)
  const [subject, constant] = turned ? [condition.right, condition.left] : [condition.left, condition.right]
  const operator = turned ? flipped.get(condition.operator) : condition.operator
  if (!isComparison(operator))
    return refuse(condition, `"${condition.operator}" is no comparison; write several with commas`, context)
  if (subject.kind === "error" || constant.kind === "error") return []
  const counted = countedRows(subject, context)
  if (counted !== null) {
    if (operator === "==" && constant.kind === "number" && /^\d{1,9}$/.test(constant.text)) {
      const count = Number(constant.text)
      if (walkedName(context) !== null) return [{ kind: "count", of: counted, count, at }]
      return [{ kind: "dropped", count, at }]
    }
    return refuse(condition, `${counted} rows are counted, as in ${counted} == 1`, context)
  }
  const place = placeOf(subject, context)
  if (place === null || place.type.kind === "error") return []
  const { type, wire } = place
  if (type.kind === "record" || type.kind === "list" || type.kind === "dictionary" || type.kind === "json") {
    return refuse(subject, `${aType(type)} is compared by its parts`, context)
  }
  const isOrdered =
    type.kind === "number" ||
    type.kind === "date" ||
    type.kind === "datetime" ||
    type.kind === "instant" ||
    type.kind === "text" ||
    type.kind === "period"
  if (operator !== "==" && operator !== "!=" && !isOrdered) {
    return refuse(condition, `${aType(type)} is only equal or not`, context)
  }
  const value = constantOf(constant, type, false)
  const problem = (text: string, near = {}): readonly PlanExpectation[] => {
    context.report(
      diagnostic(
        "FM6305",
        { what: "The expected value", problem: text },
        { file: context.file, span: constant.span },
        { label: `wanted: ${describeType(type)}`, ...near },
      ),
    )
    return []
  }
  if ("problem" in value) return problem(value.problem, correction(constant, value, context.file))
  // A period is expected as it is inside: its calendar's file is not known here.
  const form: WireType = wire.kind === "period" ? { ...wire, wire: "plain" } : wire
  const json = wireValue({ kind: "scalar", value: value.value }, form, {
    shapes: context.shapes,
    unitOf: place.unitOf,
  })
  return "problem" in json
    ? problem(json.problem)
    : [{ kind: "value", path: place.path, operator, value: json.json, type: form, at }]
}

interface ResultPlace {
  readonly path: readonly (string | number)[]
  readonly type: Type
  readonly wire: WireType
  /** The code an amount here is in, where constants and arguments tell it. */
  readonly unitOf: (unit: UnitSource) => string | null
}

/** As a place; the rows of a list need no number: then every row is meant. */
function ignoredPlace(expression: Expression, context: TestContext): readonly (string | number)[] | null {
  const steps = stepsOf(expression)
  if (steps === null) {
    refuse(expression, "ignoring names fields of the result, as in lines.id", context)
    return null
  }
  const { shape } = context.map.target
  let type: Type = { kind: "record", shape, arguments: [], system: shape.system }
  const path: (string | number)[] = []
  for (const step of steps) {
    if (type.kind === "error") return null
    if (step.kind === "index" && type.kind === "list") {
      path.push(step.index)
      type = type.of
      continue
    }
    while (step.kind === "field" && type.kind === "list") type = type.of
    if (step.kind === "index" || type.kind !== "record") {
      refuse(step.kind === "field" ? step.name : step, `${aType(type)} has no such part`, context)
      return null
    }
    const { shape: of }: { shape: BoundShape } = type
    const field = of.fields.find(({ name }) => name === step.name.text)
    if (field === undefined) {
      reportUnknown(step.name, of, context)
      return null
    }
    path.push(field.name)
    type = field.type
  }
  return path
}

/**
 * `lines[0].discount`, also with the target's name before it. Of a set map `out[0].amount`, the record that came out first; in an
 * outcome `rows[2].amount`, what the third row makes.
 */
function placeOf(
  expression: Expression,
  context: TestContext,
  list: string | null = walkedName(context) === null ? null : "out",
): ResultPlace | null {
  const { map, shapes } = context
  const all = stepsOf(expression)
  const [of, index] = all ?? []
  const inList = list !== null && of?.kind === "field" && of.name.text === list && index?.kind === "index"
  if (list !== null && all !== null && !inList) {
    refuse(expression, `a place in the run begins with a row, as in ${list}[0]`, context)
    return null
  }
  const before = inList ? [list, index.index] : []
  const steps = inList ? (all?.slice(2) ?? null) : all
  if (steps === null) {
    refuse(
      expression,
      "a place in the result is a path of fields, with [0] for the first row of a list",
      context,
    )
    return null
  }
  const shape = map.target.shape
  const id = shapeId(shape, shape.system)
  const [first, second] = steps
  const named =
    first?.kind === "field" &&
    first.name.text === map.target.name &&
    second !== undefined &&
    !shape.fields.some(f => f.name === first.name.text)
  let place: ResultPlace = {
    path: before,
    type: { kind: "record", shape, arguments: [], system: shape.system },
    wire: { kind: "record", shape: id, arguments: [] },
    unitOf: constantUnits,
  }
  for (const step of named ? steps.slice(1) : steps) {
    const { type, wire } = place
    if (type.kind === "error") return null
    if (step.kind === "index") {
      if (type.kind !== "list" || wire.kind !== "list") {
        refuse(step, `${aType(type)} has no rows`, context)
        return null
      }
      place = { ...place, path: [...place.path, step.index], type: type.of, wire: wire.of }
      continue
    }
    if (type.kind !== "record" || wire.kind !== "record") {
      refuse(
        step.name,
        `${aType(type)} has no fields${type.kind === "list" ? "; name a row, as in [0]" : ""}`,
        context,
      )
      return null
    }
    const field = type.shape.fields.find(f => f.name === step.name.text)
    const holder: PlanShape | undefined = shapes.get(wire.shape)
    const planned: PlanField | undefined = holder?.fields.find(f => f.name === step.name.text)
    if (field === undefined || holder === undefined || planned === undefined) {
      reportUnknown(step.name, type.shape, context)
      return null
    }
    const { unitOf } = place
    const inner = (unit: UnitSource): string | null => {
      if (unit.kind !== "parameter") return constantUnits(unit)
      const argument = wire.arguments[holder.parameters.indexOf(unit.name)]
      return argument === undefined ? null : unitOf(argument)
    }
    place = { path: [...place.path, field.name], type: field.type, wire: planned.type, unitOf: inner }
  }
  return place
}

type Step =
  | { readonly kind: "field"; readonly name: Name }
  | { readonly kind: "index"; readonly index: number; readonly span: Span }

function stepsOf(expression: Expression): readonly Step[] | null {
  const steps: Step[] = []
  for (let at = expression; ; ) {
    if (at.kind === "name") return [{ kind: "field", name: at.name } satisfies Step, ...steps]
    if (at.kind === "member") {
      steps.unshift({ kind: "field", name: at.name })
      at = at.object
    } else if (
      at.kind === "index" &&
      at.index.kind === "number" &&
      /^\d+$/.test(at.index.text) &&
      Number(at.index.text) < mostRows
    ) {
      steps.unshift({ kind: "index", index: Number(at.index.text), span: at.index.span })
      at = at.object
    } else return null
  }
}

function isPlace(expression: Expression): boolean {
  return expression.kind === "name" || expression.kind === "member" || expression.kind === "index"
}

const outcomes = ["out", "rejected", "held", "dropped"] as const

/** `dropped == 1`; of a set map also `out`, `held` and `rejected`. */
function countedRows(expression: Expression, context: TestContext): (typeof outcomes)[number] | null {
  if (expression.kind !== "name") return null
  const { text } = expression.name
  if (context.map.target.shape.fields.some(f => f.name === text) && walkedName(context) === null) return null
  if (walkedName(context) === null) return text === "dropped" ? text : null
  return outcomes.find(outcome => outcome === text) ?? null
}

/** The source of which a set map runs once a row; null: a map of single records. */
function walkedName({ map }: TestContext): string | null {
  return map.sources.find(source => source.role === "each")?.name ?? null
}

function isComparison(
  operator: BinaryOperator | undefined,
): operator is "==" | "!=" | "<" | "<=" | ">" | ">=" {
  return operator !== undefined && flipped.has(operator)
}

function refuse(
  node: { readonly span: Span },
  problem: string,
  { file, report }: TestContext,
): readonly PlanExpectation[] {
  report(diagnostic("FM6304", { problem }, { file, span: node.span }))
  return []
}

function reportUnknown(name: Name, shape: BoundShape, { file, report }: TestContext): void {
  const place = { file, span: name.span }
  const near = closest(
    name.text,
    shape.fields.map(field => field.name),
  )
  report(
    diagnostic("FM2010", { name: name.text, of: shape.name }, place, {
      related: [{ place: shape.place, text: "declared here" }],
      ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
}
