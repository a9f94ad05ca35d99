// `fmap flow replay`: what the flows as they are now would send for events of the past, beside what was sent. Flows in: which events. Flows out: the rehearsal on standard output; with --apply what is new is
// delivered again, with --reissue what differs is proposed, or agreed to. Nothing is sent by a rehearsal.
import { writeJson } from "@fmap/runtime"
import {
  applyReplay,
  eventsNamed,
  queuedExceptions,
  type RehearsedEvent,
  type ReplaySelection,
  rehearse,
  reissueOf,
  summariser,
} from "@fmap/runtime/flow"
import { type ActorOptions, actorOf } from "../flow/actor.ts"
import { causeOf } from "../flow/cause-of.ts"
import { findException } from "../flow/find-exception.ts"
import { mayNot } from "../flow/may-not.ts"
import type { FlowOptions, RunningFlows } from "../flow/open-flows.ts"
import { replayText } from "../flow/tell-replay.ts"
import { withFlows } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { type Problem, problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowReplayOptions extends FlowOptions, ActorOptions {
  readonly flow?: string
  readonly flowVersion?: string
  readonly from?: string
  readonly to?: string
  readonly code?: string
  readonly queue?: string
  /** An exception: all open ones of the same cause. */
  readonly like?: string
  readonly key?: string
  readonly event?: readonly string[]
  readonly read?: boolean
  readonly apply?: boolean
  readonly reissue?: boolean
  readonly reason?: string
  readonly atOnce: string
  readonly examples: string
  readonly format: "text" | "json"
}

export async function flowReplay(options: FlowReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const wrong = problemIn(options)
  if (wrong !== undefined) return cannotStart(terminal, [wrong])
  const acts = options.apply === true || options.reissue === true
  const refusal = acts ? mayNot(actorOf(options, terminal), "replay.deliver") : undefined
  if (refusal !== undefined) return cannotStart(terminal, [refusal])
  const events: RehearsedEvent[] = []
  const rehearsed = await withFlows(
    options,
    terminal,
    options.read === true ? "read" : "rehearse",
    async running => {
      const selection = await selectionOf(options, running)
      if ("message" in selection) return cannotStart(terminal, [selection])
      const sums = summariser(Number(options.examples))
      const { flows, store } = running
      const how = { flows, ledger: store.ledger, read: options.read === true }
      for await (const event of rehearse(selection, how, terminal.interrupted)) {
        sums.add(event)
        if (event.verdict === "redeliver" || event.verdict === "reissue") events.push(event)
      }
      if (terminal.interrupted.aborted) return exitCodes.interrupted
      const summary = sums.summary()
      const { redeliver, reissue, person } = summary.verdicts
      await terminal.out(
        options.format === "json"
          ? `${writeJson({ format: "fmap.flow-replay", formatVersion: 1, ...summary }, 2)}\n`
          : replayText(summary),
      )
      return redeliver + reissue + person > 0 ? exitCodes.findings : exitCodes.fine
    },
  )
  const isRehearsed = rehearsed === exitCodes.fine || rehearsed === exitCodes.findings
  return acts && isRehearsed ? carryOut(events, options, terminal) : rehearsed
}

function problemIn(options: FlowReplayOptions): Problem | undefined {
  const { flow, flowVersion, from, to, code, queue, like, key, event, reason = "", apply, reissue } = options
  const said = [flow, flowVersion, from, to, code, queue, like, key, event]
  if (said.every(one => one === undefined))
    return problem(
      "FM8608",
      "Say which events: --flow, --flow-version, --from, --to, --code, --queue, --like, --key or --event.",
    )
  for (const [name, instant] of [
    ["--from", from],
    ["--to", to],
  ] as const)
    if (instant !== undefined && Number.isNaN(Date.parse(instant)))
      return problem("FM8003", `${name} ${instant} is no instant.`)
  if (like !== undefined && event !== undefined)
    return problem("FM8004", "--like and --event do not go together.")
  if (apply === true && reissue === true)
    return problem("FM8004", "--apply and --reissue are two steps: apply first.")
  if ((apply === true || reissue === true) && reason.trim() === "")
    return problem("FM8604", "--reason says why; it is audited.")
  for (const [name, count] of [
    ["--at-once", options.atOnce],
    ["--examples", options.examples],
  ] as const)
    if (!/^[1-9]\d{0,3}$/u.test(count)) return problem("FM8003", `${name} ${count} is no count.`)
  return undefined
}

/** A sentence where it cannot be. */
async function selectionOf(
  { flow, flowVersion, from, to, code, queue, like, key, event }: FlowReplayOptions,
  { store: { ledger } }: RunningFlows,
): Promise<ReplaySelection | Problem> {
  const instant = (text: string) => new Date(text).toISOString()
  const base = {
    ...(flow === undefined ? {} : { flow }),
    ...(flowVersion === undefined ? {} : { version: flowVersion }),
    ...(from === undefined ? {} : { from: instant(from) }),
    ...(to === undefined ? {} : { to: instant(to) }),
    ...(code === undefined ? {} : { code }),
    ...(queue === undefined ? {} : { queue }),
    ...(key === undefined ? {} : { key }),
  }
  if (like !== undefined) {
    const named = await findException(like, ledger)
    if (named.kind === "problem") return named.problem
    const cause = causeOf(named.exception)
    const all = await ledger.run(() => queuedExceptions(false))
    return { ...base, events: all.filter(one => causeOf(one) === cause).map(one => one.event) }
  }
  if (event === undefined) return base
  const ids: string[] = []
  for (const word of event) {
    const named = await ledger.run(() => eventsNamed(word))
    if (named.length !== 1)
      return problem(
        "FM8601",
        named.length === 0
          ? `There is no event ${word}.`
          : `Several events begin with ${word}; type more of the id.`,
      )
    ids.push(...named)
  }
  return { ...base, events: ids }
}

/** With the systems: this process works on the ledger where no other one has it. */
async function carryOut(
  events: readonly RehearsedEvent[],
  options: FlowReplayOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const by = actorOf(options, terminal)
  const reason = options.reason ?? ""
  return withFlows(options, terminal, options.apply === true ? "deliver" : "decide", async running => {
    const told =
      options.apply === true
        ? await deliver(events, running, { by, reason, atOnce: Number(options.atOnce) }, terminal)
        : await reissueAll(events, running, by, reason)
    await terminal.out(`${safeLine(told)}\n`)
    return terminal.interrupted.aborted ? exitCodes.interrupted : exitCodes.fine
  })
}

async function deliver(
  events: readonly RehearsedEvent[],
  { store, flows, world, config }: RunningFlows,
  {
    by,
    reason,
    atOnce,
  }: { readonly by: ReturnType<typeof actorOf>; readonly reason: string; readonly atOnce: number },
  terminal: Terminal,
): Promise<string> {
  const ended = new AbortController()
  const signal = AbortSignal.any([terminal.interrupted, ended.signal])
  const worked = store.elsewhere ? undefined : store.engineOf(flows).process({ lanes: config.lanes, signal })
  if (store.elsewhere) terminal.comment("The process that runs the flows delivers them.\n")
  try {
    const options = { ledger: store.ledger, world, by, reason, atOnce }
    const { delivered, changedSince } = await applyReplay(events, options, signal)
    const since = changedSince === 0 ? "" : `; ${changedSince} were decided about meanwhile`
    return `Delivered again: ${delivered}${since}.`
  } finally {
    ended.abort()
    await worked
  }
}

async function reissueAll(
  events: readonly RehearsedEvent[],
  { store, flows }: RunningFlows,
  by: ReturnType<typeof actorOf>,
  reason: string,
): Promise<string> {
  const engine = store.engineOf(flows)
  let [applied, waiting] = [0, 0]
  for (const event of events) {
    if (event.verdict !== "reissue") continue
    const { kind } = await engine.decide(event.id, reissueOf(event), by, reason)
    if (kind === "applied") applied += 1
    else waiting += 1
  }
  return `Reissued: ${applied}; waiting for a second person of another role: ${waiting}.`
}
