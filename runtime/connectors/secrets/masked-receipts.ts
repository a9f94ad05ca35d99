// A connector whose receipts hold no secret: they are kept in the ledger, and some platforms repeat in an answer what they were sent, headers and all. Flows in: a connector. Flows out: the
// same one, with dots where a secret of this process stood in what it answered.
import { readJson } from "../../formats/json/read-json.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import type { Connector } from "../port/connector.ts"
import type { Secrets } from "./secrets.ts"

export function maskedReceipts(connector: Connector, secrets: Pick<Secrets, "mask">): Connector {
  const masked = <T>(receipt: T): T => {
    const text = writeJson(receipt)
    const without = secrets.mask(text)
    if (without === text) return receipt
    const read = readJson(without)
    // A secret that is a word of JSON itself cannot be hidden in it.
    return "ok" in read ? (read.ok as T) : receipt
  }
  const { load } = connector
  return {
    ...connector,
    send: async (request, call) => masked(await connector.send(request, call)),
    async find(request, signal) {
      const found = await connector.find(request, signal)
      return found === undefined ? undefined : masked(found)
    },
    ...(load === undefined
      ? {}
      : {
          load: async (request: Parameters<typeof load>[0], call: Parameters<typeof load>[1]) =>
            masked(await load(request, call)),
        }),
  }
}
