// What changed about the type of one field that JSON Schema does not say: digits, the form on the wire, whose amounts they are, known
// values. Flows in: the type on both sides. Flows out: changes that take the place of what the schemas say about the same value.
import { compare, fromText } from "@fmap/runtime"
import type { DecimalWireType, WireType } from "../../plan/index.ts"
import { unitText } from "../../plan/unit-text.ts"
import { type Breaks, type LocalChange, none } from "../schema/shape-change.ts"

const both: Breaks = { backward: true, forward: true }

export function changeOfTypes(old: WireType, now: WireType): readonly LocalChange[] {
  if (isFigure(old) && isFigure(now)) return changeOfFigures(old, now)
  if (old.kind !== now.kind)
    return [
      {
        rule: "S019",
        old: old.kind,
        new: now.kind,
        message: `The type goes from ${old.kind} to ${now.kind}.`,
        breaks: both,
      },
    ]
  const wires = wireChange(old, now)
  if (old.kind === "enum" && now.kind === "enum" && old.open && now.open)
    return [...wires, ...knownValues(old, now)]
  if (old.kind === "int" && now.kind === "int" && wires.length === 0)
    return [
      ...endChange("smallest", inclusive(old.min), inclusive(now.min), 1),
      ...endChange("largest", inclusive(old.max), inclusive(now.max), -1),
    ]
  if (old.kind === "text" && now.kind === "text" && old.measure !== now.measure)
    return [
      ...wires,
      {
        rule: "S013",
        old: `counted in ${measureNames[old.measure]}`,
        new: `counted in ${measureNames[now.measure]}`,
        message: `Its length is counted in ${measureNames[now.measure]} now, and was in ${measureNames[old.measure]}.`,
        breaks: both,
      },
    ]
  if (old.kind === "period" && now.kind === "period" && old.calendar !== now.calendar)
    return [
      ...wires,
      {
        rule: "S019",
        old: `period of ${old.calendar}`,
        new: `period of ${now.calendar}`,
        message: `Its periods are those of ${now.calendar} now, and were those of ${old.calendar}.`,
        breaks: both,
      },
    ]
  return wires
}

const measureNames = { points: "characters", utf16: "UTF-16 units", bytes: "bytes" } as const

function isFigure(type: WireType): type is DecimalWireType {
  return (
    type.kind === "decimal" || type.kind === "money" || type.kind === "quantity" || type.kind === "percent"
  )
}

function changeOfFigures(old: DecimalWireType, now: DecimalWireType): readonly LocalChange[] {
  return [
    ...figureKind(old, now),
    ...digitChange("S014", "digits after the point", old.scale, now.scale),
    ...digitChange("S015", "digits before the point", wholeDigits(old), wholeDigits(now)),
    ...wireChange(old, now),
    ...endChange("smallest", old.low, now.low, 1),
    ...endChange("largest", old.high, now.high, -1),
  ]
}

/** What the figures are figures of. */
function figureKind(old: DecimalWireType, now: DecimalWireType): readonly LocalChange[] {
  const [was, is] = [figureText(old), figureText(now)]
  if (was === is) return []
  return [{ rule: "S019", old: was, new: is, message: `It is ${is} now, and was ${was}.`, breaks: both }]
}

function figureText({ kind, unit, measure, per }: DecimalWireType): string {
  const of = unit === null ? "" : ` in ${unitText(unit)}`
  return `${kind}${of}${per === undefined ? "" : ` per ${per}`}${measure === undefined ? "" : ` of ${measure}`}`
}

function wholeDigits({ precision, scale }: DecimalWireType): number | null {
  return precision === null ? null : precision - scale
}

function digitChange(
  rule: "S014" | "S015",
  name: string,
  old: number | null,
  now: number | null,
): readonly LocalChange[] {
  if (old === now) return []
  const [was, is] = [old ?? Number.POSITIVE_INFINITY, now ?? Number.POSITIVE_INFINITY]
  const shown = (count: number | null) => (count === null ? "any number" : String(count))
  return [
    {
      rule,
      old: `${shown(old)} ${name}`,
      new: `${shown(now)} ${name}`,
      message: `It may have ${shown(now)} ${name} now, and had ${shown(old)}.`,
      breaks: { backward: is < was, forward: is > was },
    },
  ]
}

/** The form in which the same value is written. */
function wireChange(old: WireType, now: WireType): readonly LocalChange[] {
  const [was, is] = [wireText(old), wireText(now)]
  if (was === is) return []
  return [
    {
      rule: "S016",
      old: was,
      new: is,
      message: `The same value is written as ${is} now, and was as ${was}.`,
      breaks: both,
    },
  ]
}

function wireText(type: WireType): string {
  if (!("wire" in type)) return type.kind
  const { wire } = type
  const isFraction = "fraction" in type && type.fraction
  const text = typeof wire === "string" ? wire : JSON.stringify(wire).replace(/[{}"]/gu, "").replace(":", " ")
  return isFraction ? `${text} (a fraction of 1)` : text
}

type End = { readonly value: string; readonly inclusive: boolean } | null

function inclusive(value: string | null): End {
  return value === null ? null : { value, inclusive: true }
}

/** `sign` 1 for lower ends. */
function endChange(name: string, old: End, now: End, sign: 1 | -1): readonly LocalChange[] {
  const order = endOrder(old, now, sign)
  if (order === 0) return []
  const shown = (end: End) =>
    end === null
      ? "without limit"
      : `${end.inclusive ? "" : sign === 1 ? "more than " : "less than "}${end.value}`
  return [
    {
      rule: "S013",
      old: shown(old),
      new: shown(now),
      message: `The ${name} value goes from ${shown(old)} to ${shown(now)}.`,
      breaks: { backward: order < 0, forward: order > 0 },
    },
  ]
}

/** Negative: the new end is the tighter one. */
function endOrder(old: End, now: End, sign: 1 | -1): number {
  if (old === null || now === null) return (old === null ? 0 : 1) - (now === null ? 0 : 1)
  const [was, is] = [fromText(old.value), fromText(now.value)]
  const order = was === undefined || is === undefined ? 0 : compare(was, is) * sign
  return order !== 0 ? order : Number(now.inclusive) - Number(old.inclusive)
}

type EnumType = Extract<WireType, { kind: "enum" }>

/** Of an open list any value may come; the known ones are what readers were told. */
function knownValues(old: EnumType, now: EnumType): readonly LocalChange[] {
  const values = ({ members }: EnumType) => members.map(({ value }) => value)
  const removed = values(old).filter(value => !values(now).includes(value))
  const added = values(now).filter(value => !values(old).includes(value))
  const change = (
    rule: "S010" | "S011",
    list: readonly string[],
    isAdded: boolean,
  ): readonly LocalChange[] =>
    list.length === 0
      ? []
      : [
          {
            rule,
            old: isAdded ? null : list.join(", "),
            new: isAdded ? list.join(", ") : null,
            message: `${list.join(", ")} ${list.length === 1 ? "is a value" : "are values"} readers ${isAdded ? "are told of now" : "are told of no more"}; the list is open.`,
            breaks: none,
          },
        ]
  return [...change("S011", removed, false), ...change("S010", added, true)]
}
