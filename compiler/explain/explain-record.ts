// The explanation of one value of one record that was run with a trace. Flows in: what became of the record, its trace, a pointer into its
// result. Flows out: the explanation; null: the target has no such place. Runs nothing.
import { type Issue, masked } from "@fmap/runtime"
import type { Outcome, PlanIndex } from "../interpret/internals.ts"
import type { PlanMap } from "../plan/index.ts"
import { navigate } from "../testing/navigate.ts"
import { shownOutcome } from "../testing/shown.ts"
import type { LocateRow } from "./explain-value.ts"
import type { Explanation } from "./explanation.ts"
import { hiddenValues } from "./hidden.ts"
import { nearestMade } from "./nearest-made.ts"
import { placeInResult } from "./place-in-result.ts"
import type { Recording } from "./record-trace.ts"
import { type Telling, tell, tellResult } from "./tell.ts"

export interface RanRecord {
  readonly index: PlanIndex
  readonly map: PlanMap
  readonly recording: Recording
  readonly status: Explanation["status"]
  /** What stopped it; of one that is done, what was remarked. */
  readonly issues: readonly Issue[]
  readonly record: Outcome | null
  /** Of a run over a set: the source that is walked, and the row, from 0. */
  readonly row: { readonly root: string; readonly index: number } | null
  /** The text of a file of the Plan; undefined: positions only. */
  readonly textOf: (path: string) => string | undefined
  readonly locate: LocateRow
  readonly tzdata: string | null
}

export function explainRecord(ran: RanRecord, pointer: string): Explanation | null {
  const { index, map, recording, status, row, textOf } = ran
  const target = index.shape(map.target.shape)
  const path = placeInResult(pointer, target, index)
  if (path === null) return null
  const found = pointer === "" ? null : nearestMade(recording, map.target.name, pointer)
  const place = navigate(ran.record, target, path, index)
  const telling: Telling = {
    index,
    map,
    recording,
    row,
    textOf,
    locate: ran.locate,
    isHidden: hiddenValues(index),
    sources: [],
    crosswalks: [],
    roundings: [],
    allocations: [],
  }
  const tree = found === null ? (pointer === "" ? tellResult(telling) : null) : tell(found, telling)
  return {
    format: "fmap.explanation",
    formatVersion: 1,
    map: map.name,
    version: map.version,
    status,
    row: row === null ? null : row.index + 1,
    collected: null,
    pointer,
    value: tree?.value === masked ? masked : shownOutcome(place.value, place.type, currencyOf(place)),
    at: index.position(found === null ? map.at : found.expression.at),
    issues: shownIssues(
      ran.issues.filter(
        ({ root, pointer: at }) => status !== "done" || (root === map.target.name && at === pointer),
      ),
    ),
    tree,
    sources: telling.sources,
    crosswalks: telling.crosswalks,
    roundings: telling.roundings,
    allocations: telling.allocations,
    tzdata: ran.tzdata,
  }
}

export function shownIssues(issues: readonly Issue[]): Explanation["issues"] {
  return issues.map(({ severity, code, message, root, pointer: at }) => ({
    severity,
    code,
    message,
    place: `${root} ${at}`.trim(),
  }))
}

export function currencyOf({ type, unit }: ReturnType<typeof navigate>): string | null {
  return type !== null && "unit" in type && type.unit !== null ? unit(type.unit) : null
}
