// Systems for who must not write to them, or must not reach them. Flows in: connectors, or the flows that name them. Flows out: connectors that refuse the rest with a sentence.
import type { Connector } from "@fmap/runtime/connectors"
import { type FlowSpec, NotPossible } from "@fmap/runtime/flow"
import { systemsOf } from "./plan-flows.ts"

/** Whoever asks them to write is told that it cannot be. */
export function readOnly(systems: ReadonlyMap<string, Connector>): ReadonlyMap<string, Connector> {
  return new Map(
    [...systems].map(([name, connector]) => {
      const no = refuse(name, "written to")
      const own: Connector = {
        system: connector.system,
        idempotency: connector.idempotency.bind(connector),
        read: connector.read.bind(connector),
        find: connector.find.bind(connector),
        send: no,
        load: no,
        close: connector.close.bind(connector),
      }
      return [name, own]
    }),
  )
}

const refuse = (system: string, what: string) => (): never => {
  throw new NotPossible("FM8502", `${system} is not ${what} from here`)
}

/** Connectors for who reaches no system. */
export function unreachable(specs: readonly FlowSpec[]): ReadonlyMap<string, Connector> {
  return new Map(
    [...systemsOf(specs)].map(system => {
      const no = refuse(system, "reached")
      const close = async () => undefined
      return [system, { system, idempotency: () => ({}), read: no, send: no, load: no, find: no, close }]
    }),
  )
}
