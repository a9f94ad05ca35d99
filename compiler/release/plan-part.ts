// One contract, map, crosswalk or flow with all it stands on, as a Plan of its own: what is kept of a release. Flows in: a Plan and a subject. Flows
// out: a Plan with nothing else in it, which the interpreter and the comparisons take like any other. References are found by the
// members that hold them, so that a new kind of expression needs no line here.
import { idInFile } from "../plan/declared-id.ts"
import type { At, Plan } from "../plan/index.ts"
import { questionsOfFlows } from "../plan/questions-of-flows.ts"
import { isPlace } from "./kept-source.ts"
import type { ReleasedKind } from "./subjects.ts"

export interface PlanPart {
  /** In the part: without the file where that is not needed to tell it from the rest of the part. */
  readonly id: string
  readonly plan: Plan
}

/** Ready to be asked for many. */
export function planParts(plan: Plan): (kind: ReleasedKind, id: string) => PlanPart {
  const declared: Declared = {
    shape: new Map(plan.shapes.map(one => [one.id, one])),
    // Rows are data: a member of theirs may bear any name.
    crosswalk: new Map(plan.crosswalks.map(one => [one.id, { ...one, rows: null }])),
    calendar: new Map(plan.calendars.map(one => [one.id, one])),
  }
  const mapsByName = new Map(plan.maps.map(map => [map.name, map]))
  const flowsByName = new Map((plan.flows ?? []).map(flow => [flow.name, flow]))
  const asked = questionsOfFlows(plan)
  const places = new Map(plan.shapes.map(({ id }, i) => [id, i]))
  return (kind, id) => {
    const map = kind === "map" ? mapsByName.get(id) : undefined
    const flow = kind === "flow" ? flowsByName.get(id) : undefined
    const questions = flow === undefined ? [] : (asked.get(flow.name) ?? [])
    const own = [...(map === undefined ? [] : [map]), ...(flow === undefined ? [] : [flow, ...questions])]
    const roots = own.length > 0 ? own : [{ [kind === "contract" ? "shape" : kind]: id }]
    const reached = reachedFrom(declared, roots)
    const shapes = [...reached.shape]
      .flatMap(one => places.get(one) ?? [])
      .toSorted((a, b) => a - b)
      .flatMap(place => plan.shapes[place] ?? [])
    const used = new Set(shapes.map(shape => shape.contract?.system))
    // Who judges and who reads is no part of what is released.
    const { policies, consumers, flows, questions: all, ...kept } = plan
    const part = withOwnFiles({
      ...kept,
      systems: plan.systems.filter(({ name }) => used.has(name)),
      enums: [],
      shapes,
      crosswalks: plan.crosswalks.filter(one => reached.crosswalk.has(one.id)),
      maps: map === undefined ? [] : [map],
      calendars: plan.calendars.filter(one => reached.calendar.has(one.id)),
      tests: [],
      // The maps it calls have releases of their own.
      ...(flow === undefined ? {} : { flows: [flow], questions }),
    })
    const names = ownIds(part)
    return { id: names.get(id) ?? id, plan: renamed(part, names) }
  }
}

type Declared = Readonly<Record<keyof Reached, ReadonlyMap<string, unknown>>>

interface Reached {
  readonly shape: Set<string>
  readonly crosswalk: Set<string>
  readonly calendar: Set<string>
}

/** Members that hold the id, or ids, of something declared. */
const holders: Readonly<Record<string, keyof Reached>> = {
  shape: "shape",
  crosswalk: "crosswalk",
  crosswalks: "crosswalk",
  calendar: "calendar",
  calendars: "calendar",
  // Of flows: what starts them, what they write and publish, and what they answer.
  contract: "shape",
  event: "shape",
  answer: "shape",
}

function reachedFrom(declared: Declared, roots: readonly unknown[]): Reached {
  const reached: Reached = { shape: new Set(), crosswalk: new Set(), calendar: new Set() }
  const pending = [...roots]
  const reach = (kind: keyof Reached, id: unknown): void => {
    const found = typeof id === "string" ? declared[kind].get(id) : undefined
    if (found === undefined || reached[kind].has(String(id))) return
    reached[kind].add(String(id))
    pending.push(found)
  }
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== "object" || value === null) continue
    for (const [name, member] of Object.entries(value)) {
      const kind = Object.hasOwn(holders, name) ? holders[name] : undefined
      if (kind !== undefined) for (const id of Array.isArray(member) ? member : [member]) reach(kind, id)
      if (typeof member === "object" && member !== null) pending.push(member)
    }
  }
  return reached
}

/** Another file may come to declare the same name, and the id of this one then says its file: what it is stays the same. */
function ownIds(part: Plan): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const declared of [part.shapes, part.crosswalks, part.calendars]) {
    const short = declared.map(one => idInFile(one.id, one, part.files[one.file]?.path ?? ""))
    for (const [i, { id }] of declared.entries()) {
      const own = short[i] ?? id
      if (short.indexOf(own) === short.lastIndexOf(own)) names.set(id, own)
    }
  }
  return names
}

/** With other ids of shapes, crosswalks and calendars, wherever they are named. */
export function renamed(part: Plan, names: ReadonlyMap<string, string>): Plan {
  if ([...names].every(([id, own]) => id === own)) return part
  const renamed = (value: unknown) => (typeof value === "string" ? (names.get(value) ?? value) : value)
  const walk = <T>(value: T): T => {
    if (typeof value !== "object" || value === null) return value
    if (Array.isArray(value)) return value.map(item => walk(item)) as T
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        if (name !== "id" && !Object.hasOwn(holders, name)) return [name, walk(member)]
        return [name, Array.isArray(member) ? member.map(one => renamed(one)) : renamed(walk(member))]
      }),
    ) as T
  }
  return {
    ...part,
    shapes: walk(part.shapes),
    maps: walk(part.maps),
    ...(part.flows === undefined ? {} : { flows: walk(part.flows) }),
    ...(part.questions === undefined ? {} : { questions: walk(part.questions) }),
    calendars: walk(part.calendars),
    crosswalks: part.crosswalks.map(({ rows, ...rest }) => ({ ...walk(rest), rows })),
  }
}

/** Keeps only the files that something of it stands in, in their order. */
function withOwnFiles(part: Plan): Plan {
  const used = filesIn(part)
  const order = [...used].toSorted((a, b) => a - b)
  const places = new Map(order.map((file, i) => [file, i]))
  const index = (file: number) => places.get(file) ?? 0
  const moved = changePlaces(part, ([file, ...rest]) => [index(file), ...rest])
  return {
    ...withFiles(moved, index),
    files: order.flatMap(file => part.files[file] ?? []),
    packages: [],
  }
}

/** Those that something of it stands in, whose places `changePlaces` changes. */
function filesIn({ files: _, packages: __, crosswalks, ...plan }: Plan): ReadonlySet<number> {
  const used = new Set<number>()
  const pending: unknown[] = [plan]
  for (const { rows, ...rest } of crosswalks) {
    pending.push(rest)
    for (const { at } of rows ?? []) used.add(at[0])
  }
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== "object" || value === null) continue
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === "object" && item !== null) pending.push(item)
      continue
    }
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== "object" || member === null) continue
      if (name !== "at" || !Array.isArray(member)) pending.push(member)
      else if (isPlace(member)) used.add(member[0])
      else
        for (const one of member)
          if (isPlace(one)) used.add(one[0])
          else pending.push(one)
    }
  }
  return used
}

/** Its files behind so many others. */
export function shifted(part: Plan, by: number): Plan {
  const moved = changePlaces(part, ([file, ...rest]) => [file + by, ...rest])
  return withFiles(moved, file => file + by)
}

function withFiles(plan: Plan, index: (file: number) => number): Plan {
  const own = <T extends { readonly file: number }>(all: readonly T[]): readonly T[] =>
    all.map(one => ({ ...one, file: index(one.file) }))
  return {
    ...plan,
    systems: own(plan.systems),
    shapes: own(plan.shapes),
    crosswalks: own(plan.crosswalks),
    maps: own(plan.maps),
    ...(plan.flows === undefined ? {} : { flows: own(plan.flows) }),
    ...(plan.questions === undefined ? {} : { questions: own(plan.questions) }),
    calendars: own(plan.calendars),
  }
}

/** The same Plan with every place changed. Values of crosswalk rows are data and stay. */
function changePlaces(plan: Plan, change: (at: At) => At): Plan {
  const walk = <T>(value: T): T => {
    if (typeof value !== "object" || value === null) return value
    if (Array.isArray(value)) return value.map(item => walk(item)) as T
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        if (name === "at" && Array.isArray(member))
          return [
            name,
            isPlace(member) ? change(member) : member.map(one => (isPlace(one) ? change(one) : walk(one))),
          ]
        return [name, walk(member)]
      }),
    ) as T
  }
  return {
    ...walk({ ...plan, crosswalks: [], files: [], packages: [] }),
    files: plan.files,
    packages: plan.packages,
    crosswalks: plan.crosswalks.map(({ rows, ...rest }) => ({
      ...walk(rest),
      rows: rows === null ? null : rows.map(row => ({ ...row, at: change(row.at) })),
    })),
  }
}
