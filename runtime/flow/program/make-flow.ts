// A compiled flow as a value of the engine's port. Flows in: the spec, whoever answers its maps, connectors by system. Flows out: a Flow. It knows no store and no
// platform; where the ledger's links are wanted, it is handed a book of them.
import type { Connector } from "../../connectors/port/connector.ts"
import { crosswalkKey } from "../../crosswalks/crosswalk-key.ts"
import type { EventAmount, FlowEvent, Inbound } from "../port/event.ts"
import type { Ctx, Flow } from "../port/flow.ts"
import type { Regions } from "../port/regions.ts"
import type { World } from "../port/world.ts"
import { askBool, askQuestion, textOf } from "./ask-question.ts"
import { connectorOf } from "./connector-of.ts"
import { filledRows, type LinkBook, nothingFilled } from "./filled-rows.ts"
import type { FlowParts, FlowRun } from "./flow-run.ts"
import type { FlowSpec, ObjectSpec, Question } from "./flow-spec.ts"
import { type Limits, limitsIn } from "./limits.ts"
import type { Ask, CallMap, ContractFacts } from "./maps.ts"
import { routeOf } from "./routes.ts"
import { type Scope, scopeOf, valueAt } from "./scope.ts"
import { Skipped } from "./skipped.ts"
import {
  exceptionOf,
  recall,
  type Stopping,
  stoppingName,
  stoppingOf,
  stopsForGood,
  takeBack,
} from "./take-back.ts"
import { triggerValue } from "./trigger-value.ts"
import { createTurns, type Turns } from "./turns.ts"
import { walkSteps } from "./walk-steps.ts"

export interface FlowOptions {
  readonly spec: FlowSpec
  readonly ask: Ask
  readonly call: CallMap
  /** By the system's name in the project. */
  readonly connectors: ReadonlyMap<string, Connector>
  readonly world: World
  /** What contracts say of their objects; absent: nothing is known. */
  readonly facts?: (object: ObjectSpec) => ContractFacts
  /** The amount of a record, so that sums can be compared; absent: none has one. */
  readonly amountOf?: (object: ObjectSpec, record: unknown) => EventAmount | undefined
  /** Where a system is; absent: nobody says of any. */
  readonly regionOf?: (system: string) => string | undefined
  /** Where what an object holds may be, by the policies of the project; absent: anywhere. */
  readonly regionsOf?: (object: ObjectSpec) => Regions | undefined
  /** Where events of this flow may be kept; absent: anywhere. */
  readonly regions?: Regions
  /** What an event of this flow is worth; absent: nobody knows. */
  readonly eventAmount?: (payload: unknown) => EventAmount | undefined
  /** Shared by all flows of a process; absent: this flow's own. */
  readonly limits?: Limits
  /** The same. */
  readonly turns?: Turns
  /** Flows that take an event; absent: none does. */
  readonly subscribers?: (event: string, version: string) => readonly string[]
  /** Events a transport takes, beside those that no flow takes; absent: none. */
  readonly published?: (event: string) => boolean
  /** That transport, and where it is: what must not be there is not given to it; absent: nobody judges. */
  readonly transport?: { readonly name: string; readonly region?: string }
  /** Rows that flows filled into crosswalks that this flow's maps ask; absent: they ask none. */
  readonly links?: LinkBook
  readonly linkKey?: (crosswalk: string, keys: readonly string[]) => string
  /** Sentences about a payload a person edited. */
  readonly validate?: (payload: unknown) => readonly string[]
}

/** Why an event that `when` does not want is done. */
export const notWanted = "NOT_WANTED"

/** Throws NotPossible where a system of the flow has no connector. */
export function makeFlow(options: FlowOptions): Flow {
  const { spec, world, links, eventAmount } = options
  const parts: FlowParts = {
    spec,
    ask: options.ask,
    call: options.call,
    connectors: options.connectors,
    world,
    facts: options.facts ?? (() => ({ key: null, fields: null })),
    amountOf: options.amountOf ?? (() => undefined),
    regionOf: options.regionOf ?? (() => undefined),
    regionsOf: options.regionsOf ?? (() => undefined),
    limits: options.limits ?? limitsIn(world),
    turns: options.turns ?? createTurns(),
    subscribers: options.subscribers ?? (() => []),
    published: options.published ?? (() => false),
    transport: options.transport,
    linkKey: options.linkKey ?? ((_, keys) => crosswalkKey(keys)),
  }
  for (const step of spec.steps) {
    if (step.kind === "read") connectorOf(parts, step.from.system)
    if (step.kind === "send" || step.kind === "load") connectorOf(parts, step.to.system)
  }
  const compensates = spec.steps.some(step => step.kind === "send" && step.compensate !== null)
  const { lane } = spec
  const newest = lane?.newest ?? null
  return {
    name: spec.name,
    version: spec.version,
    // What cannot be told is a lane of its own: the run says what is wrong with it.
    lane: event =>
      (lane === null ? undefined : quietly(parts, event, lane.key)) ?? `event ${event.source} ${event.id}`,
    ...(options.regions === undefined ? {} : { regions: options.regions }),
    ...(newest === null ? {} : { newest: event => versionOf(parts, event, newest) }),
    ...(eventAmount === undefined ? {} : { amount: ({ payload }: Inbound) => eventAmount(payload) }),
    policy: newest === null ? "block" : "supersede",
    routeOf: code => routeOf(spec, "failure", code),
    compensates,
    ...(options.validate === undefined ? {} : { validate: options.validate }),
    handler: async (event, ctx) => runFlow(await beginRun(parts, event, ctx, links), compensates),
    rehearse: async (event, ctx, unknown) => {
      const run = await beginRun({ ...parts, limits: noLimits }, event, ctx, links)
      return runFlow({ ...run, unknown }, compensates)
    },
  }
}

const noLimits: Limits = { wait: async () => undefined }

async function runFlow(run: FlowRun, compensates: boolean): Promise<void> {
  const { spec, event } = run
  const scope = scopeOf()
  if (spec.trigger.binder !== null) scope.set(spec.trigger.binder, triggerValue(spec.trigger, event.payload))
  return compensates ? runWithUndo(run, scope) : runOnce(run, scope)
}

async function beginRun(
  parts: FlowParts,
  event: FlowEvent,
  ctx: Ctx,
  links: LinkBook | undefined,
): Promise<FlowRun> {
  const book = links ?? nothingFilled
  const length = await book.length()
  const until = links === undefined ? 0 : await ctx.step("flow: filled", () => length, { pure: true })
  return { ...parts, event, ctx, real: ctx, filled: filledRows(book, until), undo: [] }
}

async function runOnce(run: FlowRun, scope: Scope): Promise<void> {
  const { spec, ctx } = run
  try {
    if (spec.when !== null && !askBool(run, scope, "when", spec.when)) return ctx.ended(notWanted)
    if (spec.lane !== null) askQuestion(run, scope, "lane", spec.lane.key)
    await walkSteps(run, scope)
  } catch (error) {
    if (error instanceof Skipped) return ctx.ended(error.code)
    throw error
  }
}

async function runWithUndo(run: FlowRun, scope: Scope): Promise<void> {
  const { ctx, event } = run
  const stopping = await ctx.kept<Stopping>(stoppingName)
  if (event.ending !== undefined || stopping !== undefined) {
    await recall(run, scope)
    await takeBack(run)
    if (event.ending === undefined && stopping !== undefined) ctx.raise(exceptionOf(stopping.result))
    return
  }
  try {
    return await runOnce(run, scope)
  } catch (error) {
    if (stopsForGood(error) && run.undo.length > 0) {
      // From here on it stays so, whatever the target says the next time.
      await ctx.step(stoppingName, () => stoppingOf(error), { pure: true })
      await takeBack(run)
    }
    throw error
  }
}

/** Versions order the records of one object: others of its lane are not superseded by it. */
function versionOf(parts: FlowParts, event: Inbound, newest: Question): Pick<Inbound, "version" | "object"> {
  const { trigger } = parts.spec
  const version = quietly(parts, event, newest)
  const key = trigger.kind === "changed" ? parts.facts(trigger.from).key : null
  const object = key === null ? undefined : valueAt(event.payload, [key])
  return {
    ...(version === undefined ? {} : { version }),
    ...(object === undefined ? {} : { object: textOf(object) }),
  }
}

/** A question about an event before it is accepted: undefined where it has no answer. */
function quietly(parts: FlowParts, event: Inbound, { map }: Question): string | undefined {
  const { trigger } = parts.spec
  const value = triggerValue(trigger, event.payload)
  const known = trigger.binder === null || value === undefined ? {} : { [trigger.binder]: value }
  const answer = parts.ask(map, known, filledRows(nothingFilled, 0))
  const found = answer.kind === "done" ? valueAt(answer.value, ["value"]) : undefined
  return found === undefined ? undefined : textOf(found)
}
