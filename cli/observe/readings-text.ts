// What watches found, for people. Flows in: watches with their readings, and now. Flows out: lines: what is wrong first.
import { moneyText } from "@fmap/runtime"
import type { Reading, Watch } from "@fmap/runtime/observe"
import { age } from "../flow/age.ts"
import { durationText } from "./duration.ts"
import type { Watched } from "./looks.ts"

export function readingsText(all: readonly Watched[], now: number): string {
  const lines = all.flatMap(({ watch, readings }) =>
    readings.length === 0
      ? [
          {
            alerts: false,
            text: `${watch.name}: ${watch.kind === "targets" ? "none failed" : `nothing${allowed(watch)}`}`,
          },
        ]
      : readings.map(reading => ({
          alerts: reading.alerts,
          text: `${titleOf(reading)}: ${told(watch, reading, now)}`,
        })),
  )
  const marked = lines.map(({ alerts, text }) => ({ alerts, text: `${alerts ? "LATE" : "ok  "}  ${text}` }))
  const inOrder = [...marked.filter(({ alerts }) => alerts), ...marked.filter(({ alerts }) => !alerts)]
  return `${inOrder.map(({ text }) => text).join("\n")}\n`
}

function titleOf({ watch, group }: Reading): string {
  const words = Object.entries(group).map(([name, value]) => `${name} ${value}`)
  return words.length === 0 ? watch : `${watch} (${words.join(", ")})`
}

function told(watch: Watch, reading: Reading, now: number): string {
  const { late, waiting, oldest, amounts, examples, objective, circuit } = reading
  if (circuit !== undefined) {
    const paused = circuit.pausedUntil === undefined ? "" : `, paused until ${circuit.pausedUntil}`
    const held = waiting === 0 ? "" : `; ${waiting} events wait for it`
    return `${circuit.failures === 0 ? "answers" : `${circuit.failures} failures in a row`}${paused}${held}`
  }
  if (objective !== undefined) {
    const rates = objective.windows.map(({ window, burnRate }) => `${window} ${burnRate.toFixed(1)}`)
    const hour = objective.windows.find(({ window }) => window === "1h")
    return `${hour?.bad ?? 0} of ${hour?.events ?? 0} events of the last hour not in time${allowed(watch)}; allowance used up ${rates.join(", ")} times as quickly as allowed`
  }
  const sums = amounts.map(({ currency, value }) => moneyText(value, currency))
  const parts = [
    watch.kind === "fresh" ? (late === 0 ? "in time" : `${late} too late`) : `${late} of ${waiting} too late`,
    ...(oldest === undefined ? [] : [`oldest ${age(oldest, now)}`]),
    ...(sums.length === 0 ? [] : [sums.join(", ")]),
    ...(examples.length === 0 || watch.kind === "fresh"
      ? []
      : [examples.map(id => id.slice(0, 8)).join(" ")]),
    ...(examples.length > 0 && watch.kind === "fresh" ? [examples.join(", ")] : []),
  ]
  return `${parts.join("; ")}${allowed(watch)}`
}

function allowed(watch: Watch): string {
  if (watch.kind === "targets") return ""
  const time = watch.withinMs === 0 ? "at once" : `within ${durationText(watch.withinMs)}`
  return watch.kind === "share" ? ` (${watch.share} % ${time})` : ` (${time})`
}
