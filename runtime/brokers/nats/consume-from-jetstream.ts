// From a stream of JetStream into an inbox. Flows in: messages, in the order of the stream. Flows out: events. How far the stream was read is a watermark of the
// ledger, written with the events: nothing is lost by a death in between, nothing overtakes, and a second node that reads the same stream finds duplicates.
// What is no event goes to a dead letter subject before the watermark passes it.
import { type Consumer, DeliverPolicy, type JetStreamClient, type JsMsg } from "@nats-io/jetstream"
import { headers } from "@nats-io/transport-node"
import type { Ledger } from "../../flow/ledger/ledger.ts"
import { watermarkAt } from "../../flow/ledger/seen.ts"
import type { AppendOptions, Engine } from "../../flow/port/engine.ts"
import type { Inbound } from "../../flow/port/event.ts"
import { BackPressure, NotPossible, StoreFailed } from "../../flow/port/failures.ts"
import type { World } from "../../flow/port/world.ts"
import { eventOf } from "./event-headers.ts"

export interface ConsumeOptions {
  readonly client: Pick<JetStreamClient, "consumers" | "streams" | "publish">
  /** Of limits retention: a stream that deletes what was acknowledged once is for consumers of its own. */
  readonly stream: string
  /** All where absent. */
  readonly subjects?: readonly string[]
  readonly engine: Pick<Engine, "append">
  readonly ledger: Ledger
  readonly flow: string
  readonly world: Pick<World, "sleep">
  /** Where messages go that are no events; its stream has to exist. */
  readonly deadLetters: string
  /** Messages in one transaction at most; 100 where absent. */
  readonly batch?: number
  /** The ledger does not take events now. */
  readonly waiting?: (error: BackPressure | StoreFailed) => void
  /** The stream deleted messages that nobody had read: those from one sequence number to before another. */
  readonly missed?: (from: number, to: number) => void
}

export async function consumeFromJetStream(options: ConsumeOptions, signal: AbortSignal): Promise<void> {
  const { batch = 100 } = options
  const consumer = await consumerOf(options)
  while (!signal.aborted) {
    const messages = await nextOf(consumer, batch, signal)
    if (messages.length > 0 && !signal.aborted) await takeBatch(messages, options, signal)
  }
}

/** Of how far a flow has read a stream, in the ledger: the number of a message. */
export function watermarkName({ stream, flow }: Pick<ConsumeOptions, "stream" | "flow">): string {
  return `nats:${stream}:${flow}`
}

/** It begins behind the watermark. */
async function consumerOf(options: ConsumeOptions): Promise<Consumer> {
  const { client, stream, subjects, ledger, missed } = options
  const read = Number((await ledger.run(() => watermarkAt(watermarkName(options)))) ?? 0)
  const found = await client.streams.get(stream)
  const first = (await found.info()).state.first_seq
  if (read > 0 && first > read + 1) missed?.(read + 1, first)
  return client.consumers.get(stream, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: read + 1,
    // several need a server of version 2.10
    ...(subjects === undefined
      ? {}
      : { filter_subjects: subjects.length === 1 ? String(subjects[0]) : [...subjects] }),
  })
}

async function nextOf(consumer: Consumer, batch: number, signal: AbortSignal): Promise<readonly JsMsg[]> {
  const messages = await consumer.fetch({ max_messages: batch, expires: 1_000 })
  const stop = () => void messages.close()
  signal.addEventListener("abort", stop, { once: true })
  const list: JsMsg[] = []
  try {
    for await (const message of messages) list.push(message)
  } finally {
    signal.removeEventListener("abort", stop)
  }
  return list
}

async function takeBatch(
  messages: readonly JsMsg[],
  options: ConsumeOptions,
  signal: AbortSignal,
): Promise<void> {
  const events: Inbound[] = []
  for (const message of messages) {
    const read = readMessage(message, options.flow)
    if ("event" in read) events.push(read.event)
    else await bury(message, read.problem, options)
  }
  try {
    await append(events, messages.at(-1), options, signal)
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error
    // one of them cannot be kept as it is; the others are not to wait for it
    for (const message of messages) await takeOne(message, options, signal)
  }
}

async function takeOne(message: JsMsg, options: ConsumeOptions, signal: AbortSignal): Promise<void> {
  const read = readMessage(message, options.flow)
  try {
    await append("event" in read ? [read.event] : [], message, options, signal)
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error
    await bury(message, error.message, options)
    await append([], message, options, signal)
  }
}

function readMessage(
  { info, headers: given, data, subject }: JsMsg,
  flow: string,
): ReturnType<typeof eventOf> {
  return eventOf({ stream: info.stream, sequence: info.streamSequence, subject, headers: given, data }, flow)
}

/** Until the ledger has them: what it cannot take now it takes later, and nothing of the stream goes before. */
async function append(
  events: readonly Inbound[],
  last: JsMsg | undefined,
  options: ConsumeOptions,
  signal: AbortSignal,
): Promise<void> {
  if (last === undefined) return
  const { engine, waiting, world } = options
  const watermark: AppendOptions = {
    watermark: { name: watermarkName(options), value: String(last.info.streamSequence) },
  }
  while (!signal.aborted) {
    try {
      await engine.append(events, watermark)
      return
    } catch (error) {
      if (!(error instanceof BackPressure || error instanceof StoreFailed)) throw error
      waiting?.(error)
      await world.sleep(error instanceof BackPressure ? error.retryAfterMs : 1_000, signal)
    }
  }
}

async function bury(message: JsMsg, problem: string, { client, deadLetters }: ConsumeOptions): Promise<void> {
  const { stream, streamSequence } = message.info
  const all = headers()
  all.set("fmap-problem", problem.replaceAll(/[\r\n]+/gu, " ").slice(0, 500))
  all.set("fmap-subject", message.subject)
  all.set("fmap-stream", stream)
  all.set("fmap-sequence", String(streamSequence))
  await client.publish(deadLetters, message.data, { headers: all, msgID: `dead:${stream}:${streamSequence}` })
}
