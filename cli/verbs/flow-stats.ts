// `fmap flow stats`: what is where in the ledger. Flows in: the store. Flows out: counts, ages, targets and exact sums by currency on standard output.
import { moneyText, writeJson } from "@fmap/runtime"
import { type FlowStats, pauseReason, type Stats, type TargetStats } from "@fmap/runtime/flow"
import { age } from "../flow/age.ts"
import type { FlowOptions } from "../flow/open-flows.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { safeText } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowStatsOptions extends FlowOptions {
  readonly format: "text" | "json"
}

export async function flowStats(options: FlowStatsOptions, terminal: Terminal): Promise<ExitCode> {
  return withLedger(options, terminal, async ({ store, world }) => {
    const stats = await store.engineOf([]).stats({ amounts: true })
    const text =
      options.format === "json"
        ? `${writeJson({ format: "fmap.flow-stats", formatVersion: 1, ...stats }, 2)}\n`
        : safeText(statsText(stats, world.now()))
    await terminal.out(text)
    return exitCodes.fine
  })
}

export function statsText({ flows, targets, exceptions, outbox }: Stats, now: number): string {
  const lines = [
    ...flows.flatMap(flow => flowLines(flow, now)),
    ...(targets.length === 0 ? [] : ["", ...targets.flatMap(target => targetLines(target, now))]),
    ...(exceptions.length === 0
      ? []
      : ["", ...exceptions.map(({ code, open }) => `exception ${code}: ${open} open`)]),
    ...(outbox === 0 ? [] : ["", `${outbox} message${outbox === 1 ? "" : "s"} for transports wait`]),
  ]
  return `${lines.length === 0 ? "The ledger is empty." : lines.join("\n")}\n`
}

function flowLines(
  { flow, version, events, oldestOpen, amounts, because }: FlowStats,
  now: number,
): readonly string[] {
  const counts = Object.entries(events).flatMap(([state, count]) =>
    count === 0 ? [] : [`${count} ${state}`],
  )
  return [
    `${flow} ${version}: ${counts.join(", ")}`,
    ...because.map(({ word, events: count }) => `  ${count} without effect: ${word}`),
    ...(oldestOpen === undefined ? [] : [`  oldest open: ${age(oldestOpen, now)}`]),
    ...amounts.map(({ state, currency, value }) => `  ${state}: ${moneyText(value, currency)}`),
  ]
}

function targetLines(
  { target, pausedUntil, pausedBy, failures, done, inDoubt, amounts }: TargetStats,
  now: number,
): readonly string[] {
  const why = pausedBy === undefined ? "" : ` (${pauseReason(pausedBy)})`
  const paused =
    pausedUntil !== undefined && Date.parse(pausedUntil) > now ? `, paused until ${pausedUntil}${why}` : ""
  return [
    `${target}: ${done} done${inDoubt === 0 ? "" : `, ${inDoubt} in doubt`}${failures === 0 ? "" : `, ${failures} failures in a row`}${paused}`,
    ...amounts.map(({ currency, value }) => `  ${moneyText(value, currency)}`),
  ]
}
