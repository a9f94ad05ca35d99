// The checker's door: every rule of every shape, then every map. Flows in: bound declarations. Flows out: lowered maps and rules
// for the Plan, and all diagnostics. It must not know files or hosts.
import type { Diagnostic, Place } from "@fmap/grammar"
import { atOf } from "../lower/at.ts"
import type { LoweredMaps } from "../lower/lower.ts"
import { shapeId } from "../lower/shape-ids.ts"
import { fieldWireType } from "../lower/shapes.ts"
import { languageContext, lowerWireType } from "../lower/wire-type.ts"
import type { PlanField, PlanFlow, PlanMap, PlanShape } from "../plan/index.ts"
import { wireNameOf } from "../resolve/bind-field.ts"
import type {
  BoundCrosswalk,
  BoundFunction,
  BoundMap,
  BoundProject,
  BoundShape,
  BoundSystem,
} from "../resolve/model.ts"
import type { Type } from "../types/type.ts"
import { behindImports } from "./behind-imports.ts"
import { checkFunctionDeclaration } from "./check-function.ts"
import type { State } from "./context.ts"
import { checkFlow } from "./flows/check-flow.ts"
import { unknownPlatforms } from "./flows/known-platforms.ts"
import { filledBy, linkedCrosswalks, unfilled } from "./flows/links.ts"
import { publishCircles } from "./flows/publish-circles.ts"
import { writeCircles } from "./flows/write-circles.ts"
import { checkMap } from "./map.ts"
import { type CheckedShape, checkShape } from "./shape-rules.ts"
import { checkWire } from "./wire-rules.ts"

export interface CheckedProject extends LoweredMaps {
  readonly diagnostics: readonly Diagnostic[]
}

export function checkProject(project: BoundProject): CheckedProject {
  const diagnostics: Diagnostic[] = []
  const at = atOf(project.files)
  const fileIndexes = new Map(project.files.map((file, index) => [file.path, index]))
  const fileIndex = (path: string): number => fileIndexes.get(path) ?? -1
  const brokenFiles = new Set(project.files.filter(f => f.broken).map(f => f.path))
  // Recovery can tell one mistake several times over: the first one at a place is the true one.
  const seen = new Set<string>()
  const isKnownAlready = behindImports(project)
  let untold = 0
  const report = (diagnostic: Diagnostic): void => {
    const label = diagnostic.labels[0]
    const id = `${diagnostic.code} ${label.place.file} ${label.place.span.start} ${label.place.span.end} ${diagnostic.message}`
    if (seen.has(id)) return
    seen.add(id)
    if (isKnownAlready(diagnostic)) untold++
    else diagnostics.push(diagnostic)
  }
  const errors = (): number => untold + diagnostics.filter(d => d.severity === "error").length
  const sound = new Set<BoundFunction | BoundMap>()
  const newState = (owner: string, callsMaps = false): State => ({
    variables: [],
    payloads: new Map(),
    scopes: project.scopes,
    owner,
    callsMaps,
    isCallable: callee => sound.has(callee) && !project.uncallable.has(callee),
    calls: { maps: new Set(), made: 0 },
    at,
    report,
    deferred: [],
    codes: [],
    aliases: new Map(),
    roots: new Map(),
    tracker: { reads: new Set() },
    crosswalks: new Set(),
    inferred: [],
    rounded: [],
    truncated: [],
    left: [],
    ignored: [],
    skips: [],
    claims: [],
    fieldRules: [],
    wireType: type =>
      lowerWireType(
        type,
        languageContext(shape => shapeId(shape, systemIn(type, shape))),
      ),
    fieldWireType,
    shapeId,
    counters: { root: -1, opaque: 0 },
    carries: [],
    groups: new Map(),
    origins: new Map(),
  })
  const names = (file: string): State["scopes"] extends ReadonlyMap<string, infer S> ? S : never =>
    project.scopes.get(file) ?? new Map()

  const rules = new Map<string, CheckedShape>()
  const madeByRules = new Map<string, PlanShape>()
  const rulesOf = (shape: BoundShape, system: BoundSystem | null): CheckedShape => {
    const id = shapeId(shape, system)
    const known = rules.get(id)
    if (known !== undefined) return known
    const state = newState(id)
    const checked = checkShape(shape, system, state, names(shape.file))
    rules.set(id, checked)
    // A record is checked again for each system it stands in: what its rules make up is the same.
    for (const made of state.inferred)
      if (!madeByRules.has(made.id))
        madeByRules.set(made.id, inferredShape(made.shape, fileIndex(shape.file), state))
    return checked
  }
  for (const fn of project.functions) {
    const isWhole = !fn.broken && !brokenFiles.has(fn.file) && !project.uncallable.has(fn)
    if (!isWhole) continue
    if (checkFunctionDeclaration(fn, newState(fn.name), names(fn.file), errors)) sound.add(fn)
  }
  for (const shape of project.shapes) {
    rulesOf(shape, shape.system)
    checkWire(shape, report)
  }

  const planned = new Map<BoundMap, { readonly plan: PlanMap; readonly inferred: readonly PlanShape[] }>()
  for (const map of project.callOrder) {
    const state = newState(map.name, true)
    const before = errors()
    const shaky =
      map.broken ||
      brokenFiles.has(map.file) ||
      dependsOnBroken(
        map.sources.map(s => s.shape),
        map.target?.shape ?? null,
        project.crosswalks,
      )
    const plan = checkMap(map, {
      state,
      names: names(map.file),
      fileIndex: fileIndex(map.file),
      shaky,
      errors,
      rulesOf: shape => ({ reads: rulesOf(shape, shape.system).rules.map(r => r.reads) }),
    })
    if (plan === null) continue
    if (errors() === before) sound.add(map)
    const made = state.inferred.map(({ shape }) => inferredShape(shape, fileIndex(map.file), state))
    planned.set(map, { plan, inferred: made })
  }
  const flows: { readonly plan: PlanFlow; readonly place: Place }[] = []
  const questions: PlanMap[] = []
  const links = linkedCrosswalks(project.crosswalks, names, report)
  for (const unknown of unknownPlatforms(project.systems)) report(unknown)
  const madeByFlows = new Map<string, PlanShape>()
  for (const flow of project.flows) {
    if (brokenFiles.has(flow.file)) continue
    const made = { questions: [], shapes: madeByFlows, codes: [], lookups: new Map(), shaky: false }
    const checked = checkFlow({
      flow,
      names: names(flow.file),
      fileIndex: fileIndex(flow.file),
      at,
      report,
      errors,
      newState,
      rulesOf: shape => ({ reads: rulesOf(shape, shape.system).rules.map(r => r.reads) }),
      planOf: map => planned.get(map)?.plan ?? null,
      links,
      made,
    })
    if (checked !== null) flows.push({ plan: checked, place: flow.place })
    questions.push(...made.questions)
  }
  for (const circle of publishCircles(flows)) report(circle)
  const plans = [...planned.values()].map(({ plan }) => plan)
  for (const circle of writeCircles(flows, plans, wireNamesIn(project.shapes))) report(circle)
  // What a flow with an error would fill is not known.
  if (flows.length === project.flows.length) for (const one of unfilled(links, filledBy(flows))) report(one)
  const inOrder = project.maps.flatMap(map => planned.get(map) ?? [])
  return {
    maps: inOrder.map(({ plan }) => plan),
    rulesOf,
    inferred: [
      ...madeByRules.values(),
      ...inOrder.flatMap(({ inferred }) => inferred),
      ...madeByFlows.values(),
    ],
    flows: flows.map(({ plan }) => plan),
    questions,
    diagnostics,
  }
}

/** Names of fields in the file and on the wire, of a contract or a part of one. */
function wireNamesIn(shapes: readonly BoundShape[]): (id: string) => ReadonlyMap<string, string> {
  const byId = new Map(shapes.map(shape => [shape.id, shape]))
  return id => {
    const shape = byId.get(id) ?? byId.get(id.replace(/~[a-z]+$/u, ""))
    return new Map(shape?.fields.map(field => [field.name, wireNameOf(field.node)]))
  }
}

function systemIn(type: Type, shape: BoundShape): BoundSystem | null {
  let inner = type
  while (inner.kind === "list" || inner.kind === "dictionary") inner = inner.of
  return inner.kind === "record" && inner.shape === shape ? inner.system : null
}

function dependsOnBroken(
  sources: readonly BoundShape[],
  target: BoundShape | null,
  crosswalks: readonly BoundCrosswalk[],
): boolean {
  return sources.some(s => s.broken) || target?.broken === true || crosswalks.some(c => c.broken)
}

function inferredShape(shape: BoundShape, file: number, state: State): PlanShape {
  return {
    id: shape.id,
    name: shape.name,
    file,
    docs: "",
    at: state.at(shape.place),
    kind: "inferred",
    contract: null,
    union: null,
    parameters: [],
    fields: shape.fields.map(
      (field): PlanField => ({
        name: field.name,
        wireName: field.name,
        type: state.wireType(field.type),
        optional: field.optional,
        key: false,
        pii: false,
        confidential: false,
        clearable: false,
        default: null,
        computed: false,
        createOnly: false,
        writeOnly: false,
        deprecated: null,
        since: null,
        docs: "",
        at: state.at(field.place),
      }),
    ),
    rules: [],
    variables: [],
  }
}
