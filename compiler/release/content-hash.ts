// The name of what a release holds. Flows in: the Plan part of a contract, map, crosswalk or flow. Flows out: a hash of what it means to others.
// Places, order of declarations and rows, documentation, owners, lifecycle, names of locals and the version itself are not in it; what
// another subject says of itself is in the hash of that one.
import { isExactNumber, sha256, writeJson } from "@fmap/runtime"
import type { Plan, PlanCrosswalk, PlanFlow, PlanMap, PlanShape } from "../plan/index.ts"
import type { ReleasedKind } from "./subjects.ts"

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. A host that has one of its own is faster by far. */
export type Hash = (text: string) => string

export function contentHash(part: Plan, kind: ReleasedKind, id: string, hash: Hash = sha256): string {
  return hash(canonical(content(part, kind, id), silent))
}

function content(part: Plan, kind: ReleasedKind, id: string): unknown {
  switch (kind) {
    case "contract":
      return { id, shapes: contractShapes(part.shapes, id), calendars: part.calendars }
    case "map": {
      const map = part.maps.find(one => one.name === id)
      if (map === undefined) return { id }
      // What follows from the rest is left out: codes, the report, and the lists of what it calls.
      const { codes, report, calls, crosswalks, calendars, per, variables, ...own } = withoutRules(map)
      const inferred = part.shapes.filter(shape => shape.kind === "inferred")
      // A calendar has no version of its own: what it counts is part of who counts by it.
      return {
        id,
        ...own,
        variables: unnamed(map),
        inferred,
        counting: part.calendars.length === 0 ? null : part.calendars,
      }
    }
    case "crosswalk": {
      const crosswalk = part.crosswalks.find(one => one.id === id)
      return { id, crosswalk: crosswalk === undefined ? null : { ...crosswalk, rows: rowsOf(crosswalk) } }
    }
    case "flow": {
      const flow = (part.flows ?? []).find(one => one.name === id)
      const counting = part.calendars.length === 0 ? null : part.calendars
      return { id, flow: flow === undefined ? null : flowContent(flow, part), counting }
    }
  }
}

/** Of the contracts inside another only what they are made of. */
function contractShapes(shapes: readonly PlanShape[], id: string): readonly object[] {
  const root = shapes.find(shape => shape.id === id)?.contract ?? null
  const byPosition = root?.transport?.kind === "csv" && !root.transport.header
  return sortedBy(
    shapes.filter(shape => shape.kind !== "inferred"),
    shape => shape.id,
  ).map(shape => ({
    ...shape,
    contract: shape.id === id && root !== null ? { ...root, lifecycle: null } : null,
    // Where the place of a value says which field it is, the order of fields is content.
    positions: byPosition ? shape.fields.map(field => field.name) : null,
  }))
}

/**
 * Names of steps are in it: they are in the keys of effects and in the journals of events that have begun. So are the versions of the maps it calls: an event ends with
 * the maps of the version it began under. Of events only the major version counts, as for those who wait for them.
 */
function flowContent({ codes, places, allows, ...own }: PlanFlow, part: Plan): unknown {
  const questions = new Map((part.questions ?? []).map(question => [question.name, question]))
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== "object" || value === null) return value
    const members = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member)]))
    const { map, version, event } = members
    const asked = typeof map === "string" && "reads" in members ? questions.get(map) : undefined
    if (asked !== undefined) return { asked: asked.body, variables: unnamed(asked) }
    return {
      ...members,
      ...(typeof map === "string" ? { calledVersion: version } : {}),
      ...(typeof event === "string" ? { major: String(version).split(".")[0] } : {}),
    }
  }
  return {
    ...own,
    trigger: walk(own.trigger),
    when: walk(own.when),
    lane: walk(own.lane),
    steps: sortedBy(own.steps, ({ name }) => name).map(walk),
    routes: own.routes.map(route => canonical(route, silent)).toSorted(),
    slos: own.slos.map(walk),
  }
}

function unnamed({ variables }: PlanMap): readonly object[] {
  return variables.map(variable => ({ ...variable, name: null }))
}

/** Which rules of a source run is said by number, and follows from what is read. */
function withoutRules(map: PlanMap): PlanMap {
  const sources = map.sources.map(source => ({ ...source, binding: { ...source.binding, rules: [] } }))
  return { ...map, sources }
}

/** A value is data of an author: all of its members count, whatever they are called. */
function rowsOf({ rows }: PlanCrosswalk): readonly string[] | null {
  return rows === null
    ? null
    : rows
        .map(({ keys, from, until, value }) => canonical({ keys, from, until, value }, new Set()))
        .toSorted()
}

const silent: ReadonlySet<string> = new Set(["at", "file", "docs", "owner", "version"])
/** Lists that say the same in any order: fields of records and of what is made, what is read of a source, members of an enum. */
const unordered: ReadonlySet<string> = new Set(["fields", "members", "reads"])

/** Members by name, without those named in `left`; where some are left out, so is what is not said (null). */
function canonical(value: unknown, left: ReadonlySet<string>): string {
  if (typeof value !== "object" || value === null || isExactNumber(value)) return writeJson(value)
  if (Array.isArray(value)) return `[${value.map(item => canonical(item, left)).join(",")}]`
  const members = sortedBy(
    Object.entries(value).filter(
      ([name, member]) => member !== undefined && !left.has(name) && (member !== null || left.size === 0),
    ),
    ([name]) => name,
  )
  const texts = members.map(([name, member]) => {
    const text =
      left.size > 0 && unordered.has(name) && Array.isArray(member)
        ? `[${member
            .map(item => canonical(item, left))
            .toSorted()
            .join(",")}]`
        : canonical(member, left)
    return `${JSON.stringify(name)}:${text}`
  })
  return `{${texts.join(",")}}`
}

function sortedBy<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  return all.toSorted((a, b) => {
    const [left, right] = [nameOf(a), nameOf(b)]
    return left < right ? -1 : left > right ? 1 : 0
  })
}
