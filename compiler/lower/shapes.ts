// Records and contracts of the Plan. Flows in: bound shapes and, for each, its lowered rules. Flows out: one PlanShape for
// each shape in each wire form it is used in, a shape after those it holds.
import type { Place } from "@fmap/grammar"
import type { Transport } from "@fmap/runtime/wire"
import type { At, PlanField, PlanRule, PlanShape, PlanVariable, WireType } from "../plan/index.ts"
import { wireNameOf } from "../resolve/bind-field.ts"
import { dependencyOrder } from "../resolve/dependency-order.ts"
import type { BoundField, BoundProject, BoundShape, BoundSystem } from "../resolve/model.ts"
import { contractHole, languageDefaults } from "../resolve/wire-profiles.ts"
import type { Type } from "../types/type.ts"
import { wireForms } from "../types/wire-forms.ts"
import { plain } from "./plain-text.ts"
import { allowsOf, promisesOf } from "./policies.ts"
import { shapeId, wireSystem } from "./shape-ids.ts"
import { lowerWireType } from "./wire-type.ts"

export interface ShapeRules {
  readonly rules: readonly PlanRule[]
  readonly variables: readonly PlanVariable[]
}

/** Rules of a shape in the wire form of one system (record members then have the ids of that system). */
export type RulesOf = (shape: BoundShape, system: BoundSystem | null) => ShapeRules

export interface ShapeContext {
  readonly at: (place: Place) => At
  readonly fileIndex: (path: string) => number
  readonly rulesOf: RulesOf
}

export function lowerShapes(project: BoundProject, context: ShapeContext): readonly PlanShape[] {
  const uses = new Map<string, Use>()
  const roots: Use[] = []
  const root = (shape: BoundShape, system: BoundSystem | null): void => {
    roots.push(intern(uses, shape, system))
  }
  for (const shape of project.shapes) if (shape.isContract) root(shape, shape.system)
  for (const map of project.maps) {
    for (const source of map.sources) root(source.shape, source.shape.system)
    if (map.target !== null) root(map.target.shape, map.target.shape.system)
    for (const given of map.givens) for (const shape of shapesIn(given.type)) root(shape, null)
  }
  for (const crosswalk of project.crosswalks)
    for (const shape of shapesIn(crosswalk.result)) root(shape, null)
  const needs = (use: Use): readonly Use[] =>
    use.shape.fields.flatMap(field => shapesIn(field.type).map(shape => intern(uses, shape, use.system)))
  // A record nothing uses is emitted all the same: its author may only have begun.
  const reached = new Set(dependencyOrder(roots, needs).order.map(use => use.shape))
  for (const shape of project.shapes) if (!reached.has(shape)) root(shape, null)
  return dependencyOrder(roots, needs).order.map(use => lowerShape(use, context))
}

interface Use {
  readonly shape: BoundShape
  readonly system: BoundSystem | null
}

function intern(uses: Map<string, Use>, shape: BoundShape, around: BoundSystem | null): Use {
  const system = wireSystem(shape, around)
  const id = shapeId(shape, system)
  const known = uses.get(id)
  if (known !== undefined) return known
  const use = { shape, system }
  uses.set(id, use)
  return use
}

/** The record a type holds, behind lists and dictionaries. */
function shapesIn(type: Type): readonly BoundShape[] {
  let inner = type
  while (inner.kind === "list" || inner.kind === "dictionary") inner = inner.of
  return inner.kind === "record" ? [inner.shape] : []
}

function lowerShape({ shape, system }: Use, context: ShapeContext): PlanShape {
  const { node } = shape
  const { rules, variables } = context.rulesOf(shape, system)
  return {
    id: shapeId(shape, system),
    name: shape.name,
    file: context.fileIndex(shape.file),
    docs: node.docs.join("\n"),
    at: context.at(shape.place),
    kind: node.kind,
    contract:
      node.kind === "record"
        ? null
        : {
            system: shape.system?.name ?? null,
            version: node.version?.text ?? "",
            transport: transportOf(shape),
            direction: shape.direction,
            answers:
              shape.answers?.map(({ name, type, optional }) => ({
                name,
                type: answerType(type, shape, system),
                optional,
              })) ?? null,
            events: shape.events,
            closed: node.closed !== null,
            owner: plain(node.owner),
            lifecycle: node.lifecycle?.text ?? null,
            compatible: node.compatible?.text ?? null,
            ...promisesOf(node),
          },
    ...(node.kind === "record" ? {} : allowsOf(node, shape.file, context.at)),
    union: shape.union ?? null,
    parameters: shape.parameters.map(parameter => parameter.name),
    fields: shape.fields.map(field => lowerField(field, shape, system, context)),
    rules,
    variables,
  }
}

/** Where the texts of XML hold the place of the contract's name, it stands. */
function transportOf({ system, name }: BoundShape): Transport | null {
  const transport = system?.transport ?? null
  if (transport?.kind !== "xml") return transport
  const named = (text: string): string => text.replaceAll(contractHole, name)
  return {
    ...transport,
    root: named(transport.root),
    list: transport.list === null ? null : named(transport.list),
    namespaces: transport.namespaces.map(({ prefix, uri }) => ({ prefix, uri: named(uri) })),
  }
}

function answerType(type: Type, shape: BoundShape, system: BoundSystem | null): WireType {
  const silent = { file: shape.file, report: () => undefined }
  return lowerWireType(type, {
    forms: wireForms(type, [], silent),
    defaults: system?.defaults ?? languageDefaults,
    shapeId: inner => shapeId(inner, system),
  })
}

/** How a field stands on the wire of a system. */
export function fieldWireType(field: BoundField, shape: BoundShape, system: BoundSystem | null): WireType {
  const silent = { file: shape.file, report: () => undefined }
  const forms = wireForms(field.type, field.node.modifiers, silent)
  return lowerWireType(field.type, {
    forms: field.bitmaps === undefined ? forms : { ...forms, list: { bitmap: field.bitmaps } },
    defaults: system?.defaults ?? languageDefaults,
    shapeId: inner => shapeId(inner, system),
  })
}

function lowerField(
  field: BoundField,
  shape: BoundShape,
  system: BoundSystem | null,
  context: ShapeContext,
): PlanField {
  const { modifiers } = field.node
  const deprecated = modifiers.find(modifier => modifier.kind === "deprecated")
  const since = modifiers.find(modifier => modifier.kind === "since")
  return {
    name: field.name,
    wireName: wireNameOf(field.node),
    type: fieldWireType(field, shape, system),
    optional: field.optional,
    key: field.key,
    pii: field.pii,
    confidential: field.confidential,
    clearable: field.clearable,
    default: field.default,
    computed: field.computed,
    createOnly: field.createOnly,
    writeOnly: field.writeOnly,
    deprecated:
      deprecated?.kind === "deprecated"
        ? { use: deprecated.use?.text ?? null, sunset: deprecated.sunset?.text ?? null }
        : null,
    since: since?.kind === "since" ? since.version.text : null,
    docs: field.node.docs.join("\n"),
    at: context.at(field.place),
  }
}
