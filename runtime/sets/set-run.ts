// A run over a set of rows: each row through its map, counted and totalled by what became of it, collected into groups where the
// map says so. Flows in: rows one by one. Flows out: the outcome of each, and the end. Constant memory without `collect`; with it, a
// record a group. A row is never in two outcomes and never in none.
import { isPayloadObject } from "../door/payload.ts"
import type { Done, Issue, ReferenceSnapshots } from "../results/issue.ts"
import { statusOf } from "../results/report.ts"
import { createControls } from "./controls.ts"
import { createGroups, type GroupEnd, type Groups } from "./groups.ts"
import type { Share } from "./meter.ts"
import type { FastReader, RowOutcome, RowRead, RowReader, SetEnd, SetRun, StoppedRows } from "./set-result.ts"
import type { SetSpec } from "./set-spec.ts"
import { createTally } from "./tally.ts"

/** `fast` answers for nearly every row; undefined: the slow reader must look. */
export function createSetRun<T>(
  spec: SetSpec,
  fast: FastReader<T> | undefined,
  slow: RowReader<T>,
  reference?: ReferenceSnapshots,
): SetRun<T> {
  const tally = createTally(spec)
  const groups: Groups | null = spec.collect === null ? null : createGroups(spec, spec.collect, tally)
  const controls = createControls(spec, tally.meters, slow.inputs)
  const nothingKnown = spec.figures.map(() => null)
  const status = statusOf(slow.issues)

  const stopped = (outcome: "held" | "rejected", { figures, keys }: Omit<RowRead<T>, "result">): void => {
    const shares: Share[] = []
    tally.share(figures, shares)
    tally.count(outcome, 1, shares)
    groups?.lose(keys)
  }
  const lost = (outcome: "held" | "rejected", issues: readonly Issue[]): RowOutcome<T> => {
    tally.row(nothingKnown)
    stopped(outcome, { figures: nothingKnown, keys: [] })
    return { status: outcome, issues }
  }
  const take = (read: RowRead<T>): RowOutcome<T> => {
    const { result, figures } = read
    tally.row(figures)
    if (result.status === "held" || result.status === "rejected") {
      stopped(result.status, read)
      return result
    }
    if (result.status === "done" && groups !== null && isPayloadObject(result.value)) {
      groups.take(result.value, result.key, figures)
      return { status: "collected", notes: result.notes }
    }
    const shares: Share[] = []
    tally.share(figures, shares)
    tally.count(result.status === "done" ? "out" : "dropped", 1, shares)
    if (result.status === "done" && isPayloadObject(result.value)) controls.out(result.value)
    return result
  }
  return {
    issues: slow.issues,
    row(payload) {
      if (slow.read === null) return lost(status === "held" ? "held" : "rejected", slow.issues)
      return take(fast?.(payload) ?? slow.read(payload))
    },
    lost: issues => lost("rejected", issues),
    end(): SetEnd<T> {
      const ended: { [O in GroupEnd["outcome"]]: GroupEnd[] } = {
        out: [],
        rejected: [],
        held: [],
        dropped: [],
      }
      for (const group of groups?.end() ?? []) {
        ended[group.outcome].push(group)
        tally.count(group.outcome, group.rows, group.shares)
        if (group.outcome === "out" && isPayloadObject(group.record)) controls.out(group.record)
      }
      const judged = slow.read === null ? { results: [], issues: [] } : controls.end()
      const issues = [...slow.issues, ...judged.issues]
      const done = ended.out.map(
        ({ record, key, issues: notes }): Done<T> => ({ status: "done", value: record as T, key, notes }),
      )
      const isDone = statusOf(issues) === "done"
      return {
        status: statusOf(issues),
        issues: judged.issues.length === 0 ? slow.issues : issues,
        out: isDone ? done : [],
        withheld: isDone ? [] : done,
        controls: judged.results,
        rejected: ended.rejected.map(stoppedGroup),
        held: ended.held.map(stoppedGroup),
        dropped: ended.dropped.map(stoppedGroup),
        ...tally.summary(),
        ...(reference === undefined ? {} : { reference }),
      }
    },
  }
}

function stoppedGroup({ rows, group, issues }: GroupEnd): StoppedRows {
  return { row: null, rows, group, issues }
}
