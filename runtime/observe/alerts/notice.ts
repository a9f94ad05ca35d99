// What people are told. Flows in: an alert of the ledger. Flows out: a notice with a sentence, the same in every try.
import { moneyText } from "../../money/amount-text.ts"
import type { Reading } from "../watches/watch.ts"

export interface Notice {
  /** The same for the same notice, however often it is told. */
  readonly id: string
  readonly kind: "firing" | "resolved"
  readonly watch: string
  readonly group: Readonly<Record<string, string>>
  readonly since: string
  /** When it was well again. */
  readonly until: string | undefined
  /** The last one while it was wrong. */
  readonly reading: Reading
  readonly sentence: string
}

export function noticeOf(alert: {
  readonly seq: number
  readonly since: string
  readonly until: string | undefined
  readonly reading: Reading
}): Notice {
  const { seq, since, until, reading } = alert
  const kind = until === undefined ? "firing" : "resolved"
  return {
    id: `alert-${seq}-${kind}`,
    kind,
    watch: reading.watch,
    group: reading.group,
    since,
    until,
    reading,
    sentence: until === undefined ? wrong(reading) : `${title(reading)}: all is well again since ${until}.`,
  }
}

function wrong(reading: Reading): string {
  const { objective } = reading
  if (objective !== undefined) {
    const hour = objective.windows.find(({ window }) => window === "1h")
    return `${title(reading)}: ${hour?.bad ?? 0} of ${hour?.events ?? 0} events of the last hour were too late.`
  }
  if (reading.circuit !== undefined)
    return `${title(reading)}: ${reading.circuit.failures} calls failed in a row; ${reading.waiting} events wait for it.`
  const since = reading.oldest === undefined ? "" : `, the oldest since ${reading.oldest}`
  const sums = reading.amounts.map(({ currency, value }) => moneyText(value, currency)).join(", ")
  return `${title(reading)}: ${reading.late} too late${since}${sums === "" ? "" : `; ${sums}`}.`
}

function title({ watch, group }: Reading): string {
  const words = Object.entries(group).map(([name, value]) => `${name} ${value}`)
  return words.length === 0 ? watch : `${watch} (${words.join(", ")})`
}
