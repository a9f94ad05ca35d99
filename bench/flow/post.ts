// One POST over a kept connection. Flows in: URL, body, idempotency key. Flows out: the receipt.
import { type Agent, request } from "node:http"
import { CallFailed } from "@fmap/runtime/flow"

export function post(url: string, agent: Agent, body: string, key: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", agent, headers: { "idempotency-key": key } }, response => {
      let text = ""
      response.on("data", piece => {
        text += String(piece)
      })
      response.on("end", () => resolve(JSON.parse(text).receipt))
    })
    call.on("error", error => reject(new CallFailed("in-doubt", "NETWORK", error.message)))
    call.end(body)
  })
}
