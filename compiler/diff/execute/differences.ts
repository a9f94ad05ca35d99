// Where two records differ. Flows in: both as they stand on the wire, and the shape of each side: a field that only one of them has is a difference, too. Flows out: one difference a field, with exact figures and the
// currency of amounts. Knows neither maps nor who ran them.
import {
  fromText,
  isExactNumber,
  minorUnits,
  pointer,
  type Rational,
  rational,
  subtract,
  writeJson,
} from "@fmap/runtime"
import type { PlanShape, ShapeId, UnitSource, WireType } from "../../plan/index.ts"

export interface Difference {
  /** `[]` for each item of a list. */
  readonly path: string
  readonly old: unknown
  readonly new: unknown
  /** New minus old, of figures. */
  readonly delta: Rational | null
  /** Of an amount. */
  readonly currency: string | null
}

/** The shape of a record, and those it holds. */
export interface KnownShape {
  readonly shape: PlanShape
  readonly shapeOf: (id: ShapeId) => PlanShape | undefined
}

export interface BothShapes {
  readonly old: KnownShape
  readonly new: KnownShape
}

type UnitOf = (unit: UnitSource, side: "old" | "new") => string | null

export function differences(old: unknown, now: unknown, shapes: BothShapes): readonly Difference[] {
  const found: Difference[] = []
  const record = (a: unknown, b: unknown, of: PlanShape, path: string, outer: UnitOf): void => {
    const sides = { old: membersOf(a), new: membersOf(b) }
    const unit: UnitOf = (source, side) => {
      if (source.kind === "constant") return source.code
      if (source.kind === "parameter") return outer(source, side)
      const [name = "", ...rest] = source.path
      const field = of.fields.find(one => one.name === name)
      const value = field === undefined || rest.length > 0 ? undefined : sides[side].get(field.wireName)
      return typeof value === "string" ? value.toUpperCase() : null
    }
    for (const field of fieldsOf(of)) {
      const [was, is] = [sides.old.get(field.wireName), sides.new.get(field.wireName)]
      if (was !== undefined || is !== undefined)
        visit(was, is, field.type, pointer(path, field.wireName), unit)
    }
  }
  /** With those that only the old side has. */
  const fieldsOf = (of: PlanShape): PlanShape["fields"] => {
    const before = of === shapes.new.shape ? shapes.old.shape : shapes.old.shapeOf(of.id)
    const known = new Set(of.fields.map(({ wireName }) => wireName))
    return [...of.fields, ...(before?.fields ?? []).filter(({ wireName }) => !known.has(wireName))]
  }
  const visit = (a: unknown, b: unknown, type: WireType, path: string, unit: UnitOf): void => {
    switch (type.kind) {
      case "record": {
        const of = shapes.new.shapeOf(type.shape) ?? shapes.old.shapeOf(type.shape)
        if (of === undefined) break
        const inner: UnitOf = (source, side) => {
          const argument =
            source.kind === "parameter" ? type.arguments[of.parameters.indexOf(source.name)] : undefined
          return argument === undefined ? null : unit(argument, side)
        }
        record(a, b, of, path, inner)
        return
      }
      case "list": {
        const [before, after] = [itemsOf(a), itemsOf(b)]
        if (before === null || after === null) break
        if (before.length !== after.length)
          found.push({ path, old: before.length, new: after.length, delta: null, currency: null })
        for (let i = 0; i < Math.max(before.length, after.length); i++)
          visit(before[i], after[i], type.of, `${path}/[]`, unit)
        return
      }
      case "money":
      case "decimal":
      case "quantity":
      case "percent":
      case "int": {
        const currency =
          type.kind === "money" && type.unit !== null
            ? (unit(type.unit, "new") ?? unit(type.unit, "old"))
            : null
        const scaled = (value: unknown): Rational | null => figureOf(value, type, currency)
        const [was, is] = [scaled(a), scaled(b)]
        if (was === null || is === null) break
        const delta = subtract(is, was)
        if (delta.n !== 0n) found.push({ path, old: a, new: b, delta, currency })
        return
      }
      default:
        break
    }
    if (writeJson(a ?? null) !== writeJson(b ?? null))
      found.push({ path, old: a, new: b, delta: null, currency: null })
  }
  record(old, now, shapes.new.shape, "", () => null)
  return found
}

const nothing: Rational = { n: 0n, d: 1n }

/** A figure that is not there adds nothing to a total. */
function figureOf(value: unknown, type: WireType, currency: string | null): Rational | null {
  if (value === undefined || value === null) return nothing
  if (!isExactNumber(value) && typeof value !== "number" && typeof value !== "string") return null
  const figure = fromText(String(value))
  if (figure === undefined) return null
  const digits = shiftOf(type, currency)
  return digits === 0 ? figure : (rational(figure.n, figure.d * 10n ** BigInt(digits)) ?? figure)
}

/** How many digits the point is moved on the wire. */
function shiftOf(type: WireType, currency: string | null): number {
  if (!("wire" in type)) return 0
  if (type.wire === "minor") return currency === null ? 0 : (minorUnits(currency) ?? 0)
  return typeof type.wire === "object" && "scaled" in type.wire ? type.wire.scaled : 0
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map()
}

function itemsOf(value: unknown): readonly unknown[] | null {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : null
}
