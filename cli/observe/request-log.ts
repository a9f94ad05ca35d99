// Requests to API and console, as lines of a log. Flows in: what the service tells of each. Flows out: fields and a sentence. There is the name of a route and no path as it was asked: a query or a
// part of a path may be somebody's name.
import type { LogEntry } from "@fmap/runtime/http"
import type { PinoLog } from "@fmap/runtime/observe/pino"

/** What probes and browsers ask all the time. */
const seldomOfInterest: ReadonlySet<string> = new Set(["health", "ready", "console style", "console icon"])

export function requestLog(log: PinoLog): (entry: LogEntry) => void {
  return ({ tookMs, ...entry }) => {
    const fields = { ...entry, ms: tookMs }
    if (entry.status >= 500) log.error(fields, "request failed")
    else if (seldomOfInterest.has(entry.route)) log.debug(fields, "request answered")
    else log.info(fields, "request answered")
  }
}
