// `fmap flow start`: runs the flows of the project on their systems until it is interrupted; with --once until everything there is now has been dealt with. Flows in: changes, times,
// events of the ledger. Flows out: what stops, on standard error; at the end of --once what is where, on standard output.
import {
  CallFailed,
  type Engine,
  type FlowSpec,
  NotPossible,
  type Observer,
  type Operation,
  type Poller,
  pollChanges,
  queuedExceptions,
  type Row,
  scheduleOf,
  sql,
} from "@fmap/runtime/flow"
import type { Schedule } from "@fmap/runtime/flow/schedules"
import { type FoundTransport, openNats, type Transport } from "../flow/nats/open-nats.ts"
import type { FlowOptions, RunningFlows } from "../flow/open-flows.ts"
import { openHttp } from "../flow/open-http.ts"
import { withFlows } from "../flow/with-ledger.ts"
import { openParts, type Parts } from "../observe/open-parts.ts"
import type { Voice } from "../observe/voice.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem, within } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeText } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"
import { statsText } from "./flow-stats.ts"

export interface FlowStartOptions extends FlowOptions {
  readonly once?: boolean
  /** With `once`: whole seconds after which it ends, whatever still waits. */
  readonly atMost?: string
  /** API and console: true, or where they listen. */
  readonly http?: string | true
}

export async function flowStart(options: FlowStartOptions, terminal: Terminal): Promise<ExitCode> {
  const { atMost } = options
  if (atMost !== undefined && options.once !== true)
    return cannotStart(terminal, [problem("FM8004", "--at-most goes with --once.")])
  if (atMost !== undefined && !/^[1-9]\d{0,5}$/u.test(atMost))
    return cannotStart(terminal, [problem("FM8003", "--at-most is whole seconds, 1 to 999999.")])
  const longestMs = atMost === undefined ? Number.POSITIVE_INFINITY : Number(atMost) * 1_000
  let voice: Voice | undefined
  // What the store says later is said as everything else is.
  const comment = (text: string) =>
    voice === undefined ? terminal.comment(text) : voice.say(text.replace(/\n$/u, ""))
  const failing = (system: string, error: Error) => voice?.failing(system, error)
  const work = async (running: RunningFlows): Promise<ExitCode> => {
    if (running.specs.length === 0)
      return cannotStart(terminal, [problem("FM8105", "The project has no flow.")])
    const looking = await openParts(running, terminal)
    if (looking.kind === "problems") return cannotStart(terminal, looking.problems)
    const { parts } = looking
    voice = parts.voice
    let transport: Transport | undefined
    try {
      voice.say(
        `${running.specs.map(spec => `${spec.name} ${spec.version}`).join(", ")} on ${running.store.name}.`,
      )
      const pollers = pollersOf(running, parts)
      const engine = running.store.engineOf(running.flows, undefined, parts.observer)
      const found = await transportOf(running, engine, voice)
      if (found.kind === "problems") return cannotStart(terminal, found.problems)
      transport = found.transport
      if (options.once === true)
        return await once(running, engine, pollers, transport, parts, terminal, longestMs)
      if (options.http === undefined)
        return await forEver(running, engine, pollers, transport, parts, terminal)
      const place = options.http === true ? undefined : options.http
      const server = await openHttp(running, engine, place, parts)
      return await forEver(running, engine, pollers, transport, parts, terminal).finally(() => server.stop())
    } finally {
      await transport?.close()
      await parts.close()
      voice = undefined
    }
  }
  return withFlows({ ...options, polls: true }, { ...terminal, comment }, "work", work, failing)
}

interface NamedPoller {
  readonly flow: string
  readonly poller: Poller
}

function pollersOf(
  { specs, flows, systems, facts, config, store, world }: RunningFlows,
  { voice, observer }: Pick<Parts, "voice" | "observer">,
): readonly NamedPoller[] {
  return specs.flatMap(spec => {
    const { trigger } = spec
    if (trigger.kind !== "changed") return []
    const connector = systems.get(trigger.from.system)
    const flow = flows.find(({ name }) => name === spec.name)
    if (connector === undefined || flow === undefined)
      throw new NotPossible(
        "FM8501",
        `Flow ${spec.name} begins with changes of ${trigger.from.system}: name it under "systems" of fmap.flows.json, or let fmap flow init write it`,
      )
    const { begin = "now", everySeconds } = config.flows[spec.name] ?? {}
    const troubled = (error: Error) => voice.failing(spec.name, error)
    const every = everySeconds === undefined ? {} : { everyMs: everySeconds * 1_000 }
    const poller = pollChanges({
      spec,
      flow,
      connector,
      facts: facts.facts(trigger.from),
      ledger: store.ledger,
      world,
      begin,
      troubled,
      looked: records => tellFirstLook(spec, trigger.from.system, records, voice),
      ...every,
      ...(observer === undefined ? {} : { observer }),
    })
    return [{ flow: spec.name, poller }]
  })
}

/** What was there before is not done by itself: nobody should learn that from a missing order. */
function tellFirstLook({ name }: FlowSpec, system: string, records: number, voice: Voice): void {
  if (records === 0) return
  const what =
    records === 1
      ? "1 record that was there already makes"
      : `${records} records that were there already make`
  voice.say(
    `${name}: first start. In ${system} ${what} no event, only what changes from now on does. To take them: fmap flow take ${name}`,
  )
}

async function transportOf(
  { config, specs, store, world, secrets }: RunningFlows,
  engine: Engine,
  voice: Voice,
): Promise<FoundTransport | { readonly kind: "none"; readonly transport: undefined }> {
  if (config.nats === undefined) return { kind: "none", transport: undefined }
  const { ledger } = store
  const found = await openNats(config.nats, { specs, engine, ledger, world, secrets, voice })
  return found.kind === "problems"
    ? { kind: "problems", problems: within(config.shown, found.problems) }
    : found
}

async function once(
  running: RunningFlows,
  engine: Engine,
  pollers: readonly NamedPoller[],
  transport: Transport | undefined,
  parts: Parts,
  terminal: Terminal,
  longestMs: number,
): Promise<ExitCode> {
  const { flows, config, world } = running
  const until = world.now() + longestMs
  const ended = new AbortController()
  const signal = AbortSignal.any([terminal.interrupted, ended.signal])
  let failed = false
  for (const { flow, poller } of pollers) {
    try {
      await poller.once(signal)
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      failed = true
      parts.voice.failing(flow, error)
    }
  }
  await transport?.bring(signal)
  const processed = engine.process({ lanes: config.lanes, signal })
  const known = new Set(flows.map(({ name, version }) => `${name} ${version}`))
  let rested = await atRest(running, known)
  while (!signal.aborted && !rested && world.now() < until) {
    await Promise.race([processed, world.sleep(50, signal)])
    rested = await atRest(running, known)
  }
  ended.abort()
  await processed
  await transport?.carry(terminal.interrupted)
  await parts.once(terminal.interrupted)
  const stats = await engine.stats({ amounts: true })
  await terminal.out(safeText(statsText(stats, world.now())))
  if (terminal.interrupted.aborted) return exitCodes.interrupted
  if (!rested) parts.voice.say("Its time is over, and events still wait: the next start goes on with them.")
  return failed || !rested || stats.exceptions.length > 0 ? exitCodes.stopped : exitCodes.fine
}

function* waitingFlows(): Operation<readonly Row[]> {
  return yield sql`SELECT DISTINCT inbox.flow, inbox.flow_version FROM lane JOIN inbox ON inbox.id = lane.head
    WHERE lane.state IN ('ready', 'running')`
}

/** Events of versions that are not here wait for who has them. */
async function atRest({ store }: RunningFlows, known: ReadonlySet<string>): Promise<boolean> {
  const rows = await store.ledger.run(waitingFlows)
  return !rows.some(row => known.has(`${row["flow"]} ${row["flow_version"]}`))
}

async function forEver(
  running: RunningFlows,
  engine: Engine,
  pollers: readonly NamedPoller[],
  transport: Transport | undefined,
  parts: Parts,
  terminal: Terminal,
): Promise<ExitCode> {
  const { specs, config } = running
  const failed = new AbortController()
  const signal = AbortSignal.any([terminal.interrupted, failed.signal])
  const schedules = specs.flatMap(spec => scheduleOf(spec) ?? [])
  const work = [
    engine.process({ lanes: config.lanes, signal }),
    ...pollers.map(({ poller }) => poller.run({ signal })),
    ...(schedules.length === 0 ? [] : [fireTimes(running, schedules, parts.observer, signal)]),
    tellStops(running, signal, parts.voice),
    ...(transport?.run(signal) ?? []),
    ...parts.run(signal),
  ]
  // One that breaks ends the others: half a system is none.
  await Promise.all(
    work.map(one =>
      one.catch(error => {
        failed.abort()
        throw error
      }),
    ),
  )
  parts.voice.say("Stopped; what was begun is in the ledger, and goes on at the next start.")
  return exitCodes.interrupted
}

async function fireTimes(
  { store, flows, world }: RunningFlows,
  schedules: readonly Schedule[],
  observer: Observer | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { createScheduler } = await import("@fmap/runtime/flow/schedules")
  const looking = observer === undefined ? {} : { observer }
  await createScheduler({ schedules, flows, ledger: store.ledger, world, ...looking }).run({ signal })
}

const lookMs = 2_000

/** Exceptions that open meanwhile: a line each. */
async function tellStops({ store, world }: RunningFlows, signal: AbortSignal, voice: Voice): Promise<void> {
  let last = (await store.ledger.run(() => queuedExceptions(false))).at(-1)?.number ?? 0
  while (!signal.aborted) {
    await world.sleep(lookMs, signal)
    const all = await store.ledger.run(() => queuedExceptions(false)).catch(() => [])
    for (const one of all.filter(({ number }) => number > last)) voice.stopped(one)
    last = Math.max(last, ...all.map(({ number }) => number))
  }
}
