// What tests of connectors share: a platform on this machine, a clock and chance of their own, secrets with names, and conversations as text. Flows in:
// platforms and faults. Flows out: addresses, and what was said.
import { afterEach } from "vitest"
import { nodeSecrets } from "../../../runtime/connectors/secrets/node-secrets.ts"
import type { Secrets } from "../../../runtime/connectors/secrets/secrets.ts"
import { CallFailed, type FailureClass } from "../../../runtime/flow/port/failures.ts"
import type { Call } from "../../../runtime/flow/port/flow.ts"
import type { World } from "../../../runtime/flow/port/world.ts"
import type { Platform } from "../../../runtime/simulators/kernel/platform.ts"
import {
  type Seen,
  type ServeOptions,
  type Simulator,
  serve,
} from "../../../runtime/simulators/kernel/serve.ts"

export const noon = Date.parse("2026-03-31T12:00:00Z")

export interface TestClock {
  now: number
}

/** A world whose clock the test owns. */
export function worldAt(clock: TestClock): World {
  let count = 0
  return {
    now: () => clock.now,
    random: () => (count++ % 97) / 97,
    defer: work => setImmediate(work),
    sleep: (ms, signal) => {
      clock.now += ms
      return signal.aborted ? Promise.resolve() : new Promise(resolve => setImmediate(resolve))
    },
  }
}

export const canary = "CANARY-7f3a9b2c1d"

export function testSecrets(more: Readonly<Record<string, string>> = {}): Secrets {
  return nodeSecrets({ environment: { CLIENT_ID: "the-client-id", CLIENT_SECRET: canary, ...more } })
}

export interface Stage {
  readonly simulator: Simulator
  readonly url: string
  readonly seen: Seen[]
  readonly clock: TestClock
  readonly world: World
  readonly secrets: Secrets
}

const open: Simulator[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(simulator => simulator.stop()))
})

export async function stageOf(
  platform: Platform,
  options: Partial<ServeOptions> & { readonly secrets?: Readonly<Record<string, string>> } = {},
): Promise<Stage> {
  const seen: Seen[] = []
  const clock = { now: noon }
  const simulator = await serve(platform, {
    now: () => clock.now,
    saw: one => void seen.push(one),
    ...options,
  })
  open.push(simulator)
  return {
    simulator,
    url: simulator.url,
    seen,
    clock,
    world: worldAt(clock),
    secrets: testSecrets(options.secrets),
  }
}

export const call = (key = "k-1"): Call => ({
  key,
  sendKey: true,
  signal: new AbortController().signal,
  correlationId: "order-1",
  traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
})

export const anySignal = () => new AbortController().signal

/** The class a call fails with; fails where it does not fail, or with anything else. */
export async function failureOf(work: Promise<unknown>): Promise<CallFailed> {
  try {
    await work
  } catch (error) {
    if (error instanceof CallFailed) return error
    throw error
  }
  throw new Error("the call did not fail")
}

export async function classOf(work: Promise<unknown>): Promise<FailureClass | "done"> {
  try {
    await work
    return "done"
  } catch (error) {
    if (error instanceof CallFailed) return error.failure
    throw error
  }
}

export async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = []
  for await (const page of pages) items.push(...page)
  return items
}

/** Request beside answer, as people read them; tokens and ports of one run are written as words. */
export function conversation(seen: readonly Seen[]): string {
  const parts = seen.map(({ request, answer, fault }, i) => {
    const url =
      request.path +
      (request.query.size === 0 ? "" : `?${decodeURIComponent(String(request.query).replaceAll("+", "%20"))}`)
    return [
      `== ${i + 1}. ${request.method} ${url}`,
      ...headLines(request.headers),
      ...bodyLines(request.body, request.headers.get("content-type")),
      `-- ${fault === undefined ? "" : `(${fault}) `}${answer?.status ?? "no answer"}`,
      ...headLines(
        new Map(Object.entries(answer?.headers ?? {}).map(([name, value]) => [name, String(value)])),
      ),
      ...bodyLines(answer?.body, answer?.headers?.["content-type"]),
      "",
    ].join("\n")
  })
  return parts
    .join("\n")
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, "http://platform")
    .replace(/127\.0\.0\.1%3A\d+/g, "platform")
    .replaceAll(canary, "<secret>")
    .replaceAll(Buffer.from(`the-client-id:${canary}`).toString("base64"), "<user and password>")
}

const dull = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "traceparent",
  "accept-encoding",
])

function headLines(headers: ReadonlyMap<string, string>): string[] {
  return [...headers].filter(([name]) => !dull.has(name)).map(([name, value]) => `${name}: ${value}`)
}

function bodyLines(body: string | Uint8Array | undefined, type: unknown): string[] {
  const text = body === undefined ? "" : typeof body === "string" ? body : Buffer.from(body).toString("utf8")
  if (text === "") return []
  if (!/json/.test(String(type))) return [text]
  // digits stay as they were written: what is shown is what was sent
  const value: unknown = JSON.parse(text)
  return [JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text]
}
