// A union as a record of its kinds, of which exactly one is there: so that everything after it needs to know only how the kind is
// told. Flows in: the type of a field and the records it names. Flows out: a shape of its own, or an error.
import {
  diagnostic,
  type Expression,
  type FieldDeclaration,
  type Name,
  type Span,
  type UnionTypeNode,
} from "@fmap/grammar"
import { declaredId } from "../plan/declared-id.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import type { Type } from "../types/type.ts"
import { bindField, wireNameOf } from "./bind-field.ts"
import { type Lookup, typeNamed } from "./lookup.ts"
import type { BoundField, BoundShape, BoundUnion } from "./model.ts"

export interface UnionOwner {
  readonly shape: string
  readonly field: Name
}

export function bindUnion(node: UnionTypeNode, owner: UnionOwner, lookup: Lookup, found: Findings): Type {
  const { file } = lookup
  const before = found.errors()
  const at = placeIn(file)
  const wrong = (problem: string, part: { readonly span: Span }): void => {
    found.report(diagnostic("FM6170", { problem }, at(part)))
  }
  const members = new Map<string, BoundShape>()
  for (const member of node.members) {
    if (member.name.text === "" || member.arguments.length > 0) {
      wrong("its kinds are records without parameters", member)
      continue
    }
    const declared = typeNamed(member.name, lookup)
    if (declared === null) continue
    if (declared.kind !== "shape" || declared.parameters.length > 0)
      wrong("its kinds are records without parameters", member)
    else if (members.has(member.name.text)) wrong(`"${member.name.text}" stands in it twice`, member)
    else members.set(member.name.text, declared)
  }
  if (found.errors() > before) return { kind: "error" }
  const by = byOf(node, members, wrong)
  const arms = by === null ? [] : armsOf(node, by, members, wrong)
  if (by !== null && found.errors() === before) tellApart(node, by, arms, file, found)
  if (by === null || found.errors() > before) return { kind: "error" }
  const name = `${owner.shape}.${owner.field.text}`
  const fields = node.members.flatMap(member => {
    const shape = members.get(member.name.text)
    return shape === undefined ? [] : [fieldOf(member.name, shape, name, lookup, found)]
  })
  const shape: BoundShape = {
    kind: "shape",
    id: declaredId(name, file, false),
    name,
    file,
    place: at(owner.field),
    broken: false,
    isContract: false,
    system: null,
    direction: "both",
    events: null,
    union: { by, arms },
    fieldRules: [],
    profiles: [],
    answers: null,
    parameters: [],
    fields,
    derives: [],
    checks: [],
    node: {
      kind: "record",
      docs: [],
      name: { text: name, span: owner.field.span, quoted: true },
      parameters: [],
      members: fields.map(field => field.node),
      span: node.span,
    },
  }
  return { kind: "record", shape, arguments: [], system: null }
}

type Wrong = (problem: string, part: { readonly span: Span }) => void

function byOf(
  node: UnionTypeNode,
  members: ReadonlyMap<string, BoundShape>,
  wrong: Wrong,
): BoundUnion["by"] | null {
  if (node.by.kind !== "value") return { kind: node.by.kind }
  const { value } = node.by
  const sliced = sliceOf(value)
  const path = pathOf(sliced?.of ?? value)
  if (path === null) {
    wrong("its kind is told by a field, or by a slice of one: `slice(Id, 0, 3)`", node.by)
    return null
  }
  let wire: readonly string[] | null = null
  for (const shape of members.values()) {
    const names = wirePath(path, shape)
    if (names === null) wrong(`"${path.join(".")}" is no text or enum that every ${shape.name} has`, node.by)
    else if (wire !== null && wire.join("\n") !== names.join("\n"))
      wrong(`"${path.join(".")}" has another name on the wire in ${shape.name}`, node.by)
    else wire = names
  }
  return wire === null ? null : { kind: "value", path: wire, slice: sliced?.slice ?? null }
}

function sliceOf(
  node: Expression,
): { readonly of: Expression; readonly slice: { from: number; length: number } } | null {
  if (node.kind !== "call" || node.callee.text !== "slice" || node.arguments.length !== 3) return null
  const [of, from, length] = node.arguments
  if (of === undefined || from?.kind !== "number" || length?.kind !== "number") return null
  const slice = { from: Number(from.text), length: Number(length.text) }
  return Number.isSafeInteger(slice.from) && Number.isSafeInteger(slice.length) ? { of, slice } : null
}

function pathOf(node: Expression): readonly string[] | null {
  if (node.kind === "name") return [node.name.text]
  const object = node.kind === "member" ? pathOf(node.object) : null
  return node.kind === "member" && object !== null ? [...object, node.name.text] : null
}

/** Required all the way, so that the kind is always told; by the names on the wire. */
function wirePath(path: readonly string[], shape: BoundShape): readonly string[] | null {
  const names: string[] = []
  let type: Type = { kind: "record", shape, arguments: [], system: null }
  for (const name of path) {
    const field: BoundField | undefined =
      type.kind === "record" ? type.shape.fields.find(candidate => candidate.name === name) : undefined
    if (field === undefined || field.optional) return null
    names.push(wireNameOf(field.node))
    type = field.type
  }
  return type.kind === "text" || type.kind === "enum" ? names : null
}

function armsOf(
  node: UnionTypeNode,
  by: BoundUnion["by"],
  members: ReadonlyMap<string, BoundShape>,
  wrong: Wrong,
): BoundUnion["arms"] {
  if (by.kind === "shape") {
    if (node.arms.length > 0) wrong("`by shape` has no arms: the required fields tell the kind", node.by)
    return [...members].map(([field, shape]) => ({
      field,
      values: shape.fields
        .filter(each => !each.optional && !each.computed)
        .map(each => wireNameOf(each.node)),
    }))
  }
  const seen = new Set<string>()
  return node.arms.flatMap(arm => {
    const shape = members.get(arm.member.text)
    if (shape === undefined) {
      wrong(`"${arm.member.text}" is none of its kinds`, arm.member)
      return []
    }
    const values = arm.values.flatMap(value => {
      const text = constantOf(value)
      const field = by.kind === "presence" ? shape.fields.find(each => each.name === text) : undefined
      if (text === null) wrong("an arm has texts or names before its arrow", value)
      else if (by.kind === "presence" && field === undefined)
        wrong(`${shape.name} has no field "${text}"`, value)
      else if (by.kind === "value" && by.slice !== null && [...text].length !== by.slice.length)
        wrong(`"${text}" never is a slice of ${by.slice.length} characters`, value)
      else if (seen.has(text)) wrong(`"${text}" has an arm before`, value)
      else {
        seen.add(text)
        return [field === undefined ? text : wireNameOf(field.node)]
      }
      return []
    })
    return [{ field: arm.member.text, values }]
  })
}

function constantOf(node: Expression): string | null {
  if (node.kind === "name") return node.name.text
  if (node.kind === "enumMember") return node.name.text
  if (node.kind !== "text") return null
  return node.parts.every(part => part.kind === "chars")
    ? node.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
    : null
}

/** Every kind has an arm, and by shape no kind has all that another one requires. */
function tellApart(
  node: UnionTypeNode,
  by: BoundUnion["by"],
  arms: BoundUnion["arms"],
  file: string,
  found: Findings,
): void {
  for (const { name } of node.members) {
    if (arms.some(arm => arm.field === name.text && (arm.values.length > 0 || by.kind === "shape"))) continue
    found.report(
      diagnostic("FM6171", { kind: name.text }, placeIn(file)(name), {
        label: "no arm leads to it",
        help: "Add an arm, or take the kind away.",
      }),
    )
  }
  if (by.kind !== "shape") return
  for (const one of arms) {
    const other = arms.find(each => each !== one && one.values.every(name => each.values.includes(name)))
    if (other === undefined) continue
    found.report(
      diagnostic("FM6172", { one: one.field, other: other.field }, placeIn(file)(node.by), {
        label: "by shape they cannot be told apart",
        help: "Tell them by a field: `by type { … }`, or by presence.",
      }),
    )
    return
  }
}

/** One kind as an optional field of the union's shape. */
function fieldOf(name: Name, shape: BoundShape, union: string, lookup: Lookup, found: Findings): BoundField {
  const node: FieldDeclaration = {
    kind: "field",
    docs: [],
    name,
    optional: true,
    type: { kind: "namedType", name, arguments: [], span: name.span },
    modifiers: [],
    span: name.span,
  }
  const type: Type = { kind: "record", shape, arguments: [], system: null }
  return bindField(node, type, {
    file: lookup.file,
    shape: union,
    readOnly: false,
    siblings: new Map(),
    found,
  })
}
