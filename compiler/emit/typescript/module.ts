// One `.fmap` file becomes one module: interfaces, validators, crosswalks, maps, and what they share. Flows in: the Plan, the
// index of the file, the names all modules export. Flows out: declarations in their final order.
import { idInFile } from "../../plan/declared-id.ts"
import type { Plan, PlanCalendar, PlanCrosswalk, PlanMap, PlanShape, ShapeId } from "../../plan/index.ts"
import { invertedCrosswalk } from "../../plan/inverted-crosswalk.ts"
import { modulePath } from "../module-path.ts"
import { calendarDeclarations } from "./calendars.ts"
import { createModule, type Exports, type Module, type PlanIndex, promised } from "./context.ts"
import { crosswalkDeclarations } from "./crosswalks.ts"
import { flowQuestions } from "./flow-questions.ts"
import { inputInterface, referenceInterface, referenceMembers, shapeInterface } from "./interfaces.ts"
import { createNames, type Names } from "./javascript/names.ts"
import type { JsDeclaration, JsImport } from "./javascript/nodes.ts"
import { mapFunctions } from "./map-functions.ts"
import { setFunctions } from "./set-functions.ts"
import { validator } from "./validators.ts"
import { wireConstant } from "./wire-constant.ts"
import type { Direction } from "./wire-types.ts"

/**
 * A module exports what its file declares under the name it has there. Names are unique in a module, not over the Plan: one
 * that imports two of a name gives the second an alias.
 */
export function exportedNames(plan: Plan): Exports {
  const scopes = new Map<number, Names>()
  const ofFile = new Map<number, Set<string>>()
  const fresh = (file: number, hint: string): string => {
    const scope = scopes.get(file) ?? namesOfModule()
    scopes.set(file, scope)
    const own = ofFile.get(file) ?? new Set()
    ofFile.set(file, own)
    const id = scope.fresh(hint)
    own.add(id)
    return id
  }
  const shared = new Map<string, number>()
  const declaration = (shape: PlanShape): string => JSON.stringify([shape.file, shape.name])
  for (const shape of plan.shapes) shared.set(declaration(shape), (shared.get(declaration(shape)) ?? 0) + 1)
  const formName = (shape: PlanShape): string =>
    idInFile(shape.id, shape, plan.files[shape.file]?.path ?? "").replaceAll("@", "_")
  const shapes = new Map(
    plan.shapes.map(shape => [
      shape.id,
      fresh(shape.file, (shared.get(declaration(shape)) ?? 0) > 1 ? formName(shape) : shape.name),
    ]),
  )
  const validators = new Map(
    plan.shapes
      .filter(shape => shape.kind === "contract")
      .map(shape => [shape.id, fresh(shape.file, `validate${promised(shapes.get(shape.id), shape.id)}`)]),
  )
  const wires = new Map(
    plan.shapes
      .filter(shape => (shape.contract?.transport ?? null) !== null)
      .map(shape => [shape.id, fresh(shape.file, `${promised(shapes.get(shape.id), shape.id)}Wire`)]),
  )
  const crosswalks = new Map(
    plan.crosswalks.map(crosswalk => [
      crosswalk.id,
      fresh(crosswalk.file, crosswalk.rows === null ? `${crosswalk.name}Spec` : `lookup${crosswalk.name}`),
    ]),
  )
  const calendars = new Map(
    plan.calendars.map(calendar => [
      calendar.id,
      {
        spec: fresh(calendar.file, `${calendar.name}Spec`),
        table: fresh(calendar.file, `${lower(calendar.name)}Calendar`),
      },
    ]),
  )
  const inverses = new Map(
    plan.crosswalks
      .filter(crosswalk => crosswalk.bothWays && crosswalk.rows !== null)
      .map(crosswalk => [crosswalk.id, fresh(crosswalk.file, `lookup${crosswalk.name}Inverse`)]),
  )
  const maps = new Map(
    plan.maps.map(map => [
      map.name,
      {
        run: fresh(map.file, lower(map.name)),
        input: fresh(map.file, `${map.name}Input`),
        reference: fresh(map.file, `${map.name}Reference`),
        create: map.set === null ? null : fresh(map.file, `create${map.name}`),
      },
    ]),
  )
  const flows = new Map(
    (plan.flows ?? []).map(flow => [flow.name, fresh(flow.file, `${lower(flow.name)}Questions`)]),
  )
  const names = namesOfModule()
  for (const id of new Set([...ofFile.values()].flatMap(own => [...own]))) names.fresh(id)
  return { names, ofFile, flows, shapes, maps, validators, wires, crosswalks, calendars, inverses }
}

function namesOfModule(): Names {
  const names = createNames()
  for (const id of ["input", "reference", "report", "done", "payload"]) names.fresh(id)
  return names
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** What is the same for every module of a Plan: made once, or time would grow with the square of the files. */
export interface Shared {
  readonly exports: Exports
  readonly index: PlanIndex
  readonly direction: (id: ShapeId) => Direction
  /** What each file declares. */
  readonly files: readonly Contents[]
}

export interface Contents {
  readonly shapes: readonly PlanShape[]
  readonly crosswalks: readonly PlanCrosswalk[]
  readonly calendars: readonly PlanCalendar[]
  readonly maps: readonly PlanMap[]
}

export function contents(plan: Plan): readonly Contents[] {
  const empty = (): {
    shapes: PlanShape[]
    crosswalks: PlanCrosswalk[]
    calendars: PlanCalendar[]
    maps: PlanMap[]
  } => ({ shapes: [], crosswalks: [], calendars: [], maps: [] })
  const files = plan.files.map(empty)
  for (const shape of plan.shapes) files[shape.file]?.shapes.push(shape)
  for (const crosswalk of plan.crosswalks) files[crosswalk.file]?.crosswalks.push(crosswalk)
  for (const calendar of plan.calendars) files[calendar.file]?.calendars.push(calendar)
  for (const map of plan.maps) files[map.file]?.maps.push(map)
  return files
}

export function moduleDeclarations(
  plan: Plan,
  { exports, index, direction, files }: Shared,
  file: number,
  expose: boolean,
): readonly JsDeclaration[] {
  const module = createModule(index, exports, file)
  const body: JsDeclaration[] = []
  const { shapes, crosswalks, calendars, maps } = files[file] ?? {
    shapes: [],
    crosswalks: [],
    calendars: [],
    maps: [],
  }
  for (const calendar of calendars) body.push(...calendarDeclarations(module, calendar))
  for (const shape of shapes) {
    if (shape.kind !== "inferred")
      body.push(
        shapeInterface(module, shape, promised(exports.shapes.get(shape.id), shape.id), direction(shape.id)),
      )
  }
  for (const shape of shapes) {
    const id = exports.validators.get(shape.id)
    if (id !== undefined) body.push(validator(module, shape, id))
    const wire = exports.wires.get(shape.id)
    if (wire !== undefined) body.push(wireConstant(module, shape, wire))
  }
  for (const crosswalk of crosswalks)
    body.push(
      ...crosswalkDeclarations(
        module,
        crosswalk,
        promised(exports.crosswalks.get(crosswalk.id), crosswalk.id),
      ),
    )
  for (const crosswalk of crosswalks) {
    const inverse = exports.inverses.get(crosswalk.id)
    if (inverse !== undefined)
      body.push(...crosswalkDeclarations(module, invertedCrosswalk(crosswalk), inverse))
  }
  for (const map of maps) {
    const names = promised(exports.maps.get(map.name), map.name)
    body.push(inputInterface(module, map, names.input))
    const hasReference = referenceMembers(module, map).length > 0
    if (hasReference) body.push(referenceInterface(module, map, names.reference))
    const reference = hasReference ? names.reference : null
    const { create } = names
    body.push(
      ...(create === null
        ? mapFunctions(module, map, { ...names, reference }, expose)
        : setFunctions(module, map, { ...names, create, reference })),
    )
  }
  for (const flow of plan.flows ?? [])
    if (flow.file === file)
      body.push(flowQuestions(module, flow, promised(exports.flows.get(flow.name), flow.name)))
  const { collected } = module
  return [...imports(module, plan, file), ...spaced(collected.constants), ...body, ...collected.functions]
}

function spaced(constants: readonly JsDeclaration[]): readonly JsDeclaration[] {
  return constants.length === 0
    ? []
    : [{ kind: "heading", text: "What the door must know of the fields." }, ...constants]
}

function imports(module: Module, plan: Plan, file: number): readonly JsDeclaration[] {
  const { collected } = module
  const declarations: JsDeclaration[] = []
  const add = (from: string, names: readonly JsImport[], typeOnly: boolean): void => {
    const sorted = [...names].sort((a, b) => (a.name < b.name ? -1 : 1))
    if (names.length > 0) declarations.push({ kind: "import", from, names: sorted, typeOnly })
  }
  const entries = (map: ReadonlyMap<string, string>): readonly JsImport[] =>
    [...map].map(([id, as]) => ({ name: id, as }))
  add("@fmap/runtime", entries(collected.runtime), false)
  add("@fmap/runtime", entries(collected.runtimeTypes), true)
  for (const [from, names] of [...collected.siblings].sort(([a], [b]) => a - b)) {
    const path = siblingPath(promised(plan.files[file], "file").path, promised(plan.files[from], "file").path)
    const list = [...names.entries()]
    add(
      path,
      list.filter(([, of]) => !of.typeOnly).map(([id, of]) => ({ name: id, as: of.local })),
      false,
    )
    add(
      path,
      list.filter(([, of]) => of.typeOnly).map(([id, of]) => ({ name: id, as: of.local })),
      true,
    )
  }
  return declarations
}

/** `./contracts.js`, `../shared/money.js`. */
export function siblingPath(from: string, to: string): string {
  const base = from.split("/").slice(0, -1)
  const target = outputPath(to, "js").split("/")
  let common = 0
  while (common < base.length && common < target.length - 1 && base[common] === target[common]) common++
  const up = base.length - common
  return `${up === 0 ? "./" : "../".repeat(up)}${target.slice(common).join("/")}`
}

export function outputPath(path: string, extension: string): string {
  return `${modulePath(path)}.${extension}`
}
