// From rows that wait to readings. Flows in: what waits, since when. Flows out: one reading a group, with exact sums of what is late.
import { createSums } from "../../flow/ledger/amounts.ts"
import { type Row, textOf, textOrNone } from "../../flow/ledger/operation.ts"
import { parseExact } from "../../formats/json/parse-exact.ts"
import type { Reading, Watch, WatchGroup } from "./watch.ts"

export interface Waiting {
  readonly id: string
  readonly since: string
  readonly amount: { readonly currency: string; readonly value: string } | undefined
  readonly group: Readonly<Record<string, string>>
}

const mostExamples = 5
/** A group is a word, not a text: a label of a metric stands in memory for ever. */
const longestGroup = 60

export function waitingOf(watch: Extract<Watch, { by?: unknown }>, rows: readonly Row[]): readonly Waiting[] {
  const groups = watch.by ?? []
  return rows.map(row => {
    const currency = textOrNone(row, "currency")
    const amount = textOrNone(row, "amount")
    return {
      id: textOf(row, "id"),
      since: textOf(row, "since"),
      amount: currency === undefined || amount === undefined ? undefined : { currency, value: amount },
      group: groups.length === 0 ? {} : groupOf(groups, textOf(row, "payload")),
    }
  })
}

export function lateRows(
  watch: { readonly name: string; readonly withinMs: number },
  waiting: readonly Waiting[],
  now: number,
): readonly Reading[] {
  const groups = new Map<string, { group: Waiting["group"]; all: Waiting[] }>()
  for (const one of waiting) {
    const key = JSON.stringify(one.group)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { group: one.group, all: [one] })
    else known.all.push(one)
  }
  const inOrder = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return inOrder.map(([, { group, all }]) => {
    const late = all.filter(one => now - Date.parse(one.since) > watch.withinMs)
    const sums = createSums()
    for (const { amount } of late) if (amount !== undefined) sums.add(amount.currency, amount.value)
    return {
      watch: watch.name,
      group,
      alerts: late.length > 0,
      late: late.length,
      waiting: all.length,
      oldest: all[0]?.since,
      amounts: sums.values().map(([currency, value]) => ({ currency, value })),
      examples: late.slice(0, mostExamples).map(({ id }) => id),
    }
  })
}

function groupOf(groups: readonly WatchGroup[], payload: string): Readonly<Record<string, string>> {
  const read = parseExact(payload)
  const root: unknown = "refused" in read ? undefined : read.ok
  return Object.fromEntries(groups.map(({ name, pointer }) => [name, wordAt(root, pointer)]))
}

function wordAt(root: unknown, pointer: string): string {
  const path = pointer
    .split("/")
    .slice(1)
    .map(key => key.replaceAll("~1", "/").replaceAll("~0", "~"))
  const found = path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? (at as Readonly<Record<string, unknown>>)[key]
        : undefined,
    root,
  )
  return typeof found === "string" || typeof found === "boolean" || typeof found === "number"
    ? String(found).slice(0, longestGroup)
    : "-"
}
