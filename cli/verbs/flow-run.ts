// `fmap flow run NAME --payload FILE`: one event through, as if its source had sent it. Flows in: the payload. Flows out: what happened on standard output: steps, effects,
// amounts, exceptions; of a flow that is called the answer, or all issues. The event is in the ledger: the same payload again is the same event, and does nothing again.
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { readJson, writeJson } from "@fmap/runtime"
import { answerName, endOfEvent, eventIdOf, type FlowSpec, trace } from "@fmap/runtime/flow"
import type { FlowOptions, RunningFlows } from "../flow/open-flows.ts"
import { noSuchFlow } from "../flow/plan-flows.ts"
import { toldAnswer } from "../flow/tell-answer.ts"
import { traceProduct } from "../flow/tell-trace.ts"
import { withFlows } from "../flow/with-ledger.ts"
import { terminalVoice } from "../observe/voice.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { type Problem, problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowRunOptions extends FlowOptions {
  readonly payload?: string
  /** The event's id; absent: made of the payload. */
  readonly id?: string
  /** The instant of a flow that begins at a time. */
  readonly at?: string
  /** What steps gave and targets answered. */
  readonly values?: boolean
  readonly format: "text" | "json"
}

const source = "fmap flow run"

export async function flowRun(name: string, options: FlowRunOptions, terminal: Terminal): Promise<ExitCode> {
  const { failing } = terminalVoice(terminal)
  return withFlows(
    options,
    terminal,
    "work",
    async running => {
      const spec = running.specs.find(one => one.name === name)
      if (spec === undefined)
        return cannotStart(terminal, [problem("FM8108", noSuchFlow(name, running.specs))])
      const read = await payloadOf(spec, options, running, terminal)
      if ("problem" in read) return cannotStart(terminal, [read.problem])
      return await through(spec, read.payload, options, running, terminal)
    },
    failing,
  )
}

async function through(
  spec: FlowSpec,
  payload: unknown,
  options: FlowRunOptions,
  { flows, store, facts }: RunningFlows,
  terminal: Terminal,
): Promise<ExitCode> {
  const id = options.id ?? createHash("sha256").update(writeJson(payload)).digest("hex").slice(0, 16)
  const eventId = eventIdOf("", spec.name, source, id)
  const engine = store.engineOf(flows, eventId)
  const { duplicates, conflicts } = await engine.append([{ flow: spec.name, source, id, payload }])
  if (conflicts.length > 0)
    return cannotStart(terminal, [
      problem("FM8606", `Event ${id} was run before with another payload; give it another --id.`),
    ])
  if (duplicates > 0)
    terminal.comment(`Event ${safeLine(id)} is in the ledger already; this is what happened then.\n`)
  const ended = new AbortController()
  const signal = AbortSignal.any([terminal.interrupted, ended.signal])
  const processed = engine.process({ lanes: 1, signal }).finally(() => ended.abort())
  const end = async () => store.ledger.run(() => endOfEvent(eventId, answerName))
  while (!signal.aborted && (await end()) === undefined)
    await Promise.race([processed, new Promise(wake => setTimeout(wake, 50))])
  ended.abort()
  await processed
  const outcome = await end()
  const events = await store.ledger.run(() => trace(eventId))
  const answer =
    outcome === undefined || spec.trigger.kind !== "call"
      ? undefined
      : toldAnswer(outcome, facts.answerLabels(spec), options.values === true)
  await terminal.out(traceProduct(events, options, answer))
  if (outcome?.kind === "done") return exitCodes.fine
  if (outcome === undefined) terminal.comment("The event is still open: fmap flow start goes on with it.\n")
  return terminal.interrupted.aborted ? exitCodes.interrupted : exitCodes.stopped
}

async function payloadOf(
  spec: FlowSpec,
  { payload: file, at }: FlowRunOptions,
  { facts, world }: RunningFlows,
  terminal: Terminal,
): Promise<{ readonly payload: unknown } | { readonly problem: Problem }> {
  if (spec.trigger.kind === "schedule") {
    const occurrence = at ?? new Date(world.now()).toISOString()
    return Number.isNaN(Date.parse(occurrence))
      ? { problem: problem("FM8003", `--at ${occurrence} is no instant.`) }
      : { payload: { occurrence: new Date(occurrence).toISOString() } }
  }
  if (file === undefined) {
    const wanted = spec.trigger.kind !== "manual" || spec.trigger.contract !== null
    return wanted
      ? { problem: problem("FM8002", `Flow ${spec.name} needs --payload FILE (- for standard input).`) }
      : { payload: {} }
  }
  let text: string
  try {
    text = file === "-" ? await allOf(terminal.input) : readFileSync(resolve(terminal.cwd, file), "utf8")
  } catch (error) {
    return {
      problem: problem(
        "FM8102",
        `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      ),
    }
  }
  const read = readJson(text)
  if ("refused" in read)
    return { problem: problem("FM8605", `${file}, line ${read.refused.line}: ${read.refused.message}`) }
  const problems = facts.validatorOf(spec)?.(read.ok) ?? []
  return problems.length === 0
    ? { payload: read.ok }
    : { problem: problem("FM8605", `${file} is no event of ${spec.name}: ${problems.join("; ")}.`) }
}

async function allOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString("utf8")
}
