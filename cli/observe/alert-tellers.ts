// Who is told of alerts. Flows in: the section `alerts`, secrets. Flows out: one way to tell all of them, or a sentence for what cannot be. A notice that one of them did not take goes to
// all once more, with the same id.
import {
  createWebhookSender,
  SecretMissing,
  type Secrets,
  type WebhookSender,
} from "@fmap/runtime/connectors"
import type { World } from "@fmap/runtime/flow"
import { type Tell, tellCommand } from "@fmap/runtime/observe"
import { type Problem, problem } from "../terminal/problem.ts"
import { millisecondsOf } from "./duration.ts"
import type { AlertSettings } from "./watch-config.ts"

export interface Tellers {
  readonly tell: Tell
  close(): Promise<void>
}

export type FoundTellers =
  | { readonly kind: "tellers"; readonly tellers: Tellers }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export async function alertTellers(
  settings: AlertSettings,
  secrets: Secrets,
  world: World,
): Promise<FoundTellers> {
  const problems: Problem[] = []
  const tells: Tell[] = []
  const senders: WebhookSender[] = []
  for (const [index, { url, secret, reach }] of settings.webhooks.entries()) {
    try {
      const { origin, path } = partsOf(url)
      const topics = { firing: path, resolved: path }
      const sender = createWebhookSender(
        { system: "alerts", baseUrl: origin, reach, secret, topics, totalMs: 30_000, longestAnswer: 1 << 20 },
        { secrets, world },
      )
      senders.push(sender)
      tells.push((notice, signal) =>
        sender.publish(
          {
            id: notice.id,
            topic: notice.kind,
            payload: notice,
            correlationId: notice.id,
            causationId: notice.id,
            traceparent: undefined,
          },
          signal,
        ),
      )
      await secrets.get(secret)
    } catch (error) {
      if (error instanceof SecretMissing)
        problems.push(
          problem("FM8503", `"alerts.webhooks.${index}.secret": ${error.message.replace(/\.$/u, "")}.`),
        )
      if (error instanceof SecretMissing) continue
      if (!(error instanceof RangeError)) throw error
      problems.push(
        problem(
          "FM8507",
          `"alerts.webhooks.${index}.url": ${error.message.replace(/^baseUrl /u, "it ").replace(/\.$/u, "")}.`,
        ),
      )
    }
  }
  for (const { file, arguments: words, timeout } of settings.commands)
    tells.push(tellCommand({ file, arguments: words, timeoutMs: millisecondsOf(timeout) }))
  const close = async () => {
    for (const sender of senders) await sender.close()
  }
  if (problems.length > 0) {
    await close()
    return { kind: "problems", problems }
  }
  const tell: Tell = async (notice, signal) => {
    const heard = await Promise.allSettled(tells.map(one => one(notice, signal)))
    const deaf = heard.find(one => one.status === "rejected")
    if (deaf !== undefined) throw deaf.reason
  }
  return { kind: "tellers", tellers: { tell, close } }
}

/** Only this host is ever asked. */
function partsOf(url: string): { readonly origin: string; readonly path: string } {
  if (!URL.canParse(url)) throw new RangeError("it is no URL")
  const { protocol, username, password, origin, pathname, search } = new URL(url)
  if (protocol !== "https:" && protocol !== "http:") throw new RangeError("it is neither https nor http")
  if (username !== "" || password !== "") throw new RangeError("it holds credentials; name secrets instead")
  return { origin, path: `${pathname}${search}` }
}
