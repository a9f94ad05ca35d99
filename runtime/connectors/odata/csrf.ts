// The token against cross-site requests that SAP wants with every write. Flows in: an authorizer. Flows out: one that fetches the token and its cookies before the first write, and again
// when they are refused: a write that was refused for that has not been done.
import { type Authorizer, ask, type Line } from "../http/ask.ts"

interface Held {
  readonly token: string
  readonly cookie: string
}

export function withCsrf(authorizer: Authorizer, line: Omit<Line, "authorizer">): Authorizer {
  let held: Held | undefined
  let asking: Promise<void> | undefined
  const fetchToken = async () => {
    const { headers, cookies } = await ask(
      { ...line, authorizer },
      { method: "GET", url: "", headers: { "x-csrf-token": "Fetch" }, isSafe: true, form: "bytes" },
      { signal: new AbortController().signal },
    )
    const cookie = cookies.map(one => one.split(";")[0] ?? "").join("; ")
    const token = headers.get("x-csrf-token") ?? ""
    for (const secret of [
      token,
      ...cookies.map(one => one.split(";")[0]?.split("=").slice(1).join("=") ?? ""),
    ])
      line.secrets.hide(secret)
    held = { token, cookie }
  }
  return {
    async headers(request, signal) {
      const credentials = await authorizer.headers(request, signal)
      if (request.method === "GET" || request.method === "HEAD") return credentials
      if (held === undefined) {
        asking ??= fetchToken().finally(() => {
          asking = undefined
        })
        await asking
      }
      const { token, cookie } = held ?? { token: "", cookie: "" }
      return { ...credentials, "x-csrf-token": token, ...(cookie === "" ? {} : { cookie }) }
    },
    renew(sent) {
      const renewed = authorizer.renew(sent)
      if (sent["x-csrf-token"] === undefined) return renewed
      if (held?.token === sent["x-csrf-token"]) held = undefined
      return true
    },
  }
}
