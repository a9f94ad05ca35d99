// What changed about types, lists of values, numbers and texts. Flows in: the facts of both sides. Flows out: changes, each with whom it
// would break. Numbers are compared as rationals.
import { compare, formatShortest, type Rational, toScaled } from "@fmap/runtime"
import type { Facts } from "./facts.ts"
import { isMultiple } from "./facts.ts"
import { canonicalText, typeBits, typeNames } from "./json-values.ts"
import type { Bound } from "./keywords.ts"
import type { Patterns } from "./patterns/language.ts"
import { type LocalChange, quoted } from "./shape-change.ts"

export function changeOfValues(old: Facts, now: Facts, patterns: Patterns): readonly LocalChange[] {
  const told = [...nullChange(old, now), ...typeChange(old, now), ...listChange(old, now)]
  // a list of values says all there is to say
  if (old.values !== null || now.values !== null) return told
  return [
    ...told,
    ...boundChange("smallest value", old.low, now.low, 1),
    ...boundChange("largest value", old.high, now.high, -1),
    ...multipleChange(old.multiples, now.multiples),
    ...countChange("S013", "shortest text", "character", old.minLength, now.minLength, 1),
    ...countChange("S013", "longest text", "character", old.maxLength, now.maxLength, -1),
    ...patternChange(old.patterns, now.patterns, patterns),
    ...formatChange(old.formats, now.formats),
  ]
}

function nullChange(old: Facts, now: Facts): readonly LocalChange[] {
  const [was, is] = [old, now].map(({ types }) => (types & typeBits.null) !== 0)
  // a value that was or is nothing but null changed its type
  if (was === is || old.types === typeBits.null || now.types === typeBits.null) return []
  return [
    {
      rule: "S009",
      old: was ? "may be null" : "never null",
      new: is ? "may be null" : "never null",
      message: is ? "It may be null now." : "It may be null no more.",
      breaks: { backward: was === true, forward: is === true },
    },
  ]
}

function typeChange(old: Facts, now: Facts): readonly LocalChange[] {
  const isOnlyNull = old.types === typeBits.null || now.types === typeBits.null
  const without = isOnlyNull ? 0 : typeBits.null
  const [was, is] = [old.types & ~without, now.types & ~without]
  // lists of values say more than their types
  if (was === is || (old.values !== null && now.values !== null && !isOnlyNull)) return []
  const shown = (bits: number) => typeNames(bits).join(" or ") || "nothing"
  return [
    {
      rule: "S019",
      old: shown(was),
      new: shown(is),
      message: `The type goes from ${shown(was)} to ${shown(is)}.`,
      breaks: { backward: (was & ~is) !== 0, forward: (is & ~was) !== 0 },
    },
  ]
}

/** Values named in a message. */
const mostShown = 5

function listChange(old: Facts, now: Facts): readonly LocalChange[] {
  if (old.values === null && now.values === null) return []
  if (old.values === null || now.values === null) {
    const isClosed = now.values !== null
    const values = shownValues(now.values ?? old.values ?? [])
    return [
      {
        rule: "S012",
        old: isClosed ? "any value" : values,
        new: isClosed ? values : "any value",
        message: isClosed
          ? `Only these values are allowed now: ${values}.`
          : `The values are no fixed list any more; they were ${values}.`,
        breaks: { backward: isClosed, forward: !isClosed },
      },
    ]
  }
  const [was, is] = [byKey(old.values), byKey(now.values)]
  const difference = (from: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>) =>
    [...from].filter(([key]) => key !== "null" && !other.has(key)).map(([, value]) => value)
  const removed = difference(was, is)
  const added = difference(is, was)
  return [
    ...(removed.length === 0
      ? []
      : [
          {
            rule: "S011",
            old: shownValues(removed),
            new: null,
            message: `${shownValues(removed)} ${removed.length === 1 ? "is" : "are"} allowed no more.`,
            breaks: { backward: true, forward: false },
          } as const,
        ]),
    ...(added.length === 0
      ? []
      : [
          {
            rule: "S010",
            old: null,
            new: shownValues(added),
            message: `${shownValues(added)} ${added.length === 1 ? "is" : "are"} allowed now.`,
            breaks: { backward: false, forward: true },
          } as const,
        ]),
  ]
}

function byKey(values: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(values.map(value => [canonicalText(value), value]))
}

function shownValues(values: readonly unknown[]): string {
  const shown = values.slice(0, mostShown).map(quoted).join(", ")
  return values.length > mostShown ? `${shown} and ${values.length - mostShown} more` : shown
}

/** `sign` 1 for lower bounds, where the larger one is the tighter. */
function boundChange(
  name: string,
  old: Bound | null,
  now: Bound | null,
  sign: 1 | -1,
): readonly LocalChange[] {
  const order = boundOrder(old, now, sign)
  if (order === 0) return []
  const shown = (bound: Bound | null) =>
    bound === null
      ? "without limit"
      : `${bound.exclusive ? (sign === 1 ? "more than " : "less than ") : ""}${decimalText(bound.value)}`
  return [
    {
      rule: "S013",
      old: shown(old),
      new: shown(now),
      message: `The ${name} goes from ${shown(old)} to ${shown(now)}.`,
      breaks: { backward: order < 0, forward: order > 0 },
    },
  ]
}

/** Negative: the new bound is the tighter one. */
function boundOrder(old: Bound | null, now: Bound | null, sign: 1 | -1): number {
  if (old === null || now === null) return (old === null ? 0 : 1) - (now === null ? 0 : 1)
  const order = compare(old.value, now.value) * sign
  return order !== 0 ? order : Number(old.exclusive) - Number(now.exclusive)
}

function multipleChange(old: readonly Rational[], now: readonly Rational[]): readonly LocalChange[] {
  const covers = (from: readonly Rational[], to: readonly Rational[]) =>
    to.every(wanted => from.some(known => isMultiple(known, wanted)))
  const [backward, forward] = [!covers(old, now), !covers(now, old)]
  if (!backward && !forward) return []
  const isScale = [...old, ...now].every(isPlace)
  const shown = (all: readonly Rational[]) =>
    all.length === 0 ? "any number" : `multiples of ${all.map(decimalText).join(" and ")}`
  return [
    {
      rule: isScale ? "S014" : "S013",
      old: shown(old),
      new: shown(now),
      message: `The allowed steps go from ${shown(old)} to ${shown(now)}.`,
      breaks: { backward, forward },
    },
  ]
}

/** 1, 0.1, 0.01: what a number of decimal places comes to. */
function isPlace({ n, d }: Rational): boolean {
  return n === 1n && /^10*$/u.test(String(d))
}

export function countChange(
  rule: "S013" | "S022",
  name: string,
  unit: string,
  old: number | null,
  now: number | null,
  sign: 1 | -1,
): readonly LocalChange[] {
  if (old === now) return []
  const far = sign === 1 ? 0 : Number.POSITIVE_INFINITY
  const isTighter = (now ?? far) * sign > (old ?? far) * sign
  const shown = (count: number | null) =>
    count === null ? "without limit" : `${count} ${unit}${count === 1 ? "" : "s"}`
  return [
    {
      rule,
      old: shown(old),
      new: shown(now),
      message: `The ${name} goes from ${shown(old)} to ${shown(now)}.`,
      breaks: { backward: isTighter, forward: !isTighter },
    },
  ]
}

function patternChange(
  old: readonly string[],
  now: readonly string[],
  patterns: Patterns,
): readonly LocalChange[] {
  const removed = old.filter(one => !now.includes(one))
  const added = now.filter(one => !old.includes(one))
  if (removed.length === 0 && added.length === 0) return []
  const covers = (from: readonly string[], to: readonly string[]) =>
    to.every(
      wide =>
        !patterns.stopsNothing(wide) &&
        from.some(narrow => patterns.includes(narrow, wide).kind === "included"),
    )
  const backward = !covers(old, added)
  const forward = !covers(now, removed)
  const slip = added.find(patterns.stopsNothing)
  const shown = (all: readonly string[]) => (all.length === 0 ? "any text" : all.join(" and "))
  return [
    {
      rule: "S017",
      old: shown(removed),
      new: shown(added),
      message:
        slip === undefined
          ? `The pattern goes from ${shown(removed)} to ${shown(added)}${howPatterns(backward, forward)}.`
          : `The pattern goes from ${shown(removed)} to ${shown(added)}, which stops nothing; perhaps ^${slip}$ was meant.`,
      breaks: { backward, forward },
      unproved: true,
    },
  ]
}

function howPatterns(backward: boolean, forward: boolean): string {
  if (!backward && !forward) return ", which lets the same texts through"
  if (!backward) return ", which lets more through"
  return forward ? "" : ", which lets less through"
}

function formatChange(old: ReadonlySet<string>, now: ReadonlySet<string>): readonly LocalChange[] {
  const removed = [...old].filter(one => !now.has(one))
  const added = [...now].filter(one => !old.has(one))
  if (removed.length === 0 && added.length === 0) return []
  const shown = (all: readonly string[]) =>
    all.length === 0 ? "none" : all.map(one => one.replace(/^format:/u, "").replace(":", " ")).join(" and ")
  return [
    {
      rule: "S018",
      old: shown(removed),
      new: shown(added),
      message: `The format goes from ${shown(removed)} to ${shown(added)}.`,
      breaks: { backward: added.length > 0, forward: removed.length > 0 },
      unproved: true,
    },
  ]
}

/** Exact; bounds of JSON always have an end. */
export function decimalText(value: Rational): string {
  for (let scale = 0; scale <= 400; scale++) {
    const scaled = toScaled(value, scale)
    if (scaled !== undefined) return formatShortest(scaled, scale)
  }
  return `${value.n}/${value.d}`
}
