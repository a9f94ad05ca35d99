// The header of a map: sources, givens, target. Flows in: the declaration, after all shapes. Flows out: a BoundMap whose
// body nobody has looked at. Roots of unit paths number sources first, then givens, from 0: the Plan's variables.
import {
  diagnostic,
  type MapDeclaration,
  type Name,
  type Parameter,
  type Place,
  type TypeNode,
} from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import { aType } from "../types/describe.ts"
import { typeFromNode } from "../types/from-node.ts"
import type { Type, Unit } from "../types/type.ts"
import { patchOf, profileOf } from "./bind-events.ts"
import { profiles } from "./bind-field-rules.ts"
import { bindTargets, targetsName } from "./bind-targets.ts"
import type { Declared } from "./collect-names.ts"
import { type HeaderName, headerUnit } from "./header-units.ts"
import { calendarNamed, type Lookup, typeNamed } from "./lookup.ts"
import type { BoundMap, BoundShape } from "./model.ts"
import { requireVersion } from "./versions.ts"

export function bindMap(declared: Declared<MapDeclaration>, lookup: Lookup, found: Findings): BoundMap {
  const { node, name, file, place } = declared
  const at = placeIn(file)
  const before = found.errors()
  const earlier: HeaderName[] = []
  const seen = new Map<string, Place>()
  const header: Header = { lookup, found, earlier }

  const sources: BoundMap["sources"][number][] = []
  for (const source of node.sources) {
    const bound = shapeOf(source, header)
    remember(source.name, seen, file, found)
    if (bound !== null) {
      checkDirection(bound.shape, "writes", source, file, found)
      sources.push({ name: source.name.text, role: source.role, place: at(source.name), ...bound })
    }
    const root = earlier.length
    const type: Type = bound === null ? { kind: "error" } : sourceType({ ...bound, role: source.role })
    earlier.push(named(source.name, type, root))
  }
  const givens: BoundMap["givens"][number][] = []
  for (const given of node.givens) {
    const type = typeOf(given.type, header)
    remember(given.name, seen, file, found)
    givens.push({ name: given.name.text, type, place: at(given.name) })
    earlier.push(named(given.name, type, earlier.length))
  }
  const target = node.target === null ? null : bindTarget(node.target, header, seen)
  const patch = node.patch !== null
  const events = sources.filter(source => source.shape.events !== null)
  const known = sources.every(source => !source.shape.broken)
  if (known && sources.length > 0 && (patch ? events.length !== 1 : events.length > 0)) {
    const problem = patch
      ? "reads exactly one contract of `events`"
      : `would take what the event ${events[0]?.name ?? ""} leaves alone for nothing; it must be a patch`
    found.report(
      diagnostic("FM4188", { map: name, problem }, place, {
        help: patch ? "Name the events it patches from." : `Write \`map ${name} patch\`.`,
        ...(patch
          ? {}
          : {
              edits: [
                {
                  place: { file, span: { start: node.name.span.end, end: node.name.span.end } },
                  text: " patch",
                },
              ],
            }),
      }),
    )
  }
  if (patch && node.profile !== null)
    found.report(
      diagnostic(
        "FM4188",
        { map: name, problem: "is a patch, which changes a record whatever `on` says" },
        at(node.profile),
        { help: "Remove it." },
      ),
    )
  for (const [missing, what] of [
    [node.sources.length === 0, "source"],
    [node.target === null, "target"],
  ] as const) {
    if (!missing) continue
    const example = what === "source" ? "from  deal: Opportunity" : "to  order: SalesOrder"
    found.report(
      diagnostic("FM6123", { map: name, what }, place, {
        help: `Write it in the header, as in: ${example}.`,
      }),
    )
  }
  checkRoles(node, file, found)
  const main =
    target === null ? null : patch ? patchOf(target.shape) : written(target.shape, node, file, found)
  const several =
    node.target === null || main === null
      ? null
      : bindTargets(
          node,
          { name: node.target.name, shape: main },
          emitted => bindTarget(emitted, header, seen)?.shape ?? null,
          file,
          found,
        )
  if (several !== null && (patch || node.sources.some(source => source.role !== null)))
    found.report(
      diagnostic("FM4174", { problem: "and is no patch and no map over a set of rows" }, place, {
        help: "Write a map for each target.",
      }),
    )
  requireVersion("map", node.name, node.version, node.name.span.end, file, found)
  return {
    kind: "map",
    node: several?.node ?? node,
    name,
    file,
    place,
    sources,
    givens,
    target:
      node.target === null || target === null
        ? null
        : {
            name: several === null ? node.target.name.text : targetsName,
            shape: several?.shape ?? main ?? target.shape,
            place: at(node.target.name),
          },
    patch,
    broken:
      found.errors() > before ||
      node.target === null ||
      target === null ||
      sources.length < node.sources.length,
  }
}

function bindTarget(
  parameter: Parameter,
  header: Header,
  seen: Map<string, Place>,
): { readonly shape: BoundShape } | null {
  const { found, lookup } = header
  const { file } = lookup
  const target = shapeOf(parameter, header)
  remember(parameter.name, seen, file, found)
  if (target === null) return null
  checkDirection(target.shape, "reads", parameter, file, found)
  if (target.shape.parameters.length > 0) {
    found.report(
      diagnostic(
        "FM6017",
        { type: "a record with parameters", where: "the target of a map" },
        placeIn(file)(parameter.type),
        { related: [{ place: target.shape.place, text: "declared with parameters" }] },
      ),
    )
  }
  return target
}

/** What the name of a source stands for in the body. */
export function sourceType(source: Pick<BoundMap["sources"][number], "shape" | "arguments" | "role">): Type {
  const { shape, arguments: units, role } = source
  const record: Type = { kind: "record", shape, arguments: units, system: shape.system }
  return role === "set" ? { kind: "list", of: record, min: 0, max: null } : record
}

/** One source is walked row by row; without it there is no set to collect, total or control. */
function checkRoles(node: MapDeclaration, file: string, found: Findings): void {
  const [first, second] = node.sources.filter(source => source.role === "each")
  if (first !== undefined && second !== undefined) {
    found.report(
      diagnostic("FM4190", { first: first.name.text }, placeIn(file)(second.name), {
        label: "walked too",
        related: [{ place: placeIn(file)(first.name), text: "walked row by row" }],
        help: "Make one of them a `set`, and look its records up.",
      }),
    )
  }
  if (first !== undefined) return
  const [set] = node.sources.filter(source => source.role === "set")
  const wants =
    set !== undefined
      ? { word: "set", span: set.span }
      : node.collect !== null
        ? { word: "collect", span: node.collect.span }
        : node.totals[0] !== undefined
          ? { word: "totals", span: node.totals[0].span }
          : node.controls[0] !== undefined
            ? { word: "A control after the body", span: node.controls[0].span }
            : null
  if (wants === null) return
  found.report(
    diagnostic(
      "FM4191",
      { word: wants.word },
      { file, span: wants.span },
      {
        label: "of which rows?",
        help: "Say which source is walked: `from each row: …`.",
      },
    ),
  )
}

interface Header {
  readonly lookup: Lookup
  readonly found: Findings
  readonly earlier: readonly HeaderName[]
}

function named(name: Name, type: Type, root: number): HeaderName {
  return { name: name.text, type, unit: path => ({ kind: "path", root, rootName: name.text, path }) }
}

function typeOf(node: TypeNode, { lookup, found, earlier }: Header): Type {
  return typeFromNode(node, {
    file: lookup.file,
    report: found.report,
    typeNamed: name => typeNamed(name, lookup),
    calendarNamed: name => calendarNamed(name, lookup),
    unit: (path, kind) => headerUnit(path, kind, earlier, lookup),
  })
}

function shapeOf(
  parameter: Parameter,
  header: Header,
): { shape: BoundShape; arguments: readonly Unit[] } | null {
  const type = typeOf(parameter.type, header)
  if (type.kind === "record") return { shape: type.shape, arguments: type.arguments }
  if (type.kind !== "error") {
    header.found.report(
      diagnostic(
        "FM6017",
        { type: aType(type), where: "the source or target of a map" },
        placeIn(header.lookup.file)(parameter.type),
        {
          help: "Name a contract or a record; single values come in by given.",
        },
      ),
    )
  }
  return null
}

function remember(name: Name, seen: Map<string, Place>, file: string, found: Findings): void {
  const place = placeIn(file)(name)
  const first = seen.get(name.text)
  if (first === undefined) seen.set(name.text, place)
  else
    found.report(
      diagnostic("FM2016", { name: name.text, role: "inputs or targets" }, place, {
        related: [{ place: first, text: "first here" }],
      }),
    )
}

function checkDirection(
  shape: BoundShape,
  wrong: "reads" | "writes",
  parameter: Parameter,
  file: string,
  found: Findings,
): void {
  if (!shape.isContract || shape.direction !== wrong) return
  const [only, here] = wrong === "reads" ? ["read", "written"] : ["written", "read"]
  found.report(
    diagnostic("FM6122", { contract: shape.name, only, here }, placeIn(file)(parameter.type), {
      related: [{ place: shape.place, text: `declared ${wrong}` }],
    }),
  )
}

/** The target as this map writes it: to make a record, to change one, or either. */
function written(shape: BoundShape, node: MapDeclaration, file: string, found: Findings): BoundShape {
  const { profile, name } = node
  const at = placeIn(file)
  if (profile !== null && !profiles.includes(profile.text)) {
    found.report(
      diagnostic("FM6102", { clause: "on", word: profile.text, wanted: profiles.join(", ") }, at(profile)),
    )
    return shape
  }
  if (profile !== null) return profileOf(shape, profile.text)
  const [wanted] = shape.profiles
  if (wanted === undefined || node.target === null) return shape
  found.report(
    diagnostic("FM6183", { map: name.text, contract: shape.name }, at(node.target), {
      label: "to make one, or to change one?",
      related: [{ place: { file: shape.file, span: wanted.span }, text: "this depends on it" }],
      help: `Write \`to ${node.target.name.text}: ${shape.name} on create\` or \`on update\`.`,
    }),
  )
  return shape
}
