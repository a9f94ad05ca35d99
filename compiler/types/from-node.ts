// From a type as written to a type of the checker. Flows in: a type node and what its surroundings offer (names, units).
// Flows out: a Type; `error` where a diagnostic was given. It must not know which declaration it stands in.
import {
  type BuiltinTypeNode,
  type Diagnostic,
  diagnostic,
  type EnumMemberNode,
  type EnumTypeNode,
  type Name,
  type NamedTypeNode,
  type Path,
  type Place,
  type SizeArgument,
  type Span,
  type TypeNode,
  type UnionTypeNode,
} from "@fmap/grammar"
import type { BoundCalendar, BoundEnum, BoundShape } from "../resolve/model.ts"
import { numberType, wrongSizes } from "./number-from-node.ts"
import { checkPattern } from "./pattern/index.ts"
import { readRange } from "./sizes.ts"
import type { EnumType, Type, Unit } from "./type.ts"

export interface TypeContext {
  readonly file: string
  /** The record, contract or enum a name stands for; null when there is none (a diagnostic was given). */
  readonly typeNamed: (name: Name) => BoundEnum | BoundShape | null
  /** The calendar a name stands for; null when there is none (a diagnostic was given). */
  readonly calendarNamed: (name: Name) => BoundCalendar | null
  /** What `in X` or an argument stands for; null when a diagnostic was given. */
  readonly unit: (path: Path, kind: "currency" | "unit") => Unit | null
  /** A union, where one may stand: its kinds are told by what is written beside it. */
  readonly union?: (node: UnionTypeNode) => Type
  readonly report: (diagnostic: Diagnostic) => void
}

export function typeFromNode(node: TypeNode, context: TypeContext): Type {
  switch (node.kind) {
    case "builtinType":
      return builtin(node, context)
    case "namedType":
      return named(node, context)
    case "enumType":
      return enumFromNode(node, null, context)
    case "listType": {
      const of = typeFromNode(node.element, context)
      const bounds = node.bounds === null ? { low: 0, high: null } : readRange(node.bounds, context)
      if (of.kind === "error" || bounds === null) return { kind: "error" }
      return { kind: "list", of, min: bounds.low ?? 0, max: bounds.high }
    }
    case "dictionaryType": {
      const of = typeFromNode(node.value, context)
      return of.kind === "error" ? of : { kind: "dictionary", of }
    }
    case "errorType":
      return { kind: "error" }
    case "unionType":
      if (context.union !== undefined) return context.union(node)
      context.report(
        diagnostic(
          "FM6170",
          { problem: "it stands only as the type of a field, where its name comes from" },
          { file: context.file, span: node.span },
        ),
      )
      return { kind: "error" }
  }
}

function builtin(node: BuiltinTypeNode, context: TypeContext): Type {
  const at = (part: { readonly span: Span }): Place => ({ file: context.file, span: part.span })
  const isAmount = node.name === "money" || node.name === "quantity"
  if (node.unit !== null && !isAmount && node.name !== "period") {
    context.report(diagnostic("FM6005", { type: node.name }, at(node.unit), { label: "no unit here" }))
    return { kind: "error" }
  }
  if (node.pattern !== null && node.name !== "text") {
    context.report(diagnostic("FM6010", { clause: "matching", type: node.name }, at(node.pattern)))
    return { kind: "error" }
  }
  switch (node.name) {
    case "text":
      return text(node, context)
    case "alpha":
      return alpha(node, context)
    case "period":
      return period(node, context)
    case "int":
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
    case "rate":
      return numberType(node, context)
    default: {
      if (node.where !== null) {
        context.report(diagnostic("FM6010", { clause: "where", type: node.name }, at(node.where)))
        return { kind: "error" }
      }
      return node.arguments.length > 0
        ? wrongSizes(node, context, `"${node.name}", without sizes`)
        : { kind: node.name }
    }
  }
}

/** `period in Corp`. */
function period(node: BuiltinTypeNode, context: TypeContext): Type {
  const at = (part: { readonly span: Span }): Place => ({ file: context.file, span: part.span })
  const [name, ...rest] = node.unit?.names ?? []
  const refuse = (problem: string, part: { readonly span: Span }): Type => {
    context.report(diagnostic("FM3130", { problem }, at(part), { help: "Write `period in CALENDAR`." }))
    return { kind: "error" }
  }
  if (name === undefined) return refuse("it does not say of which calendar", node)
  if (rest.length > 0 && node.unit !== null) return refuse("a calendar has a plain name", node.unit)
  if (node.where !== null) return refuse("it cannot be narrowed with `where`", node.where)
  if (node.arguments.length > 0) return wrongSizes(node, context, '"period", without sizes')
  const calendar = context.calendarNamed(name)
  if (calendar === null) return { kind: "error" }
  if (calendar.spec.rules !== null) return { kind: "period", calendar }
  if (!calendar.broken) return refuse(`"${calendar.name}" has business days and no periods`, name)
  return { kind: "error" }
}

function text(node: BuiltinTypeNode, context: TypeContext): Type {
  const at = (part: { readonly span: Span }): Place => ({ file: context.file, span: part.span })
  if (node.where !== null) {
    context.report(
      diagnostic("FM6010", { clause: "where", type: "text" }, at(node.where), {
        help: 'Use matching re"…".',
      }),
    )
    return { kind: "error" }
  }
  const [size] = node.arguments
  if (node.arguments.length > 1) return wrongSizes(node, context, '"text(80)" or "text(1..80)"')
  const length = size === undefined ? { low: 0, high: null } : textLength(size, context)
  if (length === null) return { kind: "error" }
  const measure = size?.measure?.text ?? "points"
  if (measure !== "points" && measure !== "utf16" && measure !== "bytes") {
    context.report(
      diagnostic(
        "FM6102",
        { clause: "length", word: measure, wanted: "utf16, bytes" },
        at(size?.measure ?? node),
      ),
    )
    return { kind: "error" }
  }
  const pattern = node.pattern === null ? null : checkPattern(node.pattern.source)
  if (node.pattern !== null && pattern !== null && "problem" in pattern) {
    // `re"` stands before the source; the span may or may not include it, so the whole pattern is underlined.
    context.report(
      diagnostic("FM6007", { problem: pattern.problem }, at(node.pattern), {
        label: `at its character ${pattern.offset + 1}`,
      }),
    )
    return { kind: "error" }
  }
  const source = pattern !== null && "source" in pattern ? pattern.source : null
  return { kind: "text", min: length.low ?? 0, max: length.high, measure, pattern: source, literal: null }
}

/** `alpha(10)`: the one length that the identifier has on the wire. */
function alpha(node: BuiltinTypeNode, context: TypeContext): Type {
  const place = (part: { readonly span: Span }): Place => ({ file: context.file, span: part.span })
  if (node.where !== null) {
    context.report(diagnostic("FM6010", { clause: "where", type: "alpha" }, place(node.where)))
    return { kind: "error" }
  }
  const [size] = node.arguments
  if (size === undefined || node.arguments.length > 1 || size.isRange || size.measure !== null)
    return wrongSizes(node, context, '"alpha(10)", with the length it is padded to')
  const length = textLength(size, context)
  if (length === null || length.high === null) return { kind: "error" }
  const padded = length.high
  return { kind: "text", min: 0, max: padded, measure: "points", pattern: null, padded, literal: null }
}

/** `80` is a largest length; `1..80` both ends. */
function textLength(
  size: SizeArgument,
  context: TypeContext,
): { low: number | null; high: number | null } | null {
  const range = readRange(
    size.isRange ? size : { ...size, low: null, high: size.low ?? size.high, isRange: true },
    context,
  )
  if (range === null) return null
  if (range.high === 0) {
    context.report(
      diagnostic(
        "FM6002",
        { problem: "a text of no characters at all says nothing" },
        { file: context.file, span: size.span },
      ),
    )
    return null
  }
  return range
}

function named(node: NamedTypeNode, context: TypeContext): Type {
  const declaration = context.typeNamed(node.name)
  if (declaration === null) return { kind: "error" }
  const count = (n: number) => (n === 0 ? "no arguments" : n === 1 ? "one argument" : `${n} arguments`)
  const parameters = declaration.kind === "enum" ? [] : declaration.parameters
  if (node.arguments.length !== parameters.length) {
    const given =
      node.arguments.length === 0
        ? "none is given"
        : node.arguments.length === 1
          ? "one is given"
          : `${node.arguments.length} are given`
    context.report(
      diagnostic(
        "FM6013",
        { name: node.name.text, wanted: count(parameters.length), given },
        { file: context.file, span: node.span },
        { related: [{ place: declaration.place, text: `declared with ${count(parameters.length)}` }] },
      ),
    )
    return { kind: "error" }
  }
  if (declaration.kind === "enum") return declaration.type
  const units: Unit[] = []
  node.arguments.forEach((argument, index) => {
    const parameter = parameters[index]
    const unit = parameter === undefined ? null : context.unit(argument, parameter.kind)
    if (unit !== null) units.push(unit)
  })
  return units.length === parameters.length
    ? { kind: "record", shape: declaration, arguments: units, system: null }
    : { kind: "error" }
}

/** The enum of a declaration or of a place; empty ones and repeated members are reported, and the first of each kept. */
export function enumFromNode(
  node: Pick<EnumTypeNode, "open" | "members" | "span">,
  name: Name | null,
  context: Pick<TypeContext, "file" | "report">,
): EnumType {
  const members = new Map<string, EnumMemberNode>()
  for (const member of node.members) {
    const first = members.get(member.value)
    if (first === undefined) members.set(member.value, member)
    else {
      context.report(
        diagnostic(
          "FM6012",
          { member: member.value },
          { file: context.file, span: member.span },
          {
            label: "again",
            related: [{ place: { file: context.file, span: first.span }, text: "first here" }],
          },
        ),
      )
    }
  }
  if (members.size === 0) {
    const place = { file: context.file, span: name?.span ?? node.span }
    context.report(
      diagnostic("FM6011", { name: name === null ? "This enum" : `The enum "${name.text}"` }, place),
    )
  }
  return {
    kind: "enum",
    name: name?.text ?? null,
    open: node.open,
    members: [...members.values()].map(m => ({ value: m.value, docs: m.docs.join("\n") })),
  }
}
