// Inputs made up for a map: right by its contracts, near what the map asks about, and the same every time. Flows in: both versions of a map with their Plans. Flows out: inputs, each by a number of its own. What
// cannot be made is left out; rules of contracts may still refuse some.
import {
  checkText,
  formatScaled,
  fromText,
  jsonNumber,
  powerOfTen,
  roundRational,
  writeDate,
  writeDatetime,
  writeInstant,
} from "@fmap/runtime"
import { childrenOfBlock } from "../../plan/children.ts"
import { everyExpression } from "../../plan/every-expression.ts"
import type { Plan, PlanMap, PlanShape, WireType } from "../../plan/index.ts"
import type { RecordedInput } from "./run-both.ts"

export function inputMaker(
  maps: readonly PlanMap[],
  plans: readonly Plan[],
): (map: PlanMap, plan: Plan, number: number) => RecordedInput | null {
  const known = literalsOf(maps, plans)
  return (map, plan, number) => {
    const pick = picker(number + 1)
    const making: Making = {
      pick,
      known,
      row: known.tables.flatMap(([first, ...rest]) => (first === undefined ? [] : [pick([first, ...rest])])),
      shapes: new Map(plan.shapes.map(shape => [shape.id, shape])),
    }
    const inputs: [string, unknown][] = []
    for (const { name, binding } of map.sources) {
      const isRows = map.set?.each === name
      const record = () => made({ kind: "record", shape: binding.shape, arguments: [] }, making, 0)
      inputs.push([name, isRows ? [record(), record(), record()] : record()])
    }
    for (const { name, type } of map.set?.sets ?? []) inputs.push([name, made(type, making, 0)])
    for (const { name, type, optional } of map.givens)
      if (!optional) inputs.push([name, made(type, making, 0)])
    return inputs.some(([, value]) => value === unmakeable)
      ? null
      : { map: map.name, name: `made up ${number}`, input: Object.fromEntries(inputs) }
  }
}

interface Making {
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T
  readonly known: Literals
  /** One row of each table that is asked: an input that finds none says little. */
  readonly row: readonly TableRow[]
  readonly shapes: ReadonlyMap<string, PlanShape>
}

/** No value of the type can be made here. */
const unmakeable = Symbol("unmakeable")
const deepest = 8

function made(type: WireType, making: Making, depth: number): unknown {
  const { pick, known, shapes } = making
  switch (type.kind) {
    case "text":
      return textOf(type, making)
    case "bool": {
      const value = pick([true, false])
      return type.wire === "json" ? value : value ? type.wire.true : type.wire.false
    }
    case "int": {
      const near = pick([1n, 2n, 3n, 0n, 10n, ...known.figures.flatMap(text => around(text, 0))])
      const low = BigInt(type.min ?? "-1000000")
      const high = BigInt(type.max ?? "1000000")
      const value = near < low ? low : near > high ? high : near
      return type.wire === "text" ? value.toString() : jsonNumber(value, 0)
    }
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return figureOf(type, making)
    case "currency": {
      const rows = making.row.flatMap(({ keys }) => keys.filter(key => /^[A-Z]{3}$/u.test(key)))
      const code = pick(["EUR", "USD", "JPY", ...rows, ...rows])
      return type.wire === "lower" ? code.toLowerCase() : code
    }
    case "country":
      return pick(["DE", "US"])
    case "language":
      return pick(["de", "en"])
    case "date":
      return writeDate(pick(["2026-03-31", "2026-01-15", "2026-12-31", ...days(making)]), type)
    case "datetime":
      return writeDatetime(pick(["2026-03-31T09:00:00", "2026-12-31T23:59:59"]), type)
    case "instant":
      return writeInstant(
        pick(["2026-03-31T09:00:00Z", "2026-03-31T23:30:00Z", "2026-12-31T23:59:59Z"]),
        type,
      )
    case "enum": {
      const [first, ...rest] = type.members.map(({ value }) => value)
      return first === undefined ? unmakeable : pick([first, ...rest])
    }
    case "record":
      return depth > deepest ? unmakeable : recordOf(shapes.get(type.shape), making, depth)
    case "list": {
      const count = Math.max(type.min, pick([1, 2, 3]))
      const items = Array.from({ length: Math.min(count, type.max ?? count) }, () =>
        made(type.of, making, depth + 1),
      )
      if (items.includes(unmakeable)) return type.min === 0 && type.wire === "array" ? [] : unmakeable
      if (type.wire === "array" || "bitmap" in type.wire) return items
      return "under" in type.wire ? { [type.wire.under]: items } : items.map(String).join(type.wire.joined)
    }
    case "dictionary":
      return {}
    case "json":
      return pick<unknown>([1, "x"])
    case "period":
      return unmakeable
  }
}

/** Of a record that is one of several, exactly one stands there as itself, which only its own Plan reads: none is made. */
function recordOf(shape: PlanShape | undefined, making: Making, depth: number): unknown {
  if (shape === undefined || shape.union !== null) return unmakeable
  const members: [string, unknown][] = []
  for (const { wireName, type, optional } of shape.fields) {
    if (optional && making.pick([0, 1, 2]) === 0) continue
    const value = made(type, making, depth + 1)
    if (value !== unmakeable) members.push([wireName, value])
    else if (!optional) return unmakeable
  }
  return Object.fromEntries(members)
}

function textOf(type: Extract<WireType, { kind: "text" }>, { pick, known, row }: Making): unknown {
  const filled = "A".repeat(Math.max(type.min, 1))
  const fits = (text: string): boolean => checkText(text, type) === undefined
  const [key, ...keys] = row.flatMap(one => one.keys).filter(fits)
  if (key !== undefined && pick([true, true, false])) return pick([key, ...keys])
  const longest = "abcdefghij ".repeat(30).slice(0, Math.min(type.max ?? 40, 300))
  const [first, ...rest] = [filled, filled.replace(/.$/u, "B"), longest, ...known.texts].filter(fits)
  return first === undefined ? unmakeable : pick([first, ...rest])
}

function figureOf(type: Extract<WireType, { precision: number | null }>, { pick, known }: Making): unknown {
  const scale = type.fitsMinor ? 2 : type.scale
  const one = powerOfTen(scale)
  const near = known.figures.flatMap(text => around(text, scale))
  const limit = powerOfTen(type.precision ?? 18)
  const values = [
    one,
    one / 2n,
    (3n * one) / 2n,
    100n * one + 1n,
    12n * one + 25n,
    5n,
    1n,
    0n,
    ...near,
  ].filter(value => value < limit && value > -limit && isWithin(value, scale, type))
  const [first, ...rest] = values
  if (first === undefined) return unmakeable
  const value = pick([first, ...rest])
  switch (type.wire) {
    case "text":
      return formatScaled(value, scale)
    case "number":
      return jsonNumber(value, type.fraction ? scale + 2 : scale)
    default:
      return jsonNumber(value, 0)
  }
}

function isWithin(
  value: bigint,
  scale: number,
  { low, high }: Extract<WireType, { precision: number | null }>,
): boolean {
  const scaled = (text: string): bigint =>
    roundRational(fromText(text) ?? { n: 0n, d: 1n }, scale, "half_even") ?? 0n
  if (low !== null && (low.inclusive ? value < scaled(low.value) : value <= scaled(low.value))) return false
  return high === null || (high.inclusive ? value <= scaled(high.value) : value < scaled(high.value))
}

/** A limit, and what lies one step beside it. */
function around(text: string, scale: number): readonly bigint[] {
  const value = fromText(text)
  const scaled = value === undefined ? undefined : roundRational(value, scale, "down")
  return scaled === undefined ? [] : [scaled, scaled + 1n, scaled - 1n]
}

interface TableRow {
  readonly keys: readonly string[]
  /** First and last day it holds, where it is dated. */
  readonly days: readonly string[]
}

function days({ row }: Making): readonly string[] {
  return row.flatMap(one => one.days)
}

interface Literals {
  readonly tables: readonly (readonly TableRow[])[]
  readonly texts: readonly string[]
  readonly figures: readonly string[]
}

const mostLiterals = 60

/** What both versions speak of: constants, arms, and keys of the tables they ask. */
function literalsOf(maps: readonly PlanMap[], plans: readonly Plan[]): Literals {
  const texts = new Set<string>()
  const figures = new Set<string>()
  const note = (value: unknown): void => {
    const text = typeof value === "string" ? value : ""
    if (text === "") return
    if (fromText(text) === undefined) texts.add(text)
    else figures.add(text)
  }
  for (const map of maps)
    for (const node of everyExpression(childrenOfBlock(map.body).map(({ expression }) => expression)))
      for (const value of literalsIn(node)) note(value)
  const asked = new Set(maps.flatMap(({ crosswalks }) => crosswalks))
  const tables = plans.flatMap(({ crosswalks }) =>
    crosswalks
      .filter(({ id }) => asked.has(id))
      .map(({ rows }) =>
        (rows ?? []).slice(0, mostLiterals).map(({ keys, from, until }) => ({
          keys: keys.filter(key => key !== null).map(String),
          days: [from, until].filter(day => day !== null),
        })),
      ),
  )
  return { tables, texts: [...texts].slice(0, mostLiterals), figures: [...figures].slice(0, mostLiterals) }
}

/** Constants and what arms ask for, wherever a kind of expression keeps them. */
function* literalsIn(node: object): Generator<unknown> {
  for (const [name, member] of Object.entries(node)) {
    if (name === "value" || name === "literal" || name === "values") {
      if (typeof member === "string") yield member
      if (Array.isArray(member)) yield* member
    }
    if (name === "arms" && Array.isArray(member))
      for (const arm of member) if (typeof arm === "object" && arm !== null) yield* literalsIn(arm)
    if (name === "pattern" && typeof member === "object" && member !== null) yield* literalsIn(member)
  }
}

/** The same choices for the same number; a linear congruential generator is chance enough. */
function picker(seed: number): Making["pick"] {
  let state = (seed * 2654435761) >>> 0
  return choices => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return choices[Math.floor((state / 4294967296) * choices.length)] ?? choices[0]
  }
}
