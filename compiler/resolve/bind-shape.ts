// A record or contract with its fields' types built and its clauses judged. Flows in: the declaration, after everything
// it holds. Flows out: a BoundShape; checks and derives keep their expressions for the checker.
import {
  type ContractDeclaration,
  type DeriveMember,
  diagnostic,
  type FieldDeclaration,
  type Name,
  type Parameter,
  type TypeNode,
  type UnionTypeNode,
} from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import { aType } from "../types/describe.ts"
import { typeFromNode } from "../types/from-node.ts"
import type { Type } from "../types/type.ts"
import { bindAnswers } from "./bind-answers.ts"
import { bindBitmaps } from "./bind-bitmaps.ts"
import { bindEvents } from "./bind-events.ts"
import { bindField, wireNameOf } from "./bind-field.ts"
import { bindFieldRules } from "./bind-field-rules.ts"
import { bindUnion } from "./bind-union.ts"
import type { Declared } from "./collect-names.ts"
import { calendarNamed, type Lookup, systemNamed, typeNamed } from "./lookup.ts"
import type { BoundDerive, BoundShape } from "./model.ts"
import type { ShapeNode } from "./shape-order.ts"
import { type ShapeScope, shapeUnit } from "./shape-units.ts"
import { requireVersion } from "./versions.ts"

const lifecycles = ["draft", "active", "deprecated", "retired"]
/** What `fmap import` reads; `schema` is JSON Schema. */
const sourceFormats = [
  "salesforce",
  "openapi",
  "schema",
  "edmx",
  "cdm",
  "netsuite",
  "odcs",
  "xsd",
  "csv",
  "json",
]
const modes = ["none", "backward", "forward", "full"]

export function bindShape(declared: Declared<ShapeNode>, lookup: Lookup, found: Findings): BoundShape {
  const { node, name, id, file, place } = declared
  const at = placeIn(file)
  const before = found.errors()
  const contract = node.kind === "contract" ? node : null
  const parameters = node.kind === "record" ? bindParameters(node.parameters, file, found) : []
  const scope = { name, parameters, ...members(node, parameters, file, found) }
  const typeOf = (type: TypeNode, field: Name | null = null): Type =>
    typeFromNode(type, {
      ...(field === null
        ? {}
        : { union: (union: UnionTypeNode) => bindUnion(union, { shape: name, field }, lookup, found) }),
      file,
      report: found.report,
      typeNamed: name => typeNamed(name, lookup),
      calendarNamed: name => calendarNamed(name, lookup),
      unit: (path, kind) => shapeUnit(path, kind, scope, lookup),
    })
  const direction = contract?.direction?.word ?? "both"
  const context = {
    file,
    shape: name,
    readOnly: contract !== null && direction === "reads",
    siblings: scope.fields,
    found,
  }
  const fields = [...scope.fields.values()].map(field =>
    bindField(field, typeOf(field.type, field.name), context),
  )
  const derives = [...scope.derives.values()].map((derive): BoundDerive => {
    const type = typeOf(derive.type)
    if (
      type.kind === "record" ||
      type.kind === "list" ||
      type.kind === "dictionary" ||
      type.kind === "json"
    ) {
      found.report(
        diagnostic("FM6017", { type: aType(type), where: "derived; derive its parts" }, at(derive.type)),
      )
    }
    return { name: derive.name.text, node: derive, place: at(derive.name), type }
  })
  checkWireNames(scope.fields, file, found)
  const events = contract === null ? null : bindEvents(contract, fields, { file, found })
  const system = contract === null ? null : checkClauses(contract, lookup, found)
  const hasErrorMember = node.members.some(
    member => member.kind === "errorMember" || (member.kind === "field" && member.type.kind === "errorType"),
  )
  return {
    kind: "shape",
    node,
    name,
    id,
    file,
    place,
    isContract: contract !== null,
    system,
    direction,
    answers: contract === null ? null : bindAnswers(contract, typeOf, { file, found }),
    events,
    parameters,
    fields: contract === null ? fields : bindBitmaps(contract, fields, events, { file, found }),
    derives,
    checks: node.members.filter(member => member.kind === "check"),
    ...bindFieldRules(node, fields, { file, shape: name, found }),
    broken: hasErrorMember || found.errors() > before,
  }
}

function bindParameters(
  parameters: readonly Parameter[],
  file: string,
  found: Findings,
): BoundShape["parameters"] {
  const at = placeIn(file)
  const bound = new Map<string, BoundShape["parameters"][number]>()
  for (const { name, type } of parameters) {
    const first = bound.get(name.text)
    if (first !== undefined) {
      found.report(
        diagnostic("FM2016", { name: name.text, role: "parameters" }, at(name), {
          related: [{ place: first.place, text: "first here" }],
        }),
      )
      continue
    }
    const kind = parameterKind(type)
    if (kind === null)
      found.report(
        diagnostic("FM6016", { name: name.text }, at(type), { help: 'Write "currency" or "unit".' }),
      )
    // A parameter of a wrong type still counts, so that uses of the record are judged by what was meant.
    bound.set(name.text, { name: name.text, kind: kind ?? "currency", place: at(name) })
  }
  return [...bound.values()]
}

/** `unit` is no type of values, so it is a plain name here. */
function parameterKind(type: TypeNode): "currency" | "unit" | null {
  if (type.kind === "errorType") return "currency"
  if (type.kind === "builtinType")
    return type.name === "currency" ? "currency" : type.name === "text" ? "unit" : null
  return type.kind === "namedType" && type.name.text === "unit" ? "unit" : null
}

function members(
  node: ShapeNode,
  parameters: BoundShape["parameters"],
  file: string,
  found: Findings,
): Pick<ShapeScope, "fields" | "derives"> {
  const at = placeIn(file)
  const fields = new Map<string, FieldDeclaration>()
  const derives = new Map<string, DeriveMember>()
  const seen = new Map(parameters.map(parameter => [parameter.name, parameter.place]))
  const isNew = (name: Name): boolean => {
    const first = seen.get(name.text)
    if (first === undefined) seen.set(name.text, at(name))
    else {
      found.report(
        diagnostic("FM2009", { name: name.text }, at(name), {
          label: "declared again",
          related: [{ place: first, text: "first declared here" }],
        }),
      )
    }
    return first === undefined
  }
  for (const member of node.members) {
    if (member.kind === "field" && isNew(member.name)) fields.set(member.name.text, member)
    else if (member.kind === "derive" && isNew(member.name)) derives.set(member.name.text, member)
  }
  return { fields, derives }
}

function checkWireNames(fields: ReadonlyMap<string, FieldDeclaration>, file: string, found: Findings): void {
  const at = placeIn(file)
  const seen = new Map<string, FieldDeclaration>()
  for (const field of fields.values()) {
    const as = field.modifiers.find(modifier => modifier.kind === "as")
    if (as?.kind === "as" && as.wireName.parts.some(part => part.kind === "hole")) {
      found.report(diagnostic("FM6119", { form: "as", problem: "a wire name has no holes" }, at(as.wireName)))
      continue
    }
    const name = wireNameOf(field)
    const first = seen.get(name)
    if (first === undefined) seen.set(name, field)
    else {
      found.report(
        diagnostic("FM6120", { name }, at(as?.kind === "as" ? as.wireName : field.name), {
          related: [{ place: at(first.name), text: "this field has it already" }],
        }),
      )
    }
  }
}

function checkClauses(node: ContractDeclaration, lookup: Lookup, found: Findings): BoundShape["system"] {
  const { file } = lookup
  requireVersion("contract", node.name, node.version, (node.of ?? node.name).span.end, file, found)
  word("lifecycle", node.lifecycle, lifecycles, file, found)
  word("compatible", node.compatible, modes, file, found)
  if (node.from !== undefined) word("from", node.from.format, sourceFormats, file, found)
  return node.of === null ? null : systemNamed(node.of, lookup)
}

function word(
  clause: string,
  name: Name | null,
  wanted: readonly string[],
  file: string,
  found: Findings,
): void {
  if (name === null || wanted.includes(name.text)) return
  found.report(
    diagnostic("FM6102", { clause, word: name.text, wanted: wanted.join(", ") }, placeIn(file)(name)),
  )
}
