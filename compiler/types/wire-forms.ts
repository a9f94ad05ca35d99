// What the `wire …` modifiers of one field say, judged against its type. Flows in: a type and the forms as written. Flows
// out: one choice a family (null: as the system says); forms that do not fit are reported. Every form is total both ways.
import { type Diagnostic, diagnostic, type Modifier, type WireFormNode } from "@fmap/grammar"
import { type ListWire, minorUnits, patternProblem, periodPatternProblem } from "@fmap/runtime"
import type { TimeWire } from "../plan/index.ts"
import { aType } from "./describe.ts"
import { patternReach } from "./pattern-reach.ts"
import type { NumberType, Type } from "./type.ts"

export interface WireForms {
  readonly number: "number" | "text" | "minor" | { readonly scaled: number } | null
  /** A percent stands as 0.125 and not as 12.5. */
  readonly fraction: boolean
  readonly lower: boolean
  readonly time: TimeWire | null
  readonly bool: { readonly true: string; readonly false: string } | null
  readonly period: "id" | { readonly pattern: string } | null
  readonly list: ListWire | null
}

export const noForms: WireForms = {
  number: null,
  fraction: false,
  lower: false,
  time: null,
  bool: null,
  period: null,
  list: null,
}

interface Context {
  readonly file: string
  readonly report: (diagnostic: Diagnostic) => void
}

export function wireForms(type: Type, modifiers: readonly Modifier[], context: Context): WireForms {
  let forms = noForms
  const said = new Map<string, WireFormNode>()
  for (const modifier of modifiers) {
    if (modifier.kind !== "wire") continue
    const choice = choose(type, modifier.form, context)
    if (choice === null) continue
    const [family] = Object.keys(choice)
    if (family !== undefined && said.has(family)) {
      context.report(
        diagnostic(
          "FM6113",
          { word: `wire ${modifier.form.form.text}` },
          { file: context.file, span: modifier.span },
          {
            related: [
              {
                place: { file: context.file, span: said.get(family)?.span ?? modifier.span },
                text: "said here already",
              },
            ],
          },
        ),
      )
      continue
    }
    if (family !== undefined) said.set(family, modifier.form)
    forms = { ...forms, ...choice }
  }
  if (forms.fraction && typeof forms.number === "object" && forms.number !== null) {
    const place = { file: context.file, span: said.get("number")?.span ?? { start: 0, end: 0 } }
    context.report(
      diagnostic("FM6119", { form: "scaled", problem: "a percent is either scaled or a fraction" }, place),
    )
    return { ...forms, number: null }
  }
  return forms
}

function choose(type: Type, node: WireFormNode, context: Context): Partial<WireForms> | null {
  if (type.kind === "error") return null
  const place = { file: context.file, span: node.span }
  const form = node.form.text
  const [first, second] = node.arguments
  const wrong = (problem: string): null => {
    context.report(diagnostic("FM6119", { form, problem }, place))
    return null
  }
  const element = elementOf(type)
  switch (form) {
    case "joined":
      if (type.kind !== "list" || !isTextual(type.of)) break
      return first === undefined || first.text === ""
        ? wrong('it needs what stands between the values, as in joined ", "')
        : { list: { joined: first.text } }
    case "array":
      if (type.kind !== "list") break
      return { list: "array" }
    case "under":
      if (type.kind !== "list") break
      return first === undefined || first.text === ""
        ? wrong("it needs the name the rows stand under, as in under results")
        : { list: { under: first.text } }
    case "number":
    case "text":
      if (element.kind !== "number") break
      return { number: form }
    case "fraction":
      if (element.kind !== "number" || element.role !== "percent") break
      return { fraction: true }
    case "minor":
      if (element.kind !== "number" || element.role !== "money") break
      return minorProblem(element) === null ? { number: "minor" } : wrong(minorProblem(element) ?? "")
    case "scaled":
      if (element.kind !== "number" || element.role === "int") break
      return scaled(element, first?.text, wrong)
    case "lower":
      if (element.kind === "text" && element.padded !== undefined) break
      if (
        element.kind !== "text" &&
        element.kind !== "currency" &&
        element.kind !== "country" &&
        element.kind !== "language"
      )
        break
      return { lower: true }
    case "iso":
    case "odata2":
      if (!isTime(element)) break
      return { time: form }
    case "epoch":
      if (!isTime(element)) break
      return first?.text === "ms" || first?.text === "s"
        ? { time: { epoch: first.text } }
        : wrong("it counts ms or s, as in epoch ms")
    case "id":
      if (element.kind !== "period") break
      return element.calendar.files.periods === null
        ? wrong("only the periods of a file have ids")
        : { period: "id" }
    case "pattern": {
      if (element.kind === "period") {
        if (first === undefined) return wrong('it needs the pattern, as in pattern "MMM yy"')
        const problem = periodPatternProblem(first.text, patternReach(element.calendar.spec.rules), false)
        return problem === undefined ? { period: { pattern: first.text } } : wrong(problem.replace(/\.$/, ""))
      }
      if (!isTime(element)) break
      if (first === undefined) return wrong('it needs the pattern, as in pattern "yyyy-MM-dd"')
      const problem = patternProblem(first.text, element.kind)
      return problem === undefined ? { time: { pattern: first.text } } : wrong(problem.replace(/\.$/, ""))
    }
    case "pair":
      if (element.kind !== "bool") break
      if (first === undefined || second === undefined)
        return wrong('it needs both texts, true first, as in "T"|"F"')
      return first.text === second.text
        ? wrong("true and false would be the same text")
        : { bool: { true: first.text, false: second.text } }
    default:
      return wrong(`there are ${allForms}`)
  }
  context.report(
    diagnostic(
      "FM6118",
      { form: form === "pair" ? '"T"|"F"' : form, type: aType(type), wanted: wantedFor(type) },
      place,
      { label: "not for this type" },
    ),
  )
  return null
}

const allForms =
  'number, text, minor, scaled, fraction, lower, iso, epoch, odata2, pattern, id, "T"|"F", joined, under and array'

/** Forms of a list that are not about the list are about its elements. */
function elementOf(type: Type): Type {
  return type.kind === "list" ? type.of : type
}

function isTime(type: Type): type is { kind: "date" | "datetime" | "instant" } {
  return type.kind === "date" || type.kind === "datetime" || type.kind === "instant"
}

function isTextual(type: Type): boolean {
  return (
    type.kind === "text" ||
    type.kind === "enum" ||
    type.kind === "currency" ||
    type.kind === "country" ||
    type.kind === "language"
  )
}

function minorProblem(type: NumberType): string | null {
  if (type.unit?.kind !== "constant" || type.fitsMinor) return null
  const minor = minorUnits(type.unit.code)
  if (minor === undefined) return `${type.unit.code} has no minor units`
  return minor < type.scale
    ? `${type.unit.code} has ${minor} minor digits, and the amount ${type.scale}`
    : null
}

function scaled(
  type: NumberType,
  factor: string | undefined,
  wrong: (problem: string) => null,
): Partial<WireForms> | null {
  if (factor === undefined || !/^10+$/.test(factor) || factor.length > 31)
    return wrong("it needs 10, 100, 1000 …, as in scaled 100")
  const digits = factor.length - 1
  const scale = type.role === "percent" ? type.scale - 2 : type.scale
  return digits < scale
    ? wrong(`${factor} keeps ${digits} digits after the point, and the figure has ${scale}`)
    : { number: { scaled: digits } }
}

function wantedFor(type: Type): string {
  const element = elementOf(type)
  const list =
    type.kind !== "list" ? [] : isTextual(type.of) ? ["joined", "under", "array"] : ["under", "array"]
  const own =
    element.kind === "bool"
      ? ['"T"|"F"']
      : element.kind === "period"
        ? ["pattern", ...(element.calendar.files.periods === null ? [] : ["id"])]
        : isTime(element)
          ? ["iso", "epoch", "odata2", "pattern"]
          : element.kind === "number"
            ? [
                "number",
                "text",
                ...(element.role === "int" ? [] : ["scaled"]),
                ...(element.role === "money" ? ["minor"] : []),
                ...(element.role === "percent" ? ["fraction"] : []),
              ]
            : element.kind === "text" ||
                element.kind === "currency" ||
                element.kind === "country" ||
                element.kind === "language"
              ? ["lower"]
              : []
  const all = [...list, ...own]
  return all.length === 0 ? "it has only one form" : `it can as ${all.join(", ")}`
}
