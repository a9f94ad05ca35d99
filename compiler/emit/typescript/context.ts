// What a module under construction knows: its names, the runtime functions it imports, the constants it declares. Flows
// in: the Plan and the file. Flows out: unique identifiers; import.ts and module.ts turn the collected sets into text.
import type {
  At,
  Plan,
  PlanCalendar,
  PlanCrosswalk,
  PlanField,
  PlanShape,
  ShapeId,
  WireType,
} from "../../plan/index.ts"
import { call, data, name, string } from "./javascript/build.ts"
import type { Names } from "./javascript/names.ts"
import type { Js, JsDeclaration, TsType } from "./javascript/nodes.ts"

/** A bug of the compiler: the Plan promised something else. */
export class BrokenPlan extends Error {
  override readonly name = "BrokenPlan"
}

/** Exported names of every file of the Plan, decided before any file is emitted. `names` knows them all: nothing inside a module is called like any of them. */
export interface Exports {
  readonly names: Names
  readonly ofFile: ReadonlyMap<number, ReadonlySet<string>>
  readonly shapes: ReadonlyMap<ShapeId, string>
  readonly maps: ReadonlyMap<
    string,
    {
      readonly run: string
      readonly input: string
      readonly reference: string
      readonly create: string | null
    }
  >
  /** The tables of questions, by flow. */
  readonly flows: ReadonlyMap<string, string>
  readonly validators: ReadonlyMap<ShapeId, string>
  /** What a codec must know of a contract whose documents are more than JSON. */
  readonly wires: ReadonlyMap<ShapeId, string>
  readonly crosswalks: ReadonlyMap<string, string>
  /** By id: the spec of a calendar with files, and the calendar itself where its declaration says all. */
  readonly calendars: ReadonlyMap<string, { readonly spec: string; readonly table: string }>
  /** The functions that ask inline crosswalks back. */
  readonly inverses: ReadonlyMap<string, string>
}

export interface PlanIndex {
  readonly plan: Plan
  readonly shape: (id: ShapeId) => PlanShape
  /** Its fields by name. */
  readonly fields: (id: ShapeId) => ReadonlyMap<string, PlanField>
  readonly crosswalk: (id: string) => PlanCrosswalk
  readonly calendar: (id: string) => PlanCalendar
  readonly position: (at: At) => string
}

export function planIndex(plan: Plan): PlanIndex {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const fields = new Map(
    plan.shapes.map(shape => [shape.id, new Map(shape.fields.map(field => [field.name, field]))]),
  )
  const crosswalks = new Map(plan.crosswalks.map(crosswalk => [crosswalk.id, crosswalk]))
  const calendars = new Map(plan.calendars.map(calendar => [calendar.id, calendar]))
  return {
    plan,
    shape: id => promised(shapes.get(id), id),
    fields: id => promised(fields.get(id), id),
    crosswalk: id => promised(crosswalks.get(id), id),
    calendar: id => promised(calendars.get(id), id),
    position: at => `${promised(plan.files[at[0]], "file").path}:${at[1]}:${at[2]}`,
  }
}

export function promised<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new BrokenPlan(`The plan has no ${JSON.stringify(what)}.`)
  return value
}

export interface Module {
  readonly index: PlanIndex
  readonly exports: Exports
  readonly file: number
  readonly names: Names
  /** A function of the runtime, imported; gives its local name. */
  readonly runtime: (id: string) => string
  readonly runtimeType: (id: string) => TsType
  /** A call of a runtime function. */
  readonly call: (id: string, ...values: readonly Js[]) => Js
  /** The interface of a shape, imported from its module. */
  readonly shapeType: (id: ShapeId) => TsType
  /** The function of an inline crosswalk, imported from its module. */
  /** A time zone, made once by the module. */
  readonly zone: (name: string) => string
  /** The calendar that follows from its declaration, imported from its module. */
  readonly calendar: (id: string) => string
  readonly crosswalk: (id: string, inverse: boolean) => string
  /** Plain data declared once as a constant of the module. */
  readonly constant: (value: unknown, hint: string, type: string | null) => Js
  /** A compiled pattern, declared once as a constant of the module. */
  readonly pattern: (source: string) => Js
  /** What was declared for a wire type: `make` runs once. */
  readonly spec: (type: WireType, make: () => Js) => Js
  readonly position: (at: At) => Js
  readonly collected: Collected
}

interface SiblingName {
  readonly local: string
  readonly typeOnly: boolean
}

export interface Collected {
  readonly runtime: Map<string, string>
  readonly runtimeTypes: Map<string, string>
  readonly siblings: Map<number, Map<string, SiblingName>>
  readonly constants: JsDeclaration[]
  readonly functions: JsDeclaration[]
}

export function createModule(index: PlanIndex, exports: Exports, file: number): Module {
  const names = exports.names.inner()
  const collected: Collected = {
    runtime: new Map(),
    runtimeTypes: new Map(),
    siblings: new Map(),
    constants: [],
    functions: [],
  }
  const interned = new Map<string, Js>()
  const zones = new Map<string, string>()
  const specs = new Map<WireType, Js>()
  const taken = new Set(exports.ofFile.get(file))
  const once = (map: Map<string, string>, id: string): string => {
    const known = map.get(id)
    if (known !== undefined) return known
    const local = names.fresh(id)
    map.set(id, local)
    return local
  }
  const sibling = (from: number, exported: string, typeOnly: boolean): string => {
    if (from === file) return exported
    const known = collected.siblings.get(from) ?? new Map<string, SiblingName>()
    collected.siblings.set(from, known)
    const before = known.get(exported)
    if (before !== undefined) return before.local
    // Another module, or this one, may export the same name.
    const local = taken.has(exported) ? names.fresh(exported) : exported
    taken.add(local)
    known.set(exported, { local, typeOnly })
    return local
  }
  const runtime = (id: string): string => once(collected.runtime, id)
  return {
    index,
    exports,
    file,
    names,
    collected,
    runtime,
    runtimeType: id => ({ kind: "named", name: once(collected.runtimeTypes, id), arguments: [] }),
    call: (id, ...values) => call(runtime(id), ...values),
    shapeType: id => ({
      kind: "named",
      name: sibling(index.shape(id).file, promised(exports.shapes.get(id), id), true),
      arguments: [],
    }),
    zone: zone => {
      const known = zones.get(zone)
      if (known !== undefined) return known
      const id = names.fresh(`ZONE_${zone.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase()}`)
      const value = call(runtime("zoneOf"), string(zone))
      collected.constants.push({
        kind: "value",
        name: id,
        docs: "",
        exported: false,
        type: null,
        value,
        at: null,
      })
      zones.set(zone, id)
      return id
    },
    calendar: id => sibling(index.calendar(id).file, promised(exports.calendars.get(id), id).table, false),
    crosswalk: (id, inverse) => {
      const exported = (inverse ? exports.inverses : exports.crosswalks).get(id)
      return sibling(index.crosswalk(id).file, promised(exported, id), false)
    },
    constant: (value, hint, type) => {
      const key = JSON.stringify([value, type])
      const known = interned.get(key)
      if (known !== undefined) return known
      const id = names.fresh(hint)
      const typed: TsType | null =
        type === null ? null : { kind: "named", name: once(collected.runtimeTypes, type), arguments: [] }
      collected.constants.push({
        kind: "value",
        name: id,
        docs: "",
        exported: false,
        type: typed,
        value: data(value),
        at: null,
      })
      interned.set(key, name(id))
      return name(id)
    },
    pattern: source => {
      const key = JSON.stringify(["pattern", source])
      const known = interned.get(key)
      if (known !== undefined) return known
      const id = names.fresh("PATTERN")
      collected.constants.push({
        kind: "value",
        name: id,
        docs: "",
        exported: false,
        type: null,
        value: call(runtime("compilePattern"), string(source)),
        at: null,
      })
      interned.set(key, name(id))
      return name(id)
    },
    spec: (type, make) => {
      const known = specs.get(type) ?? make()
      specs.set(type, known)
      return known
    },
    position: at => string(index.position(at)),
  }
}
