// The groups of a collecting run. Flows in: records of rows, and what is known of rows that were lost. Flows out: one record a
// group, in the order of first rows, or why there is none. Keeps a group's record and figures, never its rows.
import { isRefused } from "../door/refused.ts"
import { isExactNumber } from "../formats/json/exact-number.ts"
import type { Issue } from "../results/issue.ts"
import { type Folded, fold, folded, unfolded } from "./fold.ts"
import type { Outcome, Share } from "./meter.ts"
import type { RowRead } from "./set-result.ts"
import type { CollectSpec, SetSpec } from "./set-spec.ts"
import type { Tally } from "./tally.ts"

export interface GroupEnd {
  readonly outcome: Outcome
  readonly rows: number
  readonly shares: readonly Share[]
  readonly group: readonly unknown[]
  readonly record: unknown
  readonly key: string | undefined
  readonly issues: readonly Issue[]
}

export interface Groups {
  take(record: object, key: string | undefined, figures: RowRead<unknown>["figures"]): void
  /** A row that was held or rejected; `keys` as far as they are known. */
  lose(keys: readonly unknown[]): void
  end(): Iterable<GroupEnd>
}

interface Group {
  readonly first: Readonly<Record<string, unknown>>
  readonly key: string | undefined
  readonly folds: readonly Folded[]
  readonly shares: Share[]
  rows: number
}

export function createGroups(spec: SetSpec, collect: CollectSpec, tally: Tally): Groups {
  const groups = new Map<string, Group>()
  /** Rows that were lost, by which of their keys are known and what those are. */
  const lost = new Map<string, Map<string, number>>()
  return {
    take(record, key, figures) {
      const values = record as Readonly<Record<string, unknown>>
      const identity = identityOf(collect.keys, name => values[name])
      let group = groups.get(identity)
      const isFirst = group === undefined
      if (group === undefined) {
        group = { first: values, key, folds: collect.folds.map(unfolded), shares: [], rows: 0 }
        groups.set(identity, group)
      }
      group.rows++
      for (let i = 0; i < collect.folds.length; i++) {
        const one = collect.folds[i]
        const state = group.folds[i]
        if (one !== undefined && state !== undefined) fold(one, state, values[one.field], record, isFirst)
      }
      tally.share(figures, group.shares)
    },
    lose(keys) {
      const mask = collect.keys.map((_, i) => (keys[i] === undefined ? "-" : "x")).join("")
      const known = collect.keys.filter((_, i) => keys[i] !== undefined)
      const values = keys.filter(value => value !== undefined)
      const identity = identityOf(known, (_, i) => values[i])
      const same = lost.get(mask) ?? new Map<string, number>()
      lost.set(mask, same)
      same.set(identity, (same.get(identity) ?? 0) + 1)
    },
    *end() {
      for (const group of groups.values()) yield endOf(group, lostBy(group, collect, lost), spec, collect)
    },
  }
}

function endOf(group: Group, lost: number, spec: SetSpec, collect: CollectSpec): GroupEnd {
  const issues: Issue[] = []
  const entries: [string, unknown][] = []
  for (const name of collect.fields) {
    const at = collect.folds.findIndex(one => one.field === name)
    const one = collect.folds[at]
    const state = group.folds[at]
    let value = group.first[name]
    if (one !== undefined && state !== undefined) {
      value = folded(one, state, group.first)
      if (isRefused(value)) {
        const { refused: code, message } = value
        const { pointer } = one
        issues.push({ code, severity: "reject", root: spec.target, pointer, message, at: collect.at })
        continue
      }
    }
    if (value !== undefined) entries.push([name, value])
  }
  const rejected = issues.length > 0
  if (lost > 0) issues.push(incomplete(lost, spec, collect))
  const policy = lost > 0 ? outcomes[collect.incomplete] : "out"
  return {
    outcome: rejected ? "rejected" : policy,
    rows: group.rows,
    shares: group.shares,
    group: collect.keys.map(name => group.first[name]),
    // Own members only, `__proto__` among them.
    record: Object.fromEntries(entries),
    key: group.key,
    issues,
  }
}

const outcomes = { hold: "held", reject: "rejected", drop: "dropped", keep: "out" } as const
const severities = { hold: "hold", reject: "reject", drop: "skip", keep: "warn" } as const

function incomplete(lost: number, spec: SetSpec, collect: CollectSpec): Issue {
  return {
    code: "INCOMPLETE_GROUP",
    severity: severities[collect.incomplete],
    root: spec.target,
    pointer: "",
    message: `${lost === 1 ? "1 row" : `${lost} rows`} that may belong to the group ${lost === 1 ? "was" : "were"} held or rejected.`,
    at: collect.at,
  }
}

/** A lost row may belong to every group that agrees in all that is known of it. */
function lostBy(
  group: Group,
  { keys }: CollectSpec,
  lost: ReadonlyMap<string, ReadonlyMap<string, number>>,
): number {
  let rows = 0
  for (const [mask, same] of lost) {
    const known = keys.filter((_, i) => mask[i] === "x")
    rows += same.get(identityOf(known, name => group.first[name])) ?? 0
  }
  return rows
}

/** Different for any two lists of wire values: each part carries its length. */
function identityOf(keys: readonly string[], valueOf: (name: string, i: number) => unknown): string {
  let identity = ""
  for (let i = 0; i < keys.length; i++) {
    const value = valueOf(keys[i] ?? "", i)
    const text = typeof value === "string" ? value : isExactNumber(value) ? value.text : String(value)
    identity += `${text.length}:${text}`
  }
  return identity
}
