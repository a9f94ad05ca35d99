// Random well-typed expressions: what the checker would let through. Flows in: choices and what may be read. Flows out: expressions of a
// wanted kind that are never missing (or say so in `maybe`), with honest types: emitters rely on scale and digits.
import type {
  PlanBinding,
  PlanExpression,
  PlanGenerator,
  PlanVariable,
  ValueType,
} from "../../../compiler/plan/index.ts"
import { at, bool, here, hole, numeric, text, valueArm, whenArm } from "../interpret/plan-builders.ts"
import type { Draw } from "./draw.ts"
import {
  askCondition,
  askDate,
  askNumber,
  askPeriod,
  askText,
  type Operands,
  periodLiteral,
} from "./random-calendars.ts"
import { withJoin } from "./random-joins.ts"
import { stages } from "./random-shapes.ts"

export interface ListSource {
  readonly source: PlanExpression
  /** What an element offers, once its variable is chosen, and how much of it is decoded. */
  readonly open: (variable: PlanExpression) => {
    readonly readables: readonly PlanExpression[]
    readonly element: PlanBinding | null
    /** Lists inside the element: a second generator may run over one. */
    readonly inner: readonly ListSource[]
  }
  readonly elementType: ValueType
}

export interface Reading {
  readonly draw: Draw
  readonly readables: readonly PlanExpression[]
  readonly lists: readonly ListSource[]
  readonly currency: PlanExpression
  readonly inRow: boolean
  /** Conditions, keys and aggregates may not hold or reject. */
  readonly exits: boolean
  readonly variables: PlanVariable[]
}

type NumberType = Extract<ValueType, { kind: "number" }>
type Kind = ValueType["kind"]

export function fresh(reading: Reading, name: string, type: ValueType, maybe = false): number {
  reading.variables.push({ name, type, maybe })
  return reading.variables.length - 1
}

export const read = (id: number, type: ValueType, maybe = false): PlanExpression => ({
  kind: "variable",
  variable: id,
  type,
  maybe,
  at: here,
})
const node = (type: ValueType, maybe = false) => ({ type, maybe, at: here })
export const textOf = (value: string): PlanExpression => ({ kind: "literal", value, ...node(text) })
const literal = (value: string, type: ValueType): PlanExpression => ({
  kind: "literal",
  value,
  ...node(type),
})

export function figureOf(value: string): PlanExpression {
  const [whole = "", fraction = ""] = value.replace("-", "").split(".")
  return literal(value, {
    kind: "number",
    digits: whole === "0" ? 0 : whole.length,
    scale: fraction.length,
    rational: false,
  })
}

export function typeOfNumber(expression: PlanExpression): NumberType {
  if (expression.type.kind !== "number") throw new Error(`no number: ${expression.kind}`)
  return expression.type
}

function joined(...types: readonly NumberType[]): NumberType {
  const digits = types.map(type => type.digits)
  return {
    kind: "number",
    rational: false,
    scale: Math.max(...types.map(type => type.scale)),
    digits: digits.every(one => one !== null) ? Math.max(...digits.map(Number)) : null,
  }
}

export function candidates(reading: Reading, kind: Kind): readonly PlanExpression[] {
  return reading.readables.filter(one => one.type.kind === kind)
}

// ── Ways out ───────────────────────────────────────────────────────────────
export function exitOf(reading: Reading): PlanExpression {
  const { draw } = reading
  const verb = draw.pick(
    reading.inRow ? (["reject", "hold", "hold", "skip"] as const) : (["reject", "hold", "hold"] as const),
  )
  const message = draw.chance(40) ? textExpression(reading, 0) : null
  return {
    kind: "exit",
    verb,
    code: `${verb.toUpperCase()}_${draw.int(1, 4)}`,
    message,
    type: { kind: "never" },
    maybe: false,
    at: at(draw.int(2, 99)),
  }
}

/** Never missing: an `else` stands outside where it may be. */
export function total(reading: Reading, value: PlanExpression, depth = 0): PlanExpression {
  if (!value.maybe) return value
  const out = reading.exits && (reading.draw.chance(10) || !isPlain(value.type))
  const fallback = out ? exitOf(reading) : ofKind(reading, value.type.kind, depth)
  const type =
    fallback.type.kind === "number" && value.type.kind === "number"
      ? joined(value.type, fallback.type)
      : value.type
  return { kind: "else", value, fallback, type, maybe: false, at: here }
}

function isPlain(type: ValueType): boolean {
  return ["text", "bool", "number", "date"].includes(type.kind)
}

export function ofKind(reading: Reading, kind: Kind, depth: number): PlanExpression {
  switch (kind) {
    case "number":
      return numberExpression(reading, depth)
    case "bool":
      return condition(reading, depth)
    case "date":
      return dateExpression(reading, depth)
    case "text":
      return textExpression(reading, depth)
    default:
      throw new Error(`no expression of kind ${kind}`)
  }
}

// ── Numbers ────────────────────────────────────────────────────────────────
export function numberExpression(reading: Reading, depth: number): PlanExpression {
  const { draw } = reading
  const leaves = candidates(reading, "number")
  if (depth <= 0 || draw.chance(25)) {
    return leaves.length > 0 && draw.chance(75)
      ? total(reading, draw.pick(leaves))
      : figureOf(draw.pick(["0", "1", "-1", "2.5", "0.01", "100", "0.333"]))
  }
  const inner = (): PlanExpression => numberExpression(reading, depth - 1)
  switch (draw.int(0, 13)) {
    case 0:
    case 1:
    case 2:
      return arithmeticExpression(draw.pick(["+", "-", "*", "*"] as const), inner(), inner())
    case 3: {
      const of = inner()
      return { kind: "negate", of, type: of.type, maybe: false, at: here }
    }
    case 4: {
      const of = inner()
      return call("abs", of.type, of)
    }
    case 5:
    case 6:
      return total(reading, rounded(reading, division(reading, depth)))
    case 7:
      return total(reading, rounded(reading, inner()))
    case 8:
      return aggregateNumber(reading, depth) ?? inner()
    case 9:
      return choice(reading, inner)
    case 10:
      return total(reading, lookupNumber(reading))
    case 11:
      return draw.chance(50)
        ? call("length", numeric(0), textExpression(reading, depth - 1))
        : call("days_between", numeric(0), dateExpression(reading, 0), dateExpression(reading, 0))
    case 12:
      return total(reading, askNumber(operandsOf(reading), draw))
    default:
      return total(reading, call("parse_int", numeric(0), textExpression(reading, depth - 1), true))
  }
}

function call(name: string, type: ValueType, ...rest: readonly (PlanExpression | boolean)[]): PlanExpression {
  const values = rest.filter(one => typeof one !== "boolean")
  return { kind: "call", function: name, arguments: values, type, maybe: rest.includes(true), at: here }
}

export function arithmeticExpression(
  operator: "+" | "-" | "*",
  left: PlanExpression,
  right: PlanExpression,
): PlanExpression {
  const a = typeOfNumber(left)
  const b = typeOfNumber(right)
  const known = a.digits !== null && b.digits !== null
  const type: NumberType =
    operator === "*"
      ? {
          kind: "number",
          rational: false,
          scale: a.scale + b.scale,
          digits: known ? Number(a.digits) + Number(b.digits) : null,
        }
      : { ...joined(a, b), digits: known ? Math.max(Number(a.digits), Number(b.digits)) + 1 : null }
  const value: PlanExpression = { kind: "arithmetic", operator, left, right, type, maybe: false, at: here }
  return type.scale > 9 ? roundTo(value, 4, "half_even") : value
}

/** Rational: must stand in a `round`. */
function division(reading: Reading, depth: number): PlanExpression {
  const { draw } = reading
  const type: ValueType = { kind: "number", digits: null, scale: 0, rational: true }
  const divide = (left: PlanExpression, right: PlanExpression): PlanExpression => ({
    kind: "arithmetic",
    operator: "/",
    left,
    right,
    type,
    maybe: true,
    at: here,
  })
  const quotient = divide(numberExpression(reading, depth - 1), numberExpression(reading, depth - 2))
  if (draw.chance(60)) return quotient
  const operator = draw.pick(["*", "+", "-"] as const)
  return {
    kind: "arithmetic",
    operator,
    left: quotient,
    right: numberExpression(reading, 0),
    type,
    maybe: true,
    at: here,
  }
}

const modes = ["half_even", "half_up", "half_down", "up", "down", "ceiling", "floor", "exact"] as const

function rounded(reading: Reading, of: PlanExpression): PlanExpression {
  const { draw } = reading
  const mode = draw.pick(modes)
  if (!draw.chance(20)) return roundTo(of, draw.int(0, 4), mode)
  const type: NumberType = { kind: "number", digits: null, scale: 4, rational: false }
  return {
    kind: "round",
    of,
    scale: { kind: "minor", currency: reading.currency },
    mode,
    type,
    maybe: of.maybe || mode === "exact",
    at: here,
  }
}

export function roundTo(of: PlanExpression, digits: number, mode: (typeof modes)[number]): PlanExpression {
  const known = typeOfNumber(of)
  const type: NumberType = {
    kind: "number",
    digits: known.rational || known.digits === null ? null : known.digits + 1,
    scale: digits,
    rational: false,
  }
  return {
    kind: "round",
    of,
    scale: { kind: "digits", digits },
    mode,
    type,
    maybe: of.maybe || mode === "exact",
    at: here,
  }
}

// ── Lists ──────────────────────────────────────────────────────────────────
export interface Opened {
  readonly inside: Reading
  readonly generators: readonly PlanGenerator[]
  readonly maybe: boolean
  /** Lists inside the innermost element that no generator walks yet. */
  readonly inner: readonly ListSource[]
}

export function openList(reading: Reading, list: ListSource, inRow: boolean): Opened {
  const id = fresh(reading, "row", list.elementType)
  const { readables, element, inner } = list.open(read(id, list.elementType))
  const inside: Reading = { ...reading, inRow, readables: [...reading.readables, ...readables] }
  const generators = [{ variable: id, source: list.source, element }]
  const opened: Opened = { inside, generators, maybe: list.source.maybe, inner }
  if (reading.draw.chance(15)) return withJoin(opened, reading, inRow)
  if (inner.length === 0 || !reading.draw.chance(40)) return opened
  const second = openList(inside, reading.draw.pick(inner), inRow)
  return {
    inside: second.inside,
    generators: [...generators, ...second.generators],
    maybe: opened.maybe || second.maybe,
    inner: second.inner,
  }
}

function aggregateNumber(reading: Reading, depth: number): PlanExpression | null {
  const { draw } = reading
  if (reading.lists.length === 0) return null
  const opened = openList({ ...reading, inRow: false }, draw.pick(reading.lists), false)
  const where = draw.chance(40) ? condition(noExits(opened.inside), 1) : null
  const operation = draw.pick(["sum", "sum", "count", "min", "max", "average", "first", "last"] as const)
  const value = operation === "count" ? null : numberExpression(noExits(opened.inside), depth - 1)
  const base: NumberType =
    value === null ? { kind: "number", digits: null, scale: 0, rational: false } : typeOfNumber(value)
  const type: NumberType =
    operation === "average"
      ? { ...base, digits: null, rational: true }
      : operation === "sum" || operation === "count"
        ? { ...base, digits: null }
        : base
  const may = opened.maybe || ["min", "max", "average", "first", "last"].includes(operation)
  const of: PlanExpression = {
    kind: "aggregate",
    operation,
    generators: opened.generators,
    where,
    value,
    type,
    maybe: may,
    at: here,
  }
  return total(reading, operation === "average" ? rounded(reading, of) : of)
}

/** For conditions, keys and aggregates: only what is certainly there may be read, and nothing ends the record. */
export function noExits(reading: Reading): Reading {
  return {
    ...reading,
    exits: false,
    readables: reading.readables.filter(one => !one.maybe),
    lists: reading.lists.filter(list => !list.source.maybe),
  }
}

// ── Choices ────────────────────────────────────────────────────────────────
function choice(reading: Reading, arm: () => PlanExpression): PlanExpression {
  const { draw } = reading
  const maybes = reading.readables.filter(one => one.maybe && isPlain(one.type))
  if (maybes.length > 0 && draw.chance(35)) return presence(reading, draw.pick(maybes), arm)
  if (draw.chance(20))
    return argument(reading, maybes.length > 0 && draw.chance(50) ? draw.pick(maybes) : arm(), arm())
  if (draw.chance(50)) {
    const arms = [
      whenArm(condition(reading, 1), arm()),
      ...(draw.chance(40) ? [whenArm(condition(reading, 0), arm())] : []),
    ]
    const otherwise = reading.exits && draw.chance(5) ? exitOf(reading) : arm()
    return {
      kind: "conditional",
      bind: null,
      arms,
      otherwise,
      type: armType([...arms.map(one => one.then), otherwise]),
      maybe: false,
      at: here,
    }
  }
  return switchOf(reading, arm)
}

/** A computed argument of a call that is written out: bound once, and no arm asks for it. */
function argument(reading: Reading, value: PlanExpression, other: PlanExpression): PlanExpression {
  const id = fresh(reading, "argument", value.type, value.maybe)
  const bound = read(id, value.type, value.maybe)
  const otherwise: PlanExpression =
    value.type.kind !== other.type.kind
      ? other
      : value.maybe
        ? {
            kind: "else",
            value: bound,
            fallback: other,
            type: armType([bound, other]),
            maybe: false,
            at: here,
          }
        : reading.draw.chance(80)
          ? bound
          : other
  return {
    kind: "conditional",
    bind: { variable: id, value },
    arms: [],
    otherwise,
    type: otherwise.type,
    maybe: false,
    at: here,
  }
}

function armType(values: readonly PlanExpression[]): ValueType {
  const types = values.map(value => value.type)
  const numbers = types.filter(type => type.kind === "number")
  return numbers.length > 0
    ? joined(...numbers)
    : (types.find(type => type.kind !== "never") ?? { kind: "never" })
}

/** `match x { missing -> …, present as v -> … }`. */
function presence(reading: Reading, value: PlanExpression, arm: () => PlanExpression): PlanExpression {
  const id = fresh(reading, "bound", value.type, true)
  const bound = read(id, value.type, true)
  const present: PlanExpression = {
    kind: "present",
    of: bound,
    negated: false,
    type: bool,
    maybe: false,
    at: here,
  }
  const other = arm()
  const found: PlanExpression = other.type.kind === value.type.kind ? read(id, value.type) : arm()
  return {
    kind: "conditional",
    bind: { variable: id, value },
    arms: [whenArm(present, found)],
    otherwise: other,
    type: armType([found, other]),
    maybe: false,
    at: here,
  }
}

function switchOf(reading: Reading, arm: () => PlanExpression): PlanExpression {
  const { draw } = reading
  const texts = candidates(reading, "text")
  const subject = texts.length > 0 ? draw.pick(texts) : textOf("Won")
  const arms = [
    valueArm(draw.chance(50) ? ["Won", "AB"] : ["Open"], arm()),
    ...(draw.chance(60) ? [valueArm(["Lost", "Acme", "a"], arm())] : []),
  ]
  const missing = subject.maybe ? (reading.exits && draw.chance(8) ? exitOf(reading) : arm()) : null
  const otherwise = reading.exits && draw.chance(5) ? exitOf(reading) : arm()
  const values = [...arms.map(one => one.then), otherwise, ...(missing === null ? [] : [missing])]
  return { kind: "switch", subject, arms, missing, otherwise, type: armType(values), maybe: false, at: here }
}

// ── Crosswalks ─────────────────────────────────────────────────────────────
export const termsType = numeric(2)

function lookupNumber(reading: Reading): PlanExpression {
  if (reading.draw.chance(30)) {
    return {
      kind: "lookup",
      crosswalk: "Codes",
      keys: [textExpression(reading, 0)],
      asOf: null,
      inverse: true,
      type: numeric(0),
      maybe: true,
      at: here,
    }
  }
  return {
    kind: "lookup",
    crosswalk: "Terms",
    keys: [textExpression(reading, 0)],
    asOf: null,
    inverse: false,
    type: { ...termsType, digits: 4 } as ValueType,
    maybe: true,
    at: here,
  }
}

function lookupText(reading: Reading): PlanExpression {
  const of: PlanExpression = {
    kind: "lookup",
    crosswalk: "Places",
    keys: [textExpression(reading, 0), numberKey(reading)],
    asOf: null,
    inverse: false,
    type: { kind: "record", shape: "Address" },
    maybe: true,
    at: here,
  }
  return {
    kind: "field",
    of,
    field: reading.draw.pick(["city", "zip"]),
    narrowed: false,
    type: text,
    maybe: true,
    at: here,
  }
}

export const areaLevels = ["All", "Area", "__proto__"]

function rollup(reading: Reading): PlanExpression {
  const level: PlanExpression = {
    kind: "literal",
    value: reading.draw.pick(areaLevels),
    type: text,
    maybe: false,
    at: here,
  }
  return {
    kind: "lookup",
    crosswalk: "Areas",
    keys: [textExpression(reading, 0), level],
    asOf: null,
    inverse: false,
    type: text,
    maybe: true,
    at: here,
  }
}

function lookupOfDay(reading: Reading): PlanExpression {
  return {
    kind: "lookup",
    crosswalk: "Desks",
    keys: [textExpression(reading, 0), textExpression(reading, 0)],
    asOf: total(reading, dateExpression(reading, 0)),
    inverse: false,
    type: text,
    maybe: true,
    at: here,
  }
}

function numberKey(reading: Reading): PlanExpression {
  const value = figureOf(reading.draw.pick(["1", "2.5", "0.01"]))
  const fields = candidates(reading, "number").filter(one => !one.maybe && typeOfNumber(one).scale <= 2)
  return fields.length > 0 && reading.draw.chance(40) ? reading.draw.pick(fields) : value
}

// ── Texts, dates, conditions ───────────────────────────────────────────────
export function textExpression(reading: Reading, depth: number): PlanExpression {
  const { draw } = reading
  const leaves = candidates(reading, "text").filter(one => depth > 0 || !one.maybe)
  if (depth <= 0 || draw.chance(40)) {
    return leaves.length > 0 && draw.chance(80)
      ? total(reading, draw.pick(leaves))
      : textOf(draw.pick(["Acme", "AB", `a\`$` + "{x}*/\u2028\"'", "👍", "", "Won"]))
  }
  switch (draw.int(0, 8)) {
    case 6:
      return takenApart(reading, depth)
    case 7:
      return call("strip_zeros", text, textExpression(reading, depth - 1))
    case 0:
    case 1: {
      const parts = ["<", ...Array.from({ length: draw.int(1, 3) }, () => holeOf(reading, depth)), "}"]
      return { kind: "interpolation", parts, type: text, maybe: false, at: here }
    }
    case 2:
      return call(draw.pick(["upper", "lower", "trim"]), text, textExpression(reading, depth - 1))
    case 3:
      return call("truncate", text, textExpression(reading, depth - 1), figureOf(draw.pick(["2", "5"])))
    case 4:
      return choice(reading, () => textExpression(reading, depth - 1))
    case 5:
      return total(reading, askText(operandsOf(reading), draw))
    default:
      return total(reading, draw.pick([lookupText, lookupOfDay, rollup])(reading))
  }
}

/** `(a, b?) = …`: a part of a list of texts, which is there, may be missing, or is asked for first. */
function takenApart(reading: Reading, depth: number): PlanExpression {
  const { draw } = reading
  const texts: ValueType = { kind: "list", of: text }
  const of = textExpression(reading, depth - 1)
  const split = call("split", texts, of, textOf(draw.pick([" ", "A", ""])))
  switch (draw.int(0, 2)) {
    case 0:
      return call("part", text, split, figureOf("1"))
    case 1:
      return total(reading, call("part", text, split, figureOf(draw.pick(["1", "2", "3"])), true))
    default: {
      const counted = call("parts", texts, split, figureOf("1"), figureOf("2"), true)
      const fallback = call("split", texts, textOf("x y"), textOf(" "))
      const sure: PlanExpression = {
        kind: "else",
        value: counted,
        fallback,
        type: texts,
        maybe: false,
        at: here,
      }
      return call("part", text, sure, figureOf("1"))
    }
  }
}

function holeOf(reading: Reading, depth: number): ReturnType<typeof hole> {
  const { draw } = reading
  const masked = draw.chance(15)
  switch (draw.int(0, 3)) {
    case 0:
      return hole(numberExpression(reading, depth - 1), null, masked)
    case 1:
      return hole(dateExpression(reading, 0), draw.pick([null, "dd.MM.yyyy"]), masked)
    default:
      return hole(textExpression(reading, depth - 1), null, masked)
  }
}

/** What a question to a calendar is about. */
function operandsOf(reading: Reading): Operands {
  return {
    date: () => dateExpression(reading, 0),
    count: () => figureOf(reading.draw.pick(["0", "1", "3", "-2", "12", "2026"])),
    period: calendar => periodExpression(reading, calendar, 0),
  }
}

export function periodExpression(reading: Reading, calendar: string, depth: number): PlanExpression {
  const { draw } = reading
  const leaves = candidates(reading, "period").filter(
    one => one.type.kind === "period" && one.type.calendar === calendar,
  )
  const literal = periodLiteral(calendar)
  const value =
    depth <= 0 || draw.chance(40)
      ? leaves.length > 0 && draw.chance(70)
        ? draw.pick(leaves)
        : literal
      : askPeriod(calendar, operandsOf(reading), draw)
  if (!value.maybe) return value
  const fallback = reading.exits && draw.chance(20) ? exitOf(reading) : literal
  return { kind: "else", value, fallback, type: value.type, maybe: false, at: here }
}

export function dateExpression(reading: Reading, depth: number): PlanExpression {
  const { draw } = reading
  const leaves = candidates(reading, "date")
  if (depth <= 0 || draw.chance(50)) {
    return leaves.length > 0 && draw.chance(70)
      ? total(reading, draw.pick(leaves))
      : literal(draw.pick(["2026-03-31", "2000-02-29"]), { kind: "date" })
  }
  if (draw.chance(30)) return total(reading, askDate(operandsOf(reading), draw))
  const instants = candidates(reading, "instant")
  if (instants.length > 0 && draw.chance(70)) {
    const fixed: PlanExpression = {
      kind: "literal",
      value: "9999-12-31T20:00:00Z",
      ...node({ kind: "instant" }),
    }
    const found = draw.pick(instants)
    const of: PlanExpression = found.maybe
      ? { kind: "else", value: found, fallback: fixed, ...node({ kind: "instant" }) }
      : found
    const zone = draw.pick(["Europe/Berlin", "America/New_York", "UTC"])
    return { kind: "zoned", gives: "date", zone, policy: "refuse", of, ...node({ kind: "date" }) }
  }
  return total(
    reading,
    call(
      "add_days",
      { kind: "date" },
      dateExpression(reading, 0),
      figureOf(draw.pick(["1", "-400", "3000000"])),
      true,
    ),
  )
}

const operators = ["==", "!=", "<", "<=", ">", ">="] as const

export function condition(reading: Reading, depth: number): PlanExpression {
  const { draw } = reading
  const of = (kind: "number" | "text" | "date"): PlanExpression => ofKind(reading, kind, depth - 1)
  const kind = draw.pick(["number", "number", "text", "date"] as const)
  switch (depth <= 0 ? draw.int(0, 3) : draw.int(0, 10)) {
    case 0:
    case 1:
      return {
        kind: "compare",
        operator: draw.pick(operators),
        left: of(kind),
        right: of(kind),
        type: bool,
        maybe: false,
        at: here,
      }
    case 2: {
      const flags = candidates(reading, "bool")
      return flags.length > 0
        ? total(reading, draw.pick(flags))
        : { kind: "literal", value: draw.chance(50), type: bool, maybe: false, at: here }
    }
    case 3: {
      const maybes = reading.readables.filter(one => one.maybe)
      if (maybes.length === 0) return { kind: "literal", value: true, type: bool, maybe: false, at: here }
      return {
        kind: "present",
        of: draw.pick(maybes),
        negated: draw.chance(50),
        type: bool,
        maybe: false,
        at: here,
      }
    }
    case 4:
      return {
        kind: "between",
        of: of(kind),
        low: of(kind),
        high: of(kind),
        negated: draw.chance(40),
        type: bool,
        maybe: false,
        at: here,
      }
    case 5:
      return {
        kind: "anyOf",
        of: of("text"),
        options: [...stages.slice(0, 2), "AB"].map(textOf),
        negated: draw.chance(40),
        type: bool,
        maybe: false,
        at: here,
      }
    case 6:
      return {
        kind: "logic",
        operator: draw.pick(["and", "or"]),
        left: condition(reading, depth - 1),
        right: condition(reading, depth - 1),
        type: bool,
        maybe: false,
        at: here,
      }
    case 8:
      return askCondition(operandsOf(reading), draw)
    case 9: {
      const calendar = draw.pick(["Corp", "Ledger"])
      return {
        kind: "compare",
        operator: draw.pick(operators),
        left: periodExpression(reading, calendar, 0),
        right: periodExpression(reading, calendar, 1),
        type: bool,
        maybe: false,
        at: here,
      }
    }
    case 7:
      return { kind: "not", of: condition(reading, depth - 1), type: bool, maybe: false, at: here }
    default:
      return quantifier(reading, depth) ?? condition(reading, depth - 1)
  }
}

function quantifier(reading: Reading, depth: number): PlanExpression | null {
  const lists = reading.lists.filter(list => !list.source.maybe)
  if (lists.length === 0) return null
  const opened = openList({ ...reading, inRow: false }, reading.draw.pick(lists), false)
  if (opened.maybe) return null
  const value = condition(noExits(opened.inside), depth - 1)
  return {
    kind: "aggregate",
    operation: reading.draw.pick(["any", "all"]),
    generators: opened.generators,
    where: null,
    value,
    type: bool,
    maybe: false,
    at: here,
  }
}
