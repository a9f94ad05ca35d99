// What `in X` and the arguments of records mean inside a record or contract: a constant code, a parameter, a field, a
// derived value, or a member behind required records. Flows in: the path and the shape's members. Flows out: a Unit
// relative to the shape, or null after a diagnostic.
import {
  type DeriveMember,
  diagnostic,
  type FieldDeclaration,
  type Name,
  type Path,
  type Place,
  type TypeNode,
} from "@fmap/grammar"
import { isCurrency } from "@fmap/runtime"
import type { Type, Unit } from "../types/type.ts"
import { closest } from "./closest.ts"
import { type Lookup, typeNamed } from "./lookup.ts"
import type { BoundShape } from "./model.ts"

export type UnitKind = "currency" | "unit"

/** The names of a shape before its types are known: what units may refer to. */
export interface ShapeScope {
  readonly name: string
  readonly parameters: BoundShape["parameters"]
  readonly fields: ReadonlyMap<string, FieldDeclaration>
  readonly derives: ReadonlyMap<string, DeriveMember>
}

const nouns = { currency: "currency of ISO 4217", unit: "unit" } as const

export function shapeUnit(path: Path, kind: UnitKind, scope: ShapeScope, lookup: Lookup): Unit | null {
  const [first, ...rest] = path.names
  if (first === undefined) return null
  const at: Place = { file: lookup.file, span: path.span }
  const field = scope.fields.get(first.text)
  if (rest.length > 0)
    return field === undefined
      ? unknown(first, kind, scope, lookup)
      : memberUnit(field, rest, kind, path, lookup)

  const parameter = scope.parameters.find(p => p.name === first.text)
  const derive = scope.derives.get(first.text)
  const own =
    parameter?.place ??
    (field === undefined && derive === undefined
      ? null
      : { file: lookup.file, span: (field ?? derive)?.name.span ?? at.span })
  if (own === null) return constantUnit(first, kind) ?? unknown(first, kind, scope, lookup)
  if (kind === "currency" && isCurrency(first.text) && !first.quoted) {
    lookup.report(
      diagnostic("FM2012", { name: first.text }, at, {
        related: [{ place: own, text: "declared here" }],
        help: "Put it in backticks if the field is meant.",
        edits: [{ place: at, text: `\`${first.text}\`` }],
      }),
    )
    return null
  }
  if (parameter !== undefined) {
    if (parameter.kind === kind) return { kind: "parameter", name: first.text }
    return unusable(path, `it is a ${parameter.kind}`, own, lookup)
  }
  if (field !== undefined) {
    const problem = problemOf(field.type, kind, lookup) ?? (isOptional(field) ? "it may be missing" : null)
    return problem === null ? { kind: "field", path: [first.text] } : unusable(path, problem, own, lookup)
  }
  const problem = derive === undefined ? null : problemOf(derive.type, kind, lookup)
  return problem === null ? { kind: "field", path: [first.text] } : unusable(path, problem, own, lookup)
}

/** A code written out. Units of measure have no closed list: capitals and digits are taken for one. */
export function constantUnit(name: Name, kind: UnitKind): Unit | null {
  if (name.quoted) return null
  const isCode = kind === "currency" ? isCurrency(name.text) : /^[A-Z][A-Z0-9]{0,9}$/.test(name.text)
  return isCode ? { kind: "constant", code: name.text } : null
}

function memberUnit(
  field: FieldDeclaration,
  rest: readonly Name[],
  kind: UnitKind,
  path: Path,
  lookup: Lookup,
): Unit | null {
  const place = { file: lookup.file, span: field.name.span }
  if (isOptional(field)) return unusable(path, `"${field.name.text}" may be missing`, place, lookup)
  if (field.type.kind === "errorType") return null
  if (field.type.kind === "listType")
    return unusable(path, `"${field.name.text}" is a list, with a unit for each of its rows`, place, lookup)
  if (field.type.kind !== "namedType")
    return unusable(path, `"${field.name.text}" is no record`, place, lookup)
  const declared = typeNamed(field.type.name, { ...lookup, report: () => undefined })
  if (declared === null) return null
  if (declared.kind === "enum") return unusable(path, `"${field.name.text}" is no record`, place, lookup)
  let type: Type = { kind: "record", shape: declared, arguments: [], system: null }
  for (const [index, name] of rest.entries()) {
    if (type.kind === "error") return null
    const before: string = rest[index - 1]?.text ?? field.name.text
    if (type.kind !== "record") {
      return unusable(
        path,
        type.kind === "list" ? `"${before}" is a list` : `"${before}" is no record`,
        place,
        lookup,
      )
    }
    const shape: BoundShape = type.shape
    const member = shape.fields.find(f => f.name === name.text)
    const derive = shape.derives.find(d => d.name === name.text)
    if (member === undefined && derive === undefined) return unknownMember(name, shape, lookup)
    if (member?.optional === true && member.default === null) {
      return unusable(path, `"${name.text}" may be missing`, member.place, lookup)
    }
    type = (member ?? derive)?.type ?? { kind: "error" }
  }
  if (type.kind === "error") return null
  const fits = kind === "currency" ? type.kind === "currency" : type.kind === "text" || type.kind === "enum"
  const last = rest.at(-1)?.text ?? ""
  if (!fits) return unusable(path, `"${last}" is no ${kind}`, place, lookup)
  return { kind: "field", path: path.names.map(name => name.text) }
}

/** Judged on the type as written: the types of the shape are only being built. */
function problemOf(type: TypeNode, kind: UnitKind, lookup: Lookup): string | null {
  switch (type.kind) {
    case "errorType":
      return null
    case "listType":
      return "it is a list"
    case "builtinType":
      return type.name === (kind === "currency" ? "currency" : "text")
        ? null
        : `it is a ${type.name}, not a ${kind}`
    case "enumType":
      return kind === "unit" ? null : "it is an enum, not a currency"
    case "namedType": {
      const declared = typeNamed(type.name, { ...lookup, report: () => undefined })
      if (declared === null || (declared.kind === "enum" && kind === "unit")) return null
      return declared.kind === "enum"
        ? "it is an enum, not a currency"
        : `it is a record; name the ${kind} in it`
    }
    case "dictionaryType":
      return "it is a dictionary"
    case "unionType":
      return "it is one of several records"
  }
}

function isOptional(field: FieldDeclaration): boolean {
  return field.optional && !field.modifiers.some(m => m.kind === "default")
}

function unusable(path: Path, problem: string, declared: Place, lookup: Lookup): null {
  lookup.report(
    diagnostic(
      "FM6006",
      { name: path.names.map(n => n.text).join("."), problem },
      { file: lookup.file, span: path.span },
      {
        related: [{ place: declared, text: "declared here" }],
      },
    ),
  )
  return null
}

function unknown(name: Name, kind: UnitKind, scope: ShapeScope, lookup: Lookup): null {
  const place = { file: lookup.file, span: name.span }
  const upper = name.text.toUpperCase()
  const own = [...scope.parameters.map(p => p.name), ...scope.fields.keys(), ...scope.derives.keys()]
  const near =
    kind === "currency" && isCurrency(upper) && upper !== name.text ? upper : closest(name.text, own)
  lookup.report(
    diagnostic("FM2011", { name: name.text, what: nouns[kind] }, place, {
      ...(near !== null
        ? { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }
        : kind === "unit"
          ? { help: "A unit written out has capitals and digits only, as KG." }
          : { help: "Write its ISO code, such as EUR, or the field that holds it." }),
    }),
  )
  return null
}

function unknownMember(name: Name, shape: BoundShape, lookup: Lookup): null {
  const place = { file: lookup.file, span: name.span }
  const near = closest(
    name.text,
    [...shape.fields, ...shape.derives].map(f => f.name),
  )
  lookup.report(
    diagnostic("FM2010", { name: name.text, of: shape.name }, place, {
      related: [{ place: shape.place, text: "declared here" }],
      ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
  return null
}
