// The table of a spec sheet: one line a target field, with its rule, where it comes from, what it loses and what happens without a value.
// Flows in: a map of the Plan, its lineage, the text of its files. Flows out: readonly lines in the order of the target.
import { type MapLineage, shownOrigin } from "../../lineage/index.ts"
import type {
  At,
  PlanBlock,
  PlanExpression,
  PlanField,
  PlanMap,
  PlanShape,
  PlanStep,
  ShapeId,
  WireType,
} from "../../plan/index.ts"
import type { Naming } from "../words/naming.ts"
import { typeText } from "../words/say-type.ts"
import type { Words } from "../words/words.ts"
import { lossesOf } from "./losses.ts"
import { type Rule, ruleOf, withoutFit } from "./rule.ts"
import { contains, placeText, type Sources, sourceLines } from "./source-lines.ts"
import { type Leaving, type WayOut, waysOut } from "./ways-out.ts"

export interface SheetLine {
  /** `lines[].amount` */
  readonly path: string
  /** How deep it stands in the record: 0 for fields of the target itself. */
  readonly depth: number
  readonly type: string
  /** `whole`: a record or list whose parts follow. `computed`: the target's system fills it. */
  readonly state: "set" | "whole" | "left" | "computed"
  readonly isKey: boolean
  readonly isPersonal: boolean
  /** Several where a choice makes the record in more than one way. */
  readonly rules: readonly Rule[]
  /** Source fields that give the value, and those that only decide it. */
  readonly values: readonly string[]
  readonly decides: readonly string[]
  readonly losses: readonly Words[]
  readonly waysOut: readonly WayOut[]
  /** The field may stay empty. */
  readonly mayBeEmpty: boolean
  /** Why it is left. */
  readonly because: string
  /** `maps/book-order.fmap:31`; empty where nothing is written. */
  readonly place: string
  readonly source: string
}

export interface SheetContext extends Leaving {
  readonly map: PlanMap
  readonly lineage: MapLineage
  readonly sources: Sources
  readonly shape: (id: ShapeId) => PlanShape
}

export function sheetLines(context: SheetContext): readonly SheetLine[] {
  const { map, shape } = context
  const at: At = [map.at[0], 1, 1, Number.MAX_SAFE_INTEGER, 1]
  return recordLines([{ block: map.body, at }], shape(map.target.shape), "", 0, context)
}

/** A block that makes a record, and the text it is written as. */
interface Made {
  readonly block: PlanBlock
  readonly at: At
}

function recordLines(
  made: readonly Made[],
  shape: PlanShape,
  above: string,
  depth: number,
  context: SheetContext,
): readonly SheetLine[] {
  return shape.fields.flatMap(field => {
    const path = above === "" ? field.name : `${above}.${field.name}`
    const steps = made.flatMap(({ block }) => block.steps.filter(step => isField(step, field.name)))
    return steps.length === 0
      ? [emptyLine(field, made, path, depth, context)]
      : fieldLines(field, steps, path, depth, context)
  })
}

type FieldStep = Extract<PlanStep, { readonly kind: "field" }>

function isField(step: PlanStep, name: string): step is FieldStep {
  return step.kind === "field" && step.field === name
}

function fieldLines(
  field: PlanField,
  steps: readonly FieldStep[],
  path: string,
  depth: number,
  context: SheetContext,
): readonly SheetLine[] {
  const { naming, sources } = context
  const inside = steps.flatMap(({ value }) => madeIn(value))
  const record = recordOf(field.type)
  const rowsPath = `${path}${"[]".repeat(listDepth(field.type))}`
  const below =
    record === null || inside.length === 0
      ? []
      : recordLines(inside, context.shape(record), rowsPath, depth + 1, context)
  const [first] = steps
  const [body] = inside
  const line: SheetLine = {
    ...base(field, rowsPath, depth),
    state: below.length > 0 ? "whole" : "set",
    rules: steps.map(({ value }) => (below.length > 0 ? wholeRule(value, naming) : ruleOf(value, naming))),
    ...originsOf(rowsPath, below.length > 0, context.lineage),
    losses: steps.flatMap(({ value }) => lossesOf(value, naming)),
    waysOut: steps.flatMap(({ value }) => waysOut(value, context)),
    mayBeEmpty: field.optional && steps.some(({ value }) => value.maybe),
    place: first === undefined ? "" : placeText(first.at, sources.plan),
    source: steps
      .map(({ at }) => sourceLines(at, sources, below.length > 0 ? (body?.at ?? null) : null))
      .join("\n"),
  }
  return [line, ...below]
}

/** Of rows how they are chosen; of a record nothing but that its fields follow. */
function wholeRule(value: PlanExpression, naming: Naming): Rule {
  const node = withoutFit(value)
  if (node.kind === "else") return wholeRule(node.value, naming)
  if (node.kind === "record") return { words: ["Made of the fields below."], cases: [] }
  return ruleOf(node, naming)
}

function emptyLine(
  field: PlanField,
  made: readonly Made[],
  path: string,
  depth: number,
  { map, sources }: SheetContext,
): SheetLine {
  const left = map.report.left.find(
    one => one.field === field.name && made.some(({ at }) => contains(at, one.at)),
  )
  return {
    ...base(field, path, depth),
    state: field.computed ? "computed" : "left",
    because: left?.because ?? "",
    place: left === undefined ? "" : placeText(left.at, sources.plan),
    source: left === undefined ? "" : sourceLines(left.at, sources),
  }
}

function base(field: PlanField, path: string, depth: number): SheetLine {
  return {
    path,
    depth,
    type: `${typeText(field.type)}${field.optional ? ", optional" : ""}`,
    state: "set",
    isKey: field.key,
    isPersonal: field.pii || field.confidential,
    rules: [],
    values: [],
    decides: [],
    losses: [],
    waysOut: [],
    mayBeEmpty: false,
    because: "",
    place: "",
    source: "",
  }
}

/** `isWhole`: only what is said of the record or the rows themselves; its parts have lines of their own. */
function originsOf(
  path: string,
  isWhole: boolean,
  { fields }: MapLineage,
): Pick<SheetLine, "values" | "decides"> {
  const edges = fields
    .filter(
      field =>
        field.path === path ||
        (!isWhole && (field.path.startsWith(`${path}.`) || field.path.startsWith(`${path}[]`))),
    )
    .flatMap(field => field.edges)
    .filter(({ origin }) => origin.kind !== "constant")
  const of = (role: "value" | "decides") => [
    ...new Set(edges.filter(edge => edge.role === role).map(({ origin }) => shownOrigin(origin))),
  ]
  return { values: of("value"), decides: of("decides") }
}

/** The records an expression makes, whichever of them it turns out to be. */
function madeIn(node: PlanExpression): readonly Made[] {
  switch (node.kind) {
    case "record":
      return [{ block: node.block, at: node.at }]
    case "fit":
      return madeIn(node.of)
    case "else":
      return [...madeIn(node.value), ...madeIn(node.fallback)]
    case "each":
      return madeIn(node.body)
    case "list":
      return node.elements.flatMap(({ value }) => madeIn(value))
    case "switch":
      return [...node.arms.map(({ then }) => then), node.missing, node.otherwise].flatMap(one =>
        one === null ? [] : madeIn(one),
      )
    case "conditional":
      return [...node.arms.map(({ then }) => then), node.otherwise].flatMap(madeIn)
    default:
      return []
  }
}

function recordOf(type: WireType): ShapeId | null {
  if (type.kind === "list") return recordOf(type.of)
  return type.kind === "record" ? type.shape : null
}

function listDepth(type: WireType): number {
  return type.kind === "list" ? 1 + listDepth(type.of) : 0
}
