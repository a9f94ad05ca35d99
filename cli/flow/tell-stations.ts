// A business key over flows and systems, in lines a person reads. Flows in: the events that know it. Flows out: a line each with why and its amount, below it what was done where.
import { moneyText } from "@fmap/runtime"
import type { Station } from "@fmap/runtime/flow"
import { safeLine } from "../terminal/safe-text.ts"

/** `more`: there are more than were followed. */
export function stationsText(key: string, stations: readonly Station[], more: boolean): string {
  const head = `${key}: ${stations.length} event${stations.length === 1 ? "" : "s"}${more ? ", and more than are followed" : ""}`
  return `${[head, ...stations.flatMap(stationLines)].map(line => `${safeLine(line)}\n`).join("")}`
}

function stationLines({ event, because }: Station): readonly string[] {
  const { receivedAt, flow, version, state, amount, currency } = event
  return [
    `${receivedAt}  ${flow} ${version}  ${state}${money(amount, currency)}  (${because})`,
    ...event.effects.map(
      effect =>
        `  → ${effect.target} ${effect.name}: ${effect.state}${money(effect.amount, effect.currency)}`,
    ),
    ...event.exceptions.map(({ number, code, state: open }) => `  ! #${number} ${code}, ${open}`),
  ]
}

function money(amount: string | undefined, currency: string | undefined): string {
  return amount === undefined ? "" : `  ${moneyText(amount, currency)}`
}
