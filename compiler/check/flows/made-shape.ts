// Records that no author declares: what a question reads, what it answers, what a system answers. Flows in: fields with their types. Flows
// out: a BoundShape that everything after takes like any other, and its form in the Plan.
import type { FieldDeclaration, Modifier, Place } from "@fmap/grammar"
import { shapeId } from "../../lower/shape-ids.ts"
import { fieldWireType } from "../../lower/shapes.ts"
import type { PlanField } from "../../plan/index.ts"
import { wireNameOf } from "../../resolve/bind-field.ts"
import type { BoundField, BoundShape, BoundSystem } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import type { FlowEnvironment } from "./environment.ts"

export interface MadeField {
  readonly name: string
  readonly type: Type
  readonly optional: boolean
  /** Absent: its name. */
  readonly wireName?: string
  /** How it stands on the wire, where a declared field says so. */
  readonly like?: BoundField
}

export function madeShape(
  name: string,
  fields: readonly MadeField[],
  place: Place,
  system: BoundSystem | null = null,
): BoundShape {
  const bound = fields.map(field => madeField(field, place))
  return {
    kind: "shape",
    id: name,
    name,
    file: place.file,
    place,
    broken: false,
    // what a system answers keeps its forms wherever it is read, as a contract does
    isContract: system !== null,
    system,
    direction: "both",
    events: null,
    profiles: [],
    answers: null,
    parameters: [],
    fields: bound,
    derives: [],
    checks: [],
    fieldRules: [],
    node: {
      kind: "record",
      docs: [],
      name: { text: name, span: place.span, quoted: true },
      parameters: [],
      members: bound.map(field => field.node),
      span: place.span,
    },
  }
}

function madeField({ name, wireName, type, optional, like }: MadeField, place: Place): BoundField {
  const { span } = place
  const wire = like?.node.modifiers.filter(m => m.kind === "wire") ?? []
  const named: readonly Modifier[] =
    wireName === undefined
      ? []
      : [
          {
            kind: "as",
            wireName: { kind: "text", parts: [{ kind: "chars", text: wireName, span }], span },
            span,
          },
        ]
  const modifiers: readonly Modifier[] = [...wire, ...named]
  const label = { text: name, span: place.span, quoted: true }
  const node: FieldDeclaration = {
    kind: "field",
    docs: [],
    name: label,
    optional,
    type: { kind: "namedType", name: label, arguments: [], span: place.span },
    modifiers,
    span: place.span,
  }
  return {
    name,
    node,
    place,
    type,
    optional,
    key: false,
    pii: like?.pii ?? false,
    confidential: like?.confidential ?? false,
    clearable: false,
    computed: false,
    createOnly: false,
    writeOnly: false,
    default: null,
  }
}

/** Puts the shape into the Plan, once. */
export function keepShape(shape: BoundShape, { at, fileIndex, made }: FlowEnvironment): void {
  const id = shapeId(shape, shape.system)
  if (made.shapes.has(id)) return
  const fields = shape.fields.map(
    (field): PlanField => ({
      name: field.name,
      wireName: wireNameOf(field.node),
      type: fieldWireType(field, shape, shape.system),
      optional: field.optional,
      key: false,
      pii: field.pii,
      confidential: field.confidential,
      clearable: false,
      default: null,
      computed: false,
      createOnly: false,
      writeOnly: false,
      deprecated: null,
      since: null,
      docs: "",
      at: at(field.place),
    }),
  )
  const rest = { file: fileIndex, docs: "", at: at(shape.place), contract: null, union: null, parameters: [] }
  made.shapes.set(id, { id, name: shape.name, kind: "inferred", ...rest, fields, rules: [], variables: [] })
}
