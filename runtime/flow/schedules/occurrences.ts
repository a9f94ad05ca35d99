// When a schedule is due. Flows in: a schedule and two instants. Flows out: its occurrences between them. It asks no clock.
import { Cron } from "croner"
import { NotPossible } from "../port/failures.ts"
import type { Schedule } from "./schedule.ts"

export interface Occurrences {
  /** After the instant; undefined when there is none any more. */
  after(ms: number): number | undefined
}

export function occurrencesOf({ name, cron, zone }: Schedule): Occurrences {
  let parsed: Cron
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone })
    parsed = new Cron(cron, { timezone: zone, paused: true })
  } catch (error) {
    throw new NotPossible("FM8509", `Schedule ${name}: ${error instanceof Error ? error.message : error}`)
  }
  return { after: ms => parsed.nextRun(new Date(ms))?.getTime() }
}

/** What is to be made up for at `now`: after `last`, up to and with now, oldest first. */
export function missed(
  occurrences: Occurrences,
  misfire: Schedule["misfire"],
  last: number,
  now: number,
  most: number,
): readonly number[] {
  const found: number[] = []
  for (let at = occurrences.after(last); at !== undefined && at <= now; at = occurrences.after(at)) {
    if (misfire === "all" && found.length === most) break
    if (misfire !== "all") found.length = 0
    found.push(at)
  }
  return misfire === "skip" ? found.filter(at => now - at <= graceMs) : found
}

const graceMs = 60_000
