// A whole set at once: for sets that fit in memory, with everything that became of them. Flows in: a run and its rows. Flows out:
// what came out and what did not, row by row. Services that stream call the run themselves.
import type { Done } from "../results/issue.ts"
import type { RowOutcome, SetEnd, SetRun, StoppedRows } from "./set-result.ts"

export function runRows<T>(run: SetRun<T>, rows: Iterable<unknown>): SetEnd<T> {
  const gathered = gather<T>()
  for (const row of rows) gathered.add(run.row(row))
  return gathered.end(run.end())
}

/** The same for rows that come as they come. */
export async function runRowsAsync<T>(
  run: SetRun<T>,
  rows: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<SetEnd<T>> {
  const gathered = gather<T>()
  for await (const row of rows) gathered.add(run.row(row))
  return gathered.end(run.end())
}

function gather<T>(): {
  readonly add: (outcome: RowOutcome<T>) => void
  readonly end: (end: SetEnd<T>) => SetEnd<T>
} {
  const out: Done<T>[] = []
  const stopped: { [O in "rejected" | "held" | "dropped"]: StoppedRows[] } = {
    rejected: [],
    held: [],
    dropped: [],
  }
  let row = 0
  return {
    add(outcome) {
      if (outcome.status === "done") out.push(outcome)
      else if (outcome.status !== "collected")
        stopped[outcome.status].push({ row, rows: 1, group: null, issues: outcome.issues })
      row++
    },
    end: end => ({
      ...end,
      out: end.status === "done" ? [...out, ...end.out] : [],
      withheld: end.status === "done" ? [] : [...out, ...end.withheld],
      rejected: [...stopped.rejected, ...end.rejected],
      held: [...stopped.held, ...end.held],
      dropped: [...stopped.dropped, ...end.dropped],
    }),
  }
}
