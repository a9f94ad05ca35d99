// NATS beside running flows. Flows in: the section `nats`. Flows out: streams are read into flows, and the outbox goes to subjects, until the signal ends; or a sentence for what cannot be.
// Everything is asked for at the start: a subject that no stream keeps would lose messages.

import { suggest } from "@fmap/grammar"
import type { Secrets } from "@fmap/runtime/connectors"
import {
  type Engine,
  type FlowSpec,
  type Ledger,
  NotPossible,
  type World,
  waitingMessages,
  watermarkAt,
} from "@fmap/runtime/flow"
import { peer } from "../../observe/peer.ts"
import type { Voice } from "../../observe/voice.ts"
import { type Problem, problem, problemsOf } from "../../terminal/problem.ts"
import { placeOfNats } from "../plan-regions.ts"
import type { NatsSettings } from "./nats-config.ts"
import { publishedEvents } from "./published-events.ts"

type Nats = typeof import("@fmap/runtime/brokers/nats")
type Link = Awaited<ReturnType<Nats["connectNats"]>>

export interface NatsParts {
  readonly specs: readonly FlowSpec[]
  readonly engine: Engine
  readonly ledger: Ledger
  readonly world: World
  readonly secrets: Secrets
  readonly voice: Voice
}

export interface Transport {
  run(signal: AbortSignal): readonly Promise<void>[]
  /** Reads what the streams hold now. */
  bring(signal: AbortSignal): Promise<void>
  /** Carries out what the outbox holds now. */
  carry(signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export type FoundTransport =
  | { readonly kind: "transport"; readonly transport: Transport }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export async function openNats(settings: NatsSettings, parts: NatsParts): Promise<FoundTransport> {
  const known = unknownNames(settings, parts.specs)
  if (known.length > 0) return { kind: "problems", problems: problemsOf("FM8506", known) }
  const found = await peer(
    "nats",
    "the packages @nats-io/jetstream and @nats-io/transport-node",
    () => import("@fmap/runtime/brokers/nats"),
  )
  if (found.kind === "problems") return found
  const nats = found.peer
  let link: Link
  try {
    link = await nats.connectNats(await optionsOf(settings, parts))
  } catch (error) {
    const why = parts.secrets.mask(reasonOf(error))
    return {
      kind: "problems",
      problems: [problem("FM8506", `"nats" does not reach ${settings.servers.join(", ")}: ${why}.`)],
    }
  }
  const missing = await missingStreams(settings, parts.specs, nats, link)
  if (missing.length > 0) {
    await link.close()
    return { kind: "problems", problems: problemsOf("FM8506", missing) }
  }
  return { kind: "transport", transport: transport(settings, parts, nats, link) }
}

function unknownNames({ in: entries, out }: NatsSettings, specs: readonly FlowSpec[]): readonly string[] {
  const flows = specs.map(({ name }) => name)
  const events = [...publishedEvents(specs).keys()]
  const said = (name: string, all: readonly string[]) => {
    const meant = suggest(name, all)
    return meant === undefined ? "" : `; did you mean "${meant}"`
  }
  return [
    ...entries.flatMap(({ flow }, index) =>
      flows.includes(flow)
        ? []
        : [`"nats.in.${index}.flow": there is no flow "${flow}"${said(flow, flows)}.`],
    ),
    ...entries.flatMap(({ stream, flow }, index) =>
      entries.findIndex(other => other.stream === stream && other.flow === flow) === index
        ? []
        : [`"nats.in.${index}": flow ${flow} reads stream ${stream} twice; name all subjects in one entry.`],
    ),
    ...(out?.events ?? []).flatMap((event, index) =>
      events.includes(event)
        ? []
        : [`"nats.out.events.${index}": no flow publishes "${event}"${said(event, events)}.`],
    ),
  ]
}

async function optionsOf(
  { servers, tls, user, password, token, credentials }: NatsSettings,
  { secrets, world }: NatsParts,
) {
  const got = async (reference: string | undefined) =>
    reference === undefined ? undefined : await secrets.get(reference)
  const given = {
    user: await got(user),
    password: await got(password),
    token: await got(token),
    credentials: await got(credentials),
  }
  const there = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { servers, tls, name: `fmap ${world.now().toString(36)}`, ...there }
}

async function missingStreams(
  { in: entries, out }: NatsSettings,
  specs: readonly FlowSpec[],
  { lastOf, streamFor }: Nats,
  link: Link,
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [index, { stream, deadLetters }] of entries.entries()) {
    if ((await lastOf(link, stream)) === undefined)
      problems.push(`"nats.in.${index}.stream": there is no stream ${stream}.`)
    const keeper = await streamFor(link, deadLetters)
    if (keeper === undefined)
      problems.push(
        `"nats.in.${index}.deadLetters": no stream keeps ${deadLetters}; what is no event would be lost.`,
      )
    else if (keeper === stream)
      problems.push(
        `"nats.in.${index}.deadLetters": stream ${stream} keeps ${deadLetters} itself, and would bring it again.`,
      )
  }
  if (out === undefined) return problems
  const events = [...publishedEvents(specs)].filter(
    ([event, { takenHere }]) => !takenHere || out.events.includes(event),
  )
  for (const [event] of events)
    if ((await streamFor(link, `${out.prefix}${event}`)) === undefined)
      problems.push(
        `"nats.out": no stream keeps ${out.prefix}${event}, which flows publish; it would be lost.`,
      )
  return problems
}

function transport(
  { in: entries, out, region }: NatsSettings,
  parts: NatsParts,
  nats: Nats,
  link: Link,
): Transport {
  const { engine, ledger, world, voice } = parts
  const consume = (
    { stream, subjects, flow, deadLetters }: NatsSettings["in"][number],
    signal: AbortSignal,
  ) =>
    nats.consumeFromJetStream(
      {
        client: link.client,
        stream,
        engine,
        ledger,
        flow,
        world,
        deadLetters,
        ...(subjects === undefined ? {} : { subjects }),
        waiting: error => voice.failing(`stream ${stream}`, error),
        missed: (from, to) =>
          voice.say(`Stream ${stream} deleted messages ${from} to ${to - 1}, which ${flow} has not read.`),
      },
      signal,
    )
  /** A server that is away for a while ends nothing. */
  async function keepConsuming(entry: NatsSettings["in"][number], signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await consume(entry, signal)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof NotPossible || error instanceof TypeError) throw error
        voice.say(`Stream ${entry.stream} cannot be read, and is tried again: ${reasonOf(error)}.`)
        await world.sleep(againMs, signal)
      }
    }
  }
  /** What must not go there stays. */
  const nothingWaits = async () =>
    (await ledger.run(() => waitingMessages(1, placeOfNats({ region })))).length === 0
  const relay = (signal: AbortSignal) => {
    if (out === undefined) return Promise.resolve()
    const publish = nats.publishToJetStream({ client: link.client, source: out.source, prefix: out.prefix })
    return engine.relay(
      async message => {
        try {
          await publish(message)
        } catch (error) {
          voice.say(`${out.prefix}${message.topic} takes no message, and is tried again: ${reasonOf(error)}.`)
          throw error
        }
      },
      { signal, place: placeOfNats({ region }) },
    )
  }
  /** Until `done` says so. */
  async function while_(
    work: (signal: AbortSignal) => Promise<void>,
    done: () => Promise<boolean>,
    signal: AbortSignal,
  ) {
    const ended = new AbortController()
    const both = AbortSignal.any([signal, ended.signal])
    const working = work(both)
    while (!both.aborted && !(await done())) await Promise.race([working, world.sleep(lookMs, both)])
    ended.abort()
    await working
  }
  return {
    run: signal => [...entries.map(entry => keepConsuming(entry, signal)), relay(signal)],
    async bring(signal) {
      for (const entry of entries) {
        const last = (await nats.lastOf(link, entry.stream, entry.subjects)) ?? 0
        const read = async () =>
          Number((await ledger.run(() => watermarkAt(nats.watermarkName(entry)))) ?? 0) >= last
        await while_(both => keepConsuming(entry, both), read, signal)
      }
    },
    async carry(signal) {
      if (out !== undefined) await while_(relay, nothingWaits, signal)
    },
    close: () => link.close(),
  }
}

const againMs = 2_000
const lookMs = 50

/** NATS says what is wrong with streams and connections, and repeats no message. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/u, "")
}
