// A map with several targets as a map to one record of them: `order = { … }`, `customer = { … }`. Flows in: the map and its bound
// target. Flows out: statements and a shape that everything after takes like any other. A `let` that a further target needs stands
// before all of them; the others stay with the target they are written for.
import {
  diagnostic,
  type EmitStatement,
  type FieldDeclaration,
  type MapDeclaration,
  type Name,
  type Parameter,
  type Statement,
} from "@fmap/grammar"
import { declaredId } from "../plan/declared-id.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import type { Type } from "../types/type.ts"
import { bindField } from "./bind-field.ts"
import type { BoundField, BoundShape } from "./model.ts"

export interface Targets {
  readonly node: MapDeclaration
  readonly shape: BoundShape
}

/** How the record of all is called, where a map has several targets. */
export const targetsName = "targets"

/** Null: the map has one target. `bind` reports and gives null. */
export function bindTargets(
  node: MapDeclaration,
  main: { readonly name: Name; readonly shape: BoundShape },
  bind: (parameter: Parameter) => BoundShape | null,
  file: string,
  found: Findings,
): Targets | null {
  const emits = node.statements.filter(statement => statement.kind === "emit")
  if (emits.length === 0) return null
  const at = placeIn(file)
  for (const statement of [...node.statements, ...emits.flatMap(emit => emit.record.statements)]) {
    if (statement.kind !== "key") continue
    found.report(
      diagnostic("FM4174", { problem: "and no key of its own" }, at(statement.target), {
        help: "Assign the field without `key`; the record carries it.",
      }),
    )
  }
  const targets: { readonly name: Name; readonly shape: BoundShape }[] = [main]
  for (const emit of emits) {
    const name = nameOf(emit)
    const shape = bind({ name, type: emit.type, span: emit.span })
    if (shape !== null && targets.every(target => target.name.text !== name.text))
      targets.push({ name, shape })
  }
  const own = node.statements.filter(statement => statement.kind !== "emit")
  const shared = sharedLets(own, emits)
  const assign = (name: Name, statements: readonly Statement[], span: Statement["span"]): Statement => ({
    kind: "assign",
    docs: [],
    target: name,
    value: { kind: "record", statements, span, target: name },
    because: null,
    span,
  })
  const statements: Statement[] = [
    ...own.filter(statement => shared.has(statement)),
    assign(
      main.name,
      own.filter(statement => !shared.has(statement)),
      node.headerSpan,
    ),
    ...emits
      .filter((emit, i) => emits.findIndex(each => nameOf(each).text === nameOf(emit).text) === i)
      .map(emit => assign(nameOf(emit), emit.record.statements, emit.span)),
  ]
  return { node: { ...node, statements }, shape: shapeOf(node, targets, file, found) }
}

/** `emit Customer` is called `customer`. */
function nameOf(emit: EmitStatement): Name {
  if (emit.name !== null) return emit.name
  const { name } = emit.type
  return { ...name, text: name.text.charAt(0).toLowerCase() + name.text.slice(1) }
}

/** Those that a further target needs, and those that these need. */
function sharedLets(
  statements: readonly Statement[],
  emits: readonly EmitStatement[],
): ReadonlySet<Statement> {
  const lets = new Map(
    statements.flatMap(statement => (statement.kind === "let" ? [[statement.name.text, statement]] : [])),
  )
  const shared = new Set<Statement>()
  const pending: unknown[] = emits.map(emit => emit.record)
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const name of namesIn(node)) {
      const needed = lets.get(name)
      if (needed === undefined || shared.has(needed)) continue
      shared.add(needed)
      pending.push(needed.value)
    }
  }
  return shared
}

/** Names that may stand for a value: alone, before a dot, in a hole. */
function namesIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn)
  if (typeof node !== "object" || node === null) return []
  const below = Object.values(node).flatMap(namesIn)
  if (!("kind" in node)) return below
  if (node.kind === "name" && "name" in node) return [(node.name as Name).text]
  if (node.kind === "hole" && "path" in node)
    return [(node.path as { readonly names: readonly Name[] }).names[0]?.text ?? ""]
  return below
}

function shapeOf(
  map: MapDeclaration,
  targets: readonly { readonly name: Name; readonly shape: BoundShape }[],
  file: string,
  found: Findings,
): BoundShape {
  const name = `${map.name.text}.${targetsName}`
  const fields = targets.map((target): BoundField => {
    const node: FieldDeclaration = {
      kind: "field",
      docs: [],
      name: target.name,
      optional: false,
      type: { kind: "namedType", name: target.name, arguments: [], span: target.name.span },
      modifiers: [],
      span: target.name.span,
    }
    const type: Type = { kind: "record", shape: target.shape, arguments: [], system: target.shape.system }
    return bindField(node, type, { file, shape: name, readOnly: false, siblings: new Map(), found })
  })
  return {
    kind: "shape",
    id: declaredId(name, file, false),
    name,
    file,
    place: placeIn(file)(map.name),
    broken: targets.some(target => target.shape.broken),
    isContract: false,
    system: null,
    direction: "both",
    events: null,
    targets: true,
    profiles: [],
    answers: null,
    parameters: [],
    fields,
    derives: [],
    checks: [],
    fieldRules: [],
    node: {
      kind: "record",
      docs: [],
      name: { text: name, span: map.name.span, quoted: true },
      parameters: [],
      members: fields.map(field => field.node),
      span: map.headerSpan,
    },
  }
}
