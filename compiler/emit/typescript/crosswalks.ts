// Crosswalks in emitted modules: the spec of an external one (its rows are reference data), the function of an inline one: a switch a
// pattern of keys, the most specific first, or a table where there are many rows.
import { firstDay, isExactNumber, lastDay, normaliseKey } from "@fmap/runtime"
import type { PlanCrosswalk, PlanCrosswalkRow } from "../../plan/index.ts"
import { crosswalkSpec } from "../../types/crosswalk-spec.ts"
import type { Module } from "./context.ts"
import {
  array,
  binary,
  both,
  call,
  concat,
  constant,
  data,
  give,
  invoke,
  list,
  member,
  name,
  named,
  nothing,
  object,
  string,
  union,
  when,
} from "./javascript/build.ts"
import type { Js, JsDeclaration, JsStatement, TsType } from "./javascript/nodes.ts"
import { payloadType } from "./wire-types.ts"

/** More entries are quicker in a table than in a switch. */
const LARGEST_SWITCH = 64

export function crosswalkDeclarations(
  module: Module,
  crosswalk: PlanCrosswalk,
  exported: string,
): readonly JsDeclaration[] {
  if (crosswalk.rows === null) return [externalSpec(module, crosswalk, exported)]
  const keys = crosswalk.parameters.map(parameter => module.names.fresh(parameter.name))
  const ids = crosswalk.dated ? [...keys, module.names.fresh("asOf")] : keys
  const way: Way = {
    module,
    crosswalk,
    keys: keys.map(name),
    day: name(ids.at(-1) ?? ""),
    hint: exported,
    tables: [],
  }
  const patterns = patternsOf(crosswalk.rows)
  const body = patterns.flatMap((pattern, position) =>
    answers(way, pattern, position === patterns.length - 1),
  )
  return [
    ...way.tables,
    {
      kind: "function",
      name: exported,
      docs: crosswalk.docs,
      exported: true,
      at: crosswalk.at,
      returns: union(payloadType(module, crosswalk.result), named("undefined")),
      parameters: ids.map(id => ({ name: id, type: named("string") })),
      body: patterns.length === 0 ? [give(nothing)] : body,
    },
  ]
}

/** What the answers of one crosswalk are made with. */
interface Way {
  readonly module: Module
  readonly crosswalk: PlanCrosswalk
  readonly keys: readonly Js[]
  readonly day: Js
  readonly hint: string
  readonly tables: JsDeclaration[]
}

/** Rows that bind the same keys. */
interface Pattern {
  readonly bound: readonly number[]
  readonly rows: readonly PlanCrosswalkRow[]
}

/** Those that bind more keys first: of the rows that fit, the most specific is in the first pattern that has one. */
function patternsOf(rows: readonly PlanCrosswalkRow[]): readonly Pattern[] {
  const patterns = new Map<string, { bound: readonly number[]; rows: PlanCrosswalkRow[] }>()
  for (const row of rows) {
    const bound = row.keys.flatMap((key, position) => (key === null ? [] : [position]))
    const pattern = patterns.get(bound.join()) ?? { bound, rows: [] }
    patterns.set(bound.join(), pattern)
    pattern.rows.push(row)
  }
  return [...patterns.values()].sort((a, b) => b.bound.length - a.bound.length)
}

/** Returns where a row of the pattern holds; the last pattern ends the function. */
function answers(way: Way, { bound, rows }: Pattern, last: boolean): readonly JsStatement[] {
  const { crosswalk } = way
  const grouped = new Map<string, PlanCrosswalkRow[]>()
  for (const row of rows) {
    const key = joinedText(bound.map(position => normaliseKey(row.keys[position] ?? "", crosswalk.keyForm)))
    const same = grouped.get(key)
    if (same === undefined) grouped.set(key, [row])
    else same.push(row)
  }
  const end = last ? [give(nothing)] : []
  if (bound.length === 0) {
    const found = rows.flatMap(row => answer(way, row))
    return found.at(-1)?.kind === "return" ? found : [...found, ...end]
  }
  const key = joinedKey(bound.flatMap(position => way.keys[position] ?? []))
  if (rows.length > LARGEST_SWITCH)
    return [...tableAnswer(way, key, grouped, last), ...(crosswalk.dated || !last ? end : [])]
  const cases = [...grouped].map(([text, same]) => ({
    tests: [string(text)],
    body: same.flatMap(row => answer(way, row)),
  }))
  const isPlain = rows.every(isAlways)
  const otherwise = last && isPlain ? [{ tests: [], body: end }] : []
  return [
    { kind: "switch", subject: key, cases: [...cases, ...otherwise], at: crosswalk.at },
    ...(isPlain ? [] : end),
  ]
}

/** `if (asOf >= "2025-02-01") return "4010"`. */
function answer({ module, day }: Way, row: PlanCrosswalkRow): readonly JsStatement[] {
  const found = give(wireData(module, row.value), row.at)
  if (isAlways(row)) return [found]
  const begun = binary(">=", day, string(row.from))
  const going = binary("<=", day, string(row.until))
  const test = row.from === firstDay ? going : row.until === lastDay ? begun : both(begun, going)
  return [when(test, [found], [], row.at)]
}

function isAlways({ from, until }: PlanCrosswalkRow): boolean {
  return from === firstDay && until === lastDay
}

function tableAnswer(
  way: Way,
  key: Js,
  grouped: ReadonlyMap<string, readonly PlanCrosswalkRow[]>,
  last: boolean,
): readonly JsStatement[] {
  const { module, crosswalk, hint, day } = way
  const table = module.names.fresh(`${hint}Rows`)
  const { dated } = crosswalk
  const value = payloadType(module, crosswalk.result)
  const held: TsType = dated ? list(spanOf(module, value)) : value
  const items = [...grouped].map(([text, rows]) =>
    array([string(text), dated ? spans(module, rows) : wireData(module, rows[0]?.value)]),
  )
  const pairs: TsType = list(list(union(named("string"), held)))
  way.tables.push({
    kind: "value",
    name: table,
    docs: "",
    exported: false,
    type: named("ReadonlyMap", named("string"), held),
    at: crosswalk.at,
    value: call(module.runtime("entryMap"), { kind: "cast", of: array(items), type: pairs }),
  })
  const get = invoke(name(table), "get", key)
  if (!dated && last) return [give(get)]
  const found = module.names.fresh("found")
  if (!dated) return [constant(found, get), when(binary("!==", name(found), nothing), [give(name(found))])]
  const spansOfKey = module.names.fresh("spans")
  return [
    constant(spansOfKey, get),
    when(binary("!==", name(spansOfKey), nothing), [
      constant(found, module.call("effectiveOn", name(spansOfKey), day)),
      when(binary("!==", name(found), nothing), [give(name(found))]),
    ]),
  ]
}

function spans(module: Module, rows: readonly PlanCrosswalkRow[]): Js {
  const inOrder = [...rows].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  return array(inOrder.map(row => array([string(row.from), string(row.until), wireData(module, row.value)])))
}

/** A value as it stands on the wire; a number that no literal keeps is made of its digits. */
function wireData(module: Module, value: unknown): Js {
  if (isExactNumber(value)) return module.call("exactNumber", string(value.text))
  if (Array.isArray(value)) return array(value.map(item => wireData(module, item)))
  if (typeof value !== "object" || value === null) return data(value)
  const members = Object.entries(value).map(([key, of]) => ({ key, value: wireData(module, of), at: null }))
  return object(members, false)
}

function spanOf(module: Module, value: TsType): TsType {
  const span = module.runtimeType("Span")
  return span.kind === "named" ? { ...span, arguments: [value] } : span
}

/** Injective without escapes: every part but the last is preceded by its length. */
function joinedKey(parts: readonly Js[]): Js {
  const [last, ...before] = [...parts].reverse()
  if (last === undefined) return string("")
  return before.reduce<Js>(
    (rest, part) => concat(concat(concat(member(part, "length"), string(":")), part), rest),
    last,
  )
}

function joinedText(parts: readonly string[]): string {
  return parts
    .map((part, position) => (position === parts.length - 1 ? part : `${part.length}:${part}`))
    .join("")
}

function externalSpec(module: Module, crosswalk: PlanCrosswalk, exported: string): JsDeclaration {
  const spec = crosswalkSpec(module.index.plan, crosswalk)
  return {
    kind: "value",
    name: exported,
    docs: crosswalk.docs,
    exported: true,
    type: module.runtimeType("CrosswalkSpec"),
    value: data(withoutDocs(spec)),
    at: crosswalk.at,
  }
}

/** The loader needs no names and docs of enums, and no units of amounts. */
function withoutDocs(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, of: unknown) => {
      if (key === "unit") return undefined
      const { kind, open, members } = (of ?? {}) as {
        kind?: unknown
        open?: boolean
        members?: readonly { value: string }[]
      }
      return kind === "enum" ? { kind, open, members: members?.map(entry => ({ value: entry.value })) } : of
    }),
  )
}
