// One POST, with its outcome in the words of the engine. Flows in: a URL, a body, a key. Flows out: the receipt, or CallFailed.
import { Agent, request } from "node:http"
import { CallFailed } from "../../../../runtime/flow/port/failures.ts"

export type Post = (body: string, key: string) => Promise<string>

export function postTo(url: string): { readonly post: Post; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const post: Post = (body, key) =>
    new Promise((resolve, reject) => {
      const call = request(url, { method: "POST", agent, headers: { "idempotency-key": key } }, response => {
        let text = ""
        response.on("data", piece => {
          text += String(piece)
        })
        response.on("error", error => reject(new CallFailed("in-doubt", "RESET", error.message)))
        response.on("end", () => {
          const status = response.statusCode ?? 0
          if (status === 200) return resolve(JSON.parse(text).receipt)
          if (status === 429)
            return reject(
              new CallFailed("throttled", "429", "slow down", Number(response.headers["retry-after-ms"])),
            )
          reject(new CallFailed("in-doubt", String(status), "the server failed"))
        })
      })
      call.on("error", error => {
        const refused = "code" in error && error.code === "ECONNREFUSED"
        reject(new CallFailed(refused ? "transient" : "in-doubt", "NETWORK", error.message))
      })
      call.end(body)
    })
  return { post, close: () => agent.destroy() }
}
