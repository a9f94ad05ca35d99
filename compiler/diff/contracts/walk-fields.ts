// The fields of two versions of a contract side by side, by their names on the wire. Flows in: both shapes and Plans. Flows out: what
// changed about each that the schemas do not say, and where each field stands in the sources.
import { dayNumberOfDate } from "@fmap/runtime"
import type { At, Plan, PlanField, PlanShape, WireType } from "../../plan/index.ts"
import {
  type LocalChange,
  none,
  type PathPart,
  pathText,
  quoted,
  type ShapeChange,
} from "../schema/shape-change.ts"
import { changeOfTypes } from "./change-of-types.ts"

export interface Places {
  readonly old: string | null
  readonly now: string | null
}

export interface Walked {
  readonly changes: readonly ShapeChange[]
  /** By path as text. */
  readonly places: ReadonlyMap<string, Places>
  /** Paths where the types on both sides were compared: what they say goes before what the schemas say. */
  readonly typed: ReadonlySet<string>
}

interface Walking {
  readonly old: Plan
  readonly now: Plan
  readonly today: string | null
  readonly changes: ShapeChange[]
  readonly places: Map<string, Places>
  readonly typed: Set<string>
  readonly open: Set<string>
}

/** A field that is going away stays at least that long after it is said. */
const graceDays = 90

export function walkFields(
  old: PlanShape,
  now: PlanShape,
  plans: { readonly old: Plan; readonly now: Plan; readonly today: string | null },
): Walked {
  const walking: Walking = { ...plans, changes: [], places: new Map(), typed: new Set(), open: new Set() }
  walkShapes(old, now, [], walking)
  const { changes, places, typed } = walking
  return { changes, places, typed }
}

function walkShapes(old: PlanShape, now: PlanShape, path: readonly PathPart[], walking: Walking): void {
  const name = `${old.id} / ${now.id}`
  if (walking.open.has(name)) return
  walking.open.add(name)
  const isUnion = old.union !== null || now.union !== null
  keyChange(old, now, path, walking)
  for (const field of old.fields) {
    const known = now.fields.find(({ wireName }) => wireName === field.wireName)
    if (isUnion) {
      if (known !== undefined) walkTypes(field.type, known.type, path, walking)
      continue
    }
    const at = [...path, { kind: "member", name: field.wireName } as const]
    const places = {
      old: place(field.at, walking.old),
      now: known === undefined ? null : place(known.at, walking.now),
    }
    walking.places.set(pathText(at), places)
    if (known === undefined) removedField(field, at, walking)
    else walkField(field, known, at, walking)
  }
  if (!isUnion)
    for (const field of now.fields)
      if (!old.fields.some(({ wireName }) => wireName === field.wireName))
        walking.places.set(pathText([...path, { kind: "member", name: field.wireName }]), {
          old: null,
          now: place(field.at, walking.now),
        })
  walking.open.delete(name)
}

function walkField(old: PlanField, now: PlanField, path: readonly PathPart[], walking: Walking): void {
  walkTypes(old.type, now.type, path, walking)
  if (old.default !== now.default) tell([defaultChange(old, now)], path, walking)
  if (now.deprecated !== null && old.deprecated === null)
    tell(deprecation(now.deprecated.sunset, walking.today), path, walking)
}

function walkTypes(old: WireType, now: WireType, path: readonly PathPart[], walking: Walking): void {
  if (old.kind === "record" && now.kind === "record") {
    const [was, is] = [shapeOf(walking.old, old.shape), shapeOf(walking.now, now.shape)]
    if (was !== undefined && is !== undefined) walkShapes(was, is, path, walking)
    return
  }
  const changes = changeOfTypes(old, now)
  tell(changes, path, walking)
  walking.typed.add(pathText(path))
  if (changes.length > 0) return
  if (old.kind === "list" && now.kind === "list")
    walkTypes(old.of, now.of, [...path, ...itemPath(now)], walking)
  if (old.kind === "dictionary" && now.kind === "dictionary")
    walkTypes(old.of, now.of, [...path, { kind: "item" }], walking)
}

function itemPath({ wire }: Extract<WireType, { kind: "list" }>): readonly PathPart[] {
  const under =
    typeof wire === "object" && "under" in wire ? [{ kind: "member", name: wire.under } as const] : []
  return [...under, { kind: "item" }]
}

function tell(changes: readonly LocalChange[], path: readonly PathPart[], walking: Walking): void {
  for (const change of changes) walking.changes.push({ ...change, path })
}

function shapeOf(plan: Plan, id: string): PlanShape | undefined {
  return plan.shapes.find(shape => shape.id === id)
}

export function place(at: At, plan: Plan): string | null {
  const file = plan.files[at[0]]
  return file === undefined ? null : `${file.path}:${at[1]}:${at[2]}`
}

function keyChange(old: PlanShape, now: PlanShape, path: readonly PathPart[], walking: Walking): void {
  const keys = (shape: PlanShape) =>
    shape.fields
      .filter(({ key }) => key)
      .map(({ wireName }) => wireName)
      .toSorted()
      .join(", ")
  const [was, is] = [keys(old), keys(now)]
  if (was === is) return
  const shown = (text: string) => (text === "" ? "nothing" : text)
  tell(
    [
      {
        rule: "S027",
        old: shown(was),
        new: shown(is),
        message: `Records are told apart by ${shown(is)} now, and were by ${shown(was)}.`,
        breaks: { backward: true, forward: true },
      },
    ],
    path,
    walking,
  )
}

/** Readers of fmap fill defaults in: another one gives old records another meaning. */
function defaultChange(old: PlanField, now: PlanField): LocalChange {
  const shown = (value: PlanField["default"]) => (value === null ? null : quoted(value))
  return {
    rule: "S024",
    old: shown(old.default),
    new: shown(now.default),
    message: `Where it is left out it is ${shown(now.default) ?? "absent"} now, and was ${shown(old.default) ?? "absent"}.`,
    breaks: none,
    severity: "warning",
  }
}

function deprecation(sunset: string | null, today: string | null): readonly LocalChange[] {
  const base = { rule: "S026", old: null, new: "deprecated", breaks: none } as const
  if (sunset === null)
    return [
      { ...base, message: "It is deprecated, and nothing says until when it stays.", severity: "warning" },
    ]
  const left = daysBetween(today, sunset)
  if (left === null || left >= graceDays) return []
  return [
    {
      ...base,
      new: `sunset ${sunset}`,
      message: `It is deprecated and goes on ${sunset}; readers have fewer than ${graceDays} days.`,
      severity: "error",
    },
  ]
}

function removedField({ deprecated }: PlanField, path: readonly PathPart[], walking: Walking): void {
  const left = daysBetween(walking.today, deprecated?.sunset ?? null)
  if (left === null || left <= 0) return
  tell(
    [
      {
        rule: "S026",
        old: `sunset ${deprecated?.sunset}`,
        new: null,
        message: `It is gone before ${deprecated?.sunset}, until when it was to stay.`,
        breaks: none,
        severity: "error",
      },
    ],
    path,
    walking,
  )
}

function daysBetween(from: string | null, to: string | null): number | null {
  const [first, last] = [from, to].map(day =>
    day !== null && /^\d{4}-\d{2}-\d{2}$/u.test(day) ? dayNumberOfDate(day) : undefined,
  )
  return first === undefined || last === undefined ? null : last - first
}
