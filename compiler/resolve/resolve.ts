// From a loaded project to bound declarations: names resolved, types built, everything a contract or crosswalk promises
// judged. Flows in: files in dependency order (and the host, for files of crosswalks). Flows out: a BoundProject and
// diagnostics. Expressions of maps and rules are left for the checker.
import type { Diagnostic, DiagnosticCode } from "@fmap/grammar"
import type { Host } from "../host/host.ts"
import { findings } from "../project/findings.ts"
import type { LoadedFile } from "../project/load-project.ts"
import { bindCalendar } from "./bind-calendar.ts"
import { bindConsumer } from "./bind-consumer.ts"
import { bindCrosswalk } from "./bind-crosswalk.ts"
import { bindEnum } from "./bind-enum.ts"
import { bindFlow } from "./bind-flow.ts"
import { bindFunction } from "./bind-function.ts"
import { bindHierarchy } from "./bind-hierarchy.ts"
import { bindMap } from "./bind-map.ts"
import { bindPolicies } from "./bind-policy.ts"
import { bindShape } from "./bind-shape.ts"
import { bindSystem } from "./bind-system.ts"
import { callOrder } from "./call-order.ts"
import { checkGoverned } from "./check-governed.ts"
import { collectNames, type Declared, type NamedDeclaration, type Names } from "./collect-names.ts"
import { type Lookup, mapNamed } from "./lookup.ts"
import type {
  BoundCalendar,
  BoundConsumer,
  BoundCrosswalk,
  BoundDeclaration,
  BoundEnum,
  BoundFlow,
  BoundFunction,
  BoundMap,
  BoundProject,
  BoundShape,
  BoundSystem,
  BoundTest,
} from "./model.ts"
import { shapeOrder } from "./shape-order.ts"

export function resolve(
  files: readonly LoadedFile[],
  host: Host,
): { bound: BoundProject; diagnostics: readonly Diagnostic[] } {
  const found = findings()
  const names = collectNames(files, found)
  const broken = new Set(files.filter(file => file.broken).map(file => file.path))
  const bound = new Map<NamedDeclaration, BoundDeclaration>()
  const lookupIn = (file: string): Lookup => ({
    file,
    names: names.scopes.get(file) ?? new Map(),
    bound,
    report: found.report,
  })

  const systems: BoundSystem[] = []
  const enums: BoundEnum[] = []
  const shapes: BoundShape[] = []
  const crosswalks: BoundCrosswalk[] = []
  const maps: BoundMap[] = []
  const functions: BoundFunction[] = []
  const calendars: BoundCalendar[] = []
  const flows: BoundFlow[] = []
  const consumers: BoundConsumer[] = []
  const keep = <B extends BoundDeclaration>(list: B[], declared: Declared, declaration: B): void => {
    list.push(declaration)
    bound.set(declared.node, declaration)
  }

  for (const declared of ofKind(names, "system")) keep(systems, declared, bindSystem(declared, found))
  for (const declared of ofKind(names, "enum")) keep(enums, declared, bindEnum(declared, found))
  for (const declared of ofKind(names, "calendar"))
    keep(calendars, declared, bindCalendar(declared, host, found))
  for (const declared of shapeOrder(names, found))
    keep(shapes, declared, bindShape(declared, lookupIn(declared.file), found))
  for (const declared of ofKind(names, "crosswalk")) {
    keep(crosswalks, declared, bindCrosswalk(declared, lookupIn(declared.file), host, found))
  }
  for (const declared of ofKind(names, "hierarchy")) {
    keep(crosswalks, declared, bindHierarchy(declared, lookupIn(declared.file), host, found))
  }
  for (const declared of ofKind(names, "map"))
    keep(maps, declared, bindMap(declared, lookupIn(declared.file), found))
  for (const declared of ofKind(names, "fn"))
    keep(functions, declared, bindFunction(declared, lookupIn(declared.file), found))
  for (const declared of ofKind(names, "flow")) keep(flows, declared, bindFlow(declared, found))
  for (const declared of ofKind(names, "consumer"))
    keep(consumers, declared, bindConsumer(declared, lookupIn(declared.file), found))
  const policies = bindPolicies(ofKind(names, "policy"), lookupIn, found)
  for (const [i, declared] of ofKind(names, "policy").entries()) {
    const policy = policies[i]
    if (policy !== undefined) bound.set(declared.node, policy)
  }
  checkGoverned(names.declared, found)
  const scopes = boundScopes(names, bound)
  const calls = callOrder([...functions, ...maps], scopes, found)
  const tests = names.tests.map(
    ({ node, file }): BoundTest => ({ file, node, map: mapNamed(node.of, lookupIn(file)) }),
  )

  return {
    bound: {
      files,
      systems,
      enums,
      shapes,
      crosswalks,
      maps,
      calendars,
      tests,
      policies,
      flows,
      consumers,
      scopes,
      unreachable: new Map(
        [...names.scopes].map(([file, scope]) => [
          file,
          new Set([...scope].flatMap(([name, declared]) => (declared === null ? [name] : []))),
        ]),
      ),
      ...calls,
    },
    // What a declaration lacks may stand in the part of the file nobody could read.
    diagnostics: found.all().filter(d => !(lacks.has(d.code) && broken.has(d.labels[0].place.file))),
  }
}

const lacks: ReadonlySet<DiagnosticCode> = new Set([
  "FM6101",
  "FM6123",
  "FM6201",
  "FM6210",
  "FM6261",
  "FM6262",
])

type OfKind<K extends NamedDeclaration["kind"]> = Declared<NamedDeclaration & { kind: K }>

function ofKind<K extends NamedDeclaration["kind"]>(names: Names, kind: K): readonly OfKind<K>[] {
  return names.declared.filter((declared): declared is OfKind<K> => declared.node.kind === kind)
}

function boundScopes(
  names: Names,
  bound: ReadonlyMap<NamedDeclaration, BoundDeclaration>,
): BoundProject["scopes"] {
  return new Map(
    [...names.scopes].map(([file, scope]) => {
      const inScope = new Map<string, BoundDeclaration>()
      for (const [name, declared] of scope) {
        const declaration = declared === null ? undefined : bound.get(declared.node)
        if (declaration !== undefined) inScope.set(name, declaration)
      }
      return [file, inScope]
    }),
  )
}
