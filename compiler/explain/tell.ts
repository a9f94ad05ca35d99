// Tells one traced expression: its text, its value, what happened, its parts. Flows in: the trace. Flows out: a tree that a reader can
// follow from the value to the payload; fields of the target that were made before are named by pointer, to be asked for in their turn.
// Personal data, and what is made of it, is never shown.
import { crosswalkKey, formatScaled, masked as mask, pointer as pointerTo } from "@fmap/runtime"
import type { PlanIndex } from "../interpret/internals.ts"
import { answeringRow, SKIPPED } from "../interpret/internals.ts"
import type { PlanExpression, PlanMap } from "../plan/index.ts"
import type { LocateRow } from "./explain-value.ts"
import type { Allocation, CrosswalkAnswer, Explained, Rounding, SourceValue } from "./explanation.ts"
import { idleKeys } from "./idle-keys.ts"
import { originOf, stepsOf } from "./made-of.ts"
import type { Recording, Standing, Step, Traced } from "./record-trace.ts"
import { sourceText } from "./source-text.ts"
import { shownValue } from "./value-shown.ts"

export interface Telling {
  readonly index: PlanIndex
  readonly map: PlanMap
  readonly recording: Recording
  /** Of a run over a set: the source that is walked, and the row, from 0. */
  readonly row: { readonly root: string; readonly index: number } | null
  readonly locate: LocateRow
  readonly textOf: (path: string) => string | undefined
  readonly isHidden: (traced: Traced) => boolean
  /** Filled on the way. */
  readonly sources: SourceValue[]
  readonly crosswalks: CrosswalkAnswer[]
  readonly roundings: Rounding[]
  readonly allocations: Allocation[]
}

export function tell(traced: Traced, telling: Telling): Explained {
  const { expression } = traced
  switch (expression.kind) {
    case "fit": {
      const [inner] = traced.children
      return inner === undefined ? told(traced, "", [], telling) : tell(inner, telling)
    }
    case "variable":
      return tellVariable(traced, telling)
    case "field":
      return tellField(traced, telling)
    case "lookup":
      return tellLookup(traced, telling)
    case "round":
      return tellRound(traced, telling)
    case "else": {
      const [, fallback] = traced.children
      return told(traced, fallback === undefined ? "" : "the fallback", partsOf(traced, telling), telling)
    }
    case "switch":
    case "conditional":
      return told(traced, armOf(traced, telling), partsOf(traced, telling), telling)
    case "record":
      return told(
        traced,
        "",
        [...traced.members].map(([name, step]) => reference(name, step, telling)),
        telling,
      )
    case "each":
      return tellRows(traced, telling)
    case "present": {
      // What an arm binds is told where it is used.
      const [of] = traced.children
      return told(traced, "", of?.stands?.kind === "bound" ? [] : partsOf(traced, telling), telling)
    }
    case "exit":
      return told(traced, `${expression.verb} ${expression.code}`, partsOf(traced, telling), telling)
    default:
      return told(traced, "", partsOf(traced, telling), telling)
  }
}

/** The whole result: each field by name, to be asked for. */
export function tellResult(telling: Telling): Explained {
  const { map, index, recording } = telling
  return {
    text: map.name,
    value: "a record",
    at: index.position(map.at),
    note: "",
    parts: [...recording.members]
      .filter(([, { step }]) => step.kind === "field")
      .map(([name, step]) => reference(name, step, telling)),
  }
}

function told(traced: Traced, note: string, parts: readonly Explained[], telling: Telling): Explained {
  const { expression, value } = traced
  return {
    text: sourceText(expression.at, telling.index.plan, telling.textOf),
    value: telling.isHidden(traced) ? mask : shownValue(value),
    at: telling.index.position(expression.at),
    note,
    parts,
  }
}

/** A constant says itself in the text of what it is part of; the currencies that rows are read with are no part. */
function partsOf(traced: Traced, telling: Telling): readonly Explained[] {
  const generators = "generators" in traced.expression ? traced.expression.generators : []
  const units = generators.flatMap(({ element }) => element?.arguments ?? [])
  const idle = idleKeys(traced, generators)
  // A name without arms decides nothing: it is told where it is used.
  const { expression: node } = traced
  const named = node.kind === "conditional" && node.arms.length === 0 ? node.bind?.value : undefined
  const where = "where" in node ? node.where : null
  const untold = leftOut(traced, where).slice(mostLeftOut)
  const counted = new Set(untold)
  const parts = traced.children
    .filter(({ expression }) => expression !== named)
    .filter(({ expression }) => expression.kind !== "literal" && expression.kind !== "missing")
    .filter(({ expression }) => !units.includes(expression) && !idle.has(expression))
    .filter(child => !counted.has(child))
    .map(child => tell(child, telling))
  return [...parts, ...moreLeftOut(untold, telling)]
}

/** Rows that a filter left out and that are told one by one; of a long list the others are counted. */
const mostLeftOut = 5

function leftOut({ children }: Traced, where: PlanExpression | null): readonly Traced[] {
  return children.filter(child => child.expression === where && child.value === false)
}

function moreLeftOut(untold: readonly Traced[], { index }: Telling): readonly Explained[] {
  const [first] = untold
  if (first === undefined) return []
  const text = `and ${untold.length} row${untold.length === 1 ? "" : "s"} more left out`
  return [{ text, value: "", at: index.position(first.expression.at), note: "", parts: [] }]
}

function tellVariable(traced: Traced, telling: Telling): Explained {
  const { stands, expression } = traced
  if (expression.kind !== "variable") return told(traced, "", [], telling)
  switch (stands?.kind) {
    case "step":
      return stands.step.kind === "field"
        ? told(traced, `the field ${shownPlace(stands.traced)}`, [], telling)
        : told(traced, "", [tell(stands.traced, telling)], telling)
    case "bound":
      return told(traced, "", [tell(stands.traced, telling)], telling)
    case "row": {
      const place = placeOfRow(stands.source, stands.index)
      if (place === null) return told(traced, `row ${stands.index + 1}`, [], telling)
      return fromSource(traced, place, telling)
    }
    case "share":
      return tellShare(traced, stands, telling)
    case undefined: {
      const given = telling.map.givens.find(({ variable }) => variable === expression.variable)
      return given === undefined
        ? told(traced, "", [], telling)
        : fromSource(traced, { root: given.name, pointer: "" }, telling)
    }
  }
}

function tellShare(
  traced: Traced,
  { sharing, total, weight }: Extract<Standing, { readonly kind: "share" }>,
  telling: Telling,
): Explained {
  const { step, weights, index } = sharing
  const parts = [total, weight].filter(part => part !== null).map(part => tell(part, telling))
  const scale = step.weight.type.kind === "number" ? step.weight.type.scale : 0
  const figure = (value: bigint, digits: number) =>
    telling.isHidden(traced) ? mask : formatScaled(value, digits)
  const allocation = {
    total: figure(sharing.total, step.scale),
    weight: figure(weights[index] ?? 0n, scale),
    weights: figure(
      weights.reduce((sum, one) => sum + one, 0n),
      scale,
    ),
    share: sharing.parts === null ? "missing" : figure(sharing.parts[index] ?? 0n, step.scale),
    rule: step.rule,
    at: telling.index.position(step.at),
  }
  telling.allocations.push(allocation)
  const note = `a share of ${allocation.total}, weight ${allocation.weight} of ${allocation.weights}, remainder to ${step.rule}`
  return told(traced, note, parts, telling)
}

function tellField(traced: Traced, telling: Telling): Explained {
  const { expression } = traced
  const [of] = traced.children
  if (expression.kind !== "field" || of === undefined) return told(traced, "", [], telling)
  const origin = originOf(of)
  // A row of a crosswalk is read like a payload, and is told by its lookup.
  if (origin !== undefined && telling.map.crosswalks.includes(origin.root))
    return told(traced, "", of.expression.kind === "variable" ? [] : [tell(of, telling)], telling)
  if (origin !== undefined) {
    const field = telling.index.shape(origin.shape).fields.find(({ name }) => name === expression.field)
    const place = {
      root: origin.root,
      pointer: pointerTo(origin.pointer, field?.wireName ?? expression.field),
    }
    if (field !== undefined) return fromSource(traced, place, telling)
    const derived = telling.recording.roots.findLast(
      ({ place: at }) => at.root === place.root && at.pointer === place.pointer,
    )
    return told(traced, "derived", derived === undefined ? [] : [tell(derived, telling)], telling)
  }
  const step = stepsOf(of)?.get(expression.field)
  if (step !== undefined) {
    return step.step.kind === "field"
      ? told(traced, `the field ${shownPlace(step.traced)}`, [], telling)
      : told(traced, "", [tell(step.traced, telling)], telling)
  }
  return told(traced, "", of.expression.kind === "variable" ? [] : [tell(of, telling)], telling)
}

function fromSource(
  traced: Traced,
  { root, pointer: within }: { readonly root: string; readonly pointer: string },
  telling: Telling,
): Explained {
  const { row } = telling
  const pointer = row !== null && row.root === root ? `/${row.index}${within}` : within
  const shown = told(traced, `${root} ${pointer}`.trim(), [], telling)
  if (!telling.sources.some(source => source.root === root && source.pointer === pointer))
    telling.sources.push({ root, pointer, value: shown.value })
  return shown
}

function tellLookup(traced: Traced, telling: Telling): Explained {
  const { answer } = traced
  const parts = partsOf(traced, telling)
  if (answer === null) return told(traced, "", parts, telling)
  const { crosswalk, found, snapshot } = answer
  const keys = answer.keys.map((key, i) => {
    const asked = traced.children[i]
    return asked !== undefined && telling.isHidden(asked) ? mask : key
  })
  const isHidden = traced.children.some(asked => telling.isHidden(asked))
  const path = isHidden && answer.path !== undefined ? [mask] : answer.path?.()
  const row = answeringRow(answer)
  const { expression } = traced
  const isInverse = expression.kind === "lookup" && expression.inverse
  // The row tells what was asked.
  const line =
    found && crosswalk.rows === null && !keys.includes(mask)
      ? telling.locate(crosswalk.id, crosswalkKey(answer.keys), answer.day, isInverse)
      : null
  const at = telling.index.position(row?.at ?? crosswalk.at)
  telling.crosswalks.push({
    crosswalk: crosswalk.id,
    version: crosswalk.version,
    keys,
    ...(path === undefined ? {} : { path }),
    day: answer.day,
    found,
    snapshot: crosswalk.rows === null ? snapshot : "",
    row: line,
    at,
  })
  const file = `${line === null ? "" : `${line}, `}snapshot ${snapshot.slice(0, 12)}`
  const where = crosswalk.rows === null ? file : at
  const named = `${crosswalk.id} ${crosswalk.version}`
  if (path !== undefined)
    return told(traced, rollupNote(path, found, keys[1] ?? "", `${named}, ${where}`), parts, telling)
  const note = found ? `a row of ${named}, ${where}` : `no row in ${named}, ${where}`
  return told(traced, note, parts, telling)
}

/** `Germany → EMEA → All, the level Area of Regions 1.0.0, …`. */
function rollupNote(path: readonly string[], found: boolean, level: string, of: string): string {
  if (path.length === 0) return `no member of ${of}`
  return `${path.join(" → ")}, ${found ? "the" : "nothing on the"} level ${level} of ${of}`
}

function tellRound(traced: Traced, telling: Telling): Explained {
  const { expression } = traced
  const parts = partsOf(traced, telling)
  const [before] = traced.children
  if (expression.kind !== "round" || before === undefined) return told(traced, "", parts, telling)
  const shown = told(traced, "", parts, telling)
  const was = shown.value === mask ? mask : shownValue(before.value)
  const digits = /\.(\d+)$/u.exec(shown.value)?.[1]?.length ?? 0
  telling.roundings.push({ before: was, after: shown.value, mode: expression.mode, digits, at: shown.at })
  return {
    ...shown,
    note: was === shown.value ? `${expression.mode}, nothing lost` : `${expression.mode} of ${was}`,
  }
}

/** Rows of the target are named; rows that a filter dropped say why. */
function tellRows(traced: Traced, telling: Telling): Explained {
  const { expression } = traced
  if (expression.kind !== "each") return told(traced, "", [], telling)
  const bodies = traced.children.filter(child => child.expression === expression.body)
  const rows = bodies.map(body => ({
    ...told(body, body.value === SKIPPED ? "row dropped" : "", [], telling),
    text: shownPlace(body),
  }))
  const left = leftOut(traced, expression.where)
  const dropped = [
    ...left.slice(0, mostLeftOut).map(child => ({ ...tell(child, telling), note: "row left out" })),
    ...moreLeftOut(left.slice(mostLeftOut), telling),
  ]
  const sources = expression.generators.flatMap(({ source }) => {
    const found = traced.children.find(child => child.expression === source)
    return found === undefined ? [] : [tell(found, telling)]
  })
  return told(traced, "", [...sources, ...dropped, ...rows], telling)
}

function reference(name: string, { step, traced }: Step, telling: Telling): Explained {
  const plain = told(traced, step.kind === "field" ? shownPlace(traced) : "", [], telling)
  return { ...plain, text: name, at: telling.index.position(step.at) }
}

function armOf(traced: Traced, telling: Telling): string {
  const { expression } = traced
  const taken = traced.children.at(-1)?.expression
  if (expression.kind === "switch") {
    const arm = expression.arms.find(({ then }) => then === taken)
    if (arm !== undefined) return `the arm ${telling.index.position(arm.at)}`
    return taken === expression.missing ? "the arm for missing" : "otherwise"
  }
  if (expression.kind !== "conditional") return ""
  const arm = expression.arms.find(({ then }) => then === taken)
  return arm === undefined ? "otherwise" : `the arm ${telling.index.position(arm.at)}`
}

/** Rows of a payload that are no records have no place of their own. */
function placeOfRow(
  source: Traced,
  index: number,
): { readonly root: string; readonly pointer: string } | null {
  const { expression, children } = source
  const [of] = children
  if (expression.kind !== "field" || of === undefined) return null
  const origin = originOf(of)
  if (origin === undefined) return null
  return { root: origin.root, pointer: pointerTo(pointerTo(origin.pointer, expression.field), index) }
}

function shownPlace({ place }: Traced): string {
  return place.pointer === "" ? place.root : place.pointer
}
