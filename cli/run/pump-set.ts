// The loop of a map over a set of rows: a row in, what is known of it out, and at the end the groups, the counts and the totals.
// Flows in: the feed of rows and a run. Flows out: results on standard output, issues, the summary as commentary. Keeps no row.

import type { PlanMap } from "@fmap/compiler"
import { amountText, type RowOutcome, type SetRun, type SetSummary, type StoppedRows } from "@fmap/runtime"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { Feed } from "./feed.ts"
import { isFileError } from "./file-error.ts"
import { progress } from "./progress.ts"
import type { Kept, RunRecorder } from "./run-record.ts"
import type { IssueSink, ResultSink } from "./sinks.ts"
import { noticed, unreadable } from "./unreadable.ts"

export async function pumpSet(
  feed: Feed,
  map: PlanMap,
  run: SetRun<unknown>,
  sinks: { readonly results: ResultSink; readonly issues: IssueSink },
  recorder: RunRecorder | null,
  terminal: Terminal,
): Promise<ExitCode> {
  const { results, issues } = sinks
  const bar = progress(terminal)
  const { interrupted } = terminal
  let readerGone = false
  let number = 0
  let written = 0
  let unwritten = 0
  /** Counts were taken when the row was: what the format cannot say is told, and stops the run from being fine. */
  const give = async (value: unknown, record: number | null): Promise<void> => {
    const problem = results.refusal(value)
    if (problem === undefined) {
      readerGone = !(await results.write(value))
      written++
      return
    }
    unwritten++
    const issue = unreadable({ place: "", problem }, map.target.name)
    const of = record === null ? { record, group: [] } : { record }
    await issues.write({ ...of, status: "rejected", issues: [issue] }, bar.clear)
  }
  const take = async (outcome: RowOutcome<unknown>, kept: Kept, line?: number): Promise<void> => {
    number++
    await recorder?.write(number, kept, outcome.status)
    const found = outcome.status === "done" || outcome.status === "collected" ? outcome.notes : outcome.issues
    // What stops the whole run has been told once.
    if (found.length > 0 && found !== run.issues)
      await issues.write({ record: number, line, status: outcome.status, issues: found }, bar.clear)
    if (outcome.status === "done") await give(outcome.value, number)
    bar.show(() => `${number} rows`)
  }
  try {
    if (run.issues.length > 0)
      await issues.write({ record: null, status: "done", issues: run.issues }, bar.clear)
    for await (const record of feed.records(interrupted)) {
      if (interrupted.aborted || readerGone) break
      if ("notice" in record)
        await issues.write({ record: null, status: "done", issues: [noticed(record, feed.name)] }, bar.clear)
      else if ("problem" in record) {
        const lost = [unreadable(record, feed.name)]
        await take(run.lost(lost), { lost }, record.line)
      } else await take(run.row(record.value), { row: record.value }, record.line)
    }
    const end = run.end()
    if (!interrupted.aborted && !readerGone) {
      const failed = end.issues.filter(issue => !run.issues.includes(issue))
      if (failed.length > 0)
        await issues.write({ record: null, status: end.status, issues: failed }, bar.clear)
      for (const group of [...end.rejected, ...end.held, ...end.dropped])
        await issues.write(told(group, end), bar.clear)
      for (const done of end.out) {
        if (done.notes.length > 0)
          await issues.write({ record: null, group: [], status: "done", issues: done.notes }, bar.clear)
        if (!readerGone) await give(done.value, null)
      }
    }
    if (!readerGone) readerGone = !(await results.end())
    await issues.end()
    await recorder?.end()
    bar.clear()
    terminal.comment(summary(map, end, written, interrupted.aborted || readerGone))
    if (interrupted.aborted || readerGone) return exitCodes.interrupted
    return end.status !== "done" || end.counts.held + end.counts.rejected + unwritten > 0
      ? exitCodes.stopped
      : exitCodes.fine
  } catch (error) {
    bar.clear()
    if (!isFileError(error)) throw error
    return cannotStart(terminal, [problem("FM8204", `Stopped after ${number} rows: ${error.message}.`)])
  }
}

function told(
  group: StoppedRows,
  { rejected, held }: { rejected: readonly StoppedRows[]; held: readonly StoppedRows[] },
) {
  const status = rejected.includes(group) ? "rejected" : held.includes(group) ? "held" : "dropped"
  return { record: null, group: group.group ?? [], status, issues: group.issues } as const
}

/** `Actuals: 7 rows: 2 out, 1 held, 3 rejected, 1 dropped.` and a line for each total. */
function summary(
  map: PlanMap,
  { status, counts, totals, unknown, controls }: SetSummary,
  written: number,
  isCut: boolean,
): string {
  const { rows, out, rejected, held, dropped } = counts
  const cut = isCut ? "; interrupted, what followed was not read" : ""
  const lines = [
    `${map.name}: ${rows} row${rows === 1 ? "" : "s"}: ${out} out${map.set?.collect == null ? "" : ` in ${written} record${written === 1 ? "" : "s"}`}, ${held} held, ${rejected} rejected, ${dropped} dropped${cut}.`,
    ...totals.map(({ path, currency, ...of }) => {
      const figure = `${safeLine(path)}${currency === null ? "" : ` ${currency}`}`
      const shown = (sum: string): string => amountText(sum, currency)
      return `  ${figure}: ${shown(of.rows)} in, ${shown(of.out)} out, ${shown(of.held)} held, ${shown(of.rejected)} rejected, ${shown(of.dropped)} dropped`
    }),
    ...unknown.map(
      ({ path, rows: many }) => `  ${safeLine(path)}: not known of ${many} row${many === 1 ? "" : "s"}`,
    ),
    ...controls.map(
      ({ title, group, left, right, holds }) =>
        `  ${[safeLine(title), ...group.map(safeLine)].join(" ")}: ${left ?? "not known"} and ${right ?? "not known"}${holds ? "" : ", which does not hold"}`,
    ),
    ...(status === "done" ? [] : [`The run is ${status}: use nothing of what it gave.`]),
  ]
  return `${lines.join("\n")}\n`
}
