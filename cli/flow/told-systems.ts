// Systems whose failures are told while flows run: an event that waits for one says nothing by itself. Flows in: connectors, and who speaks. Flows out: the same connectors; each failure
// that is tried again is told once, until a call of that system succeeds.
import type { Connector } from "@fmap/runtime/connectors"
import { CallFailed, type FailureClass } from "@fmap/runtime/flow"

export type TellFailing = (system: string, error: Error) => void

/** These end in no exception, or in one much later. */
const triedAgain: ReadonlySet<FailureClass> = new Set(["transient", "throttled", "auth", "in-doubt"])

export function toldSystems(
  systems: ReadonlyMap<string, Connector>,
  tell: TellFailing,
): ReadonlyMap<string, Connector> {
  return new Map([...systems].map(([name, connector]) => [name, told(name, connector, tell)]))
}

function told(system: string, connector: Connector, tell: TellFailing): Connector {
  let last: string | undefined
  const failed = (error: unknown): never => {
    if (error instanceof CallFailed && triedAgain.has(error.failure) && error.message !== last) {
      last = error.message
      tell(system, error)
    }
    throw error
  }
  const listened = async <T>(call: Promise<T>): Promise<T> => {
    const answer = await call.catch(failed)
    last = undefined
    return answer
  }
  const { load, prepareLoad } = connector
  return {
    ...connector,
    async *read(request, signal) {
      try {
        for await (const page of connector.read(request, signal)) {
          last = undefined
          yield page
        }
      } catch (error) {
        failed(error)
      }
    },
    send: (request, call) => listened(connector.send(request, call)),
    find: (request, signal) => listened(connector.find(request, signal)),
    ...(prepareLoad === undefined
      ? {}
      : {
          prepareLoad: (...words: Parameters<typeof prepareLoad>) =>
            listened(prepareLoad.call(connector, ...words)),
        }),
    ...(load === undefined
      ? {}
      : { load: (...words: Parameters<typeof load>) => listened(load.call(connector, ...words)) }),
  }
}
