// Reads what changed at a system and makes events of it, once each. Flows in: a flow whose trigger is `changed`, the connector of its system. Flows out: events in the
// inbox, until the signal ends. The cursor, what was seen and the events are one transaction; several nodes may poll, and one of them gets each page.
import type { ChangePage, Connector } from "../../../connectors/port/connector.ts"
import { askTarget } from "../../engine/ask-target.ts"
import { backoff, usualRetry } from "../../engine/backoff.ts"
import { newEvent } from "../../engine/new-event.ts"
import { TargetPaused } from "../../engine/perform-effect.ts"
import { persistOn, Stopped } from "../../engine/persist.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import { openEvents } from "../../ledger/open-events.ts"
import { instantText } from "../../ledger/operation.ts"
import { type SeenChange, takePage } from "../../ledger/seen.ts"
import { CallFailed, NotPossible, type StoreFailed } from "../../port/failures.ts"
import type { Flow } from "../../port/flow.ts"
import { type Observer, observers } from "../../port/observer.ts"
import type { World } from "../../port/world.ts"
import { textOf } from "../ask-question.ts"
import type { FlowSpec } from "../flow-spec.ts"
import type { ContractFacts } from "../maps.ts"
import { valueAt } from "../scope.ts"
import { type Place, placeAt, placeOf } from "./place.ts"
import { nameOf, otherSources, sourceOf, watermarkOf, watermarkOfReader } from "./reader.ts"
import { makesEvent, watchedOf } from "./watch-fields.ts"

export interface PollOptions {
  readonly spec: FlowSpec
  /** The same flow, as the engine has it. */
  readonly flow: Flow
  readonly connector: Connector
  readonly facts: ContractFacts
  readonly ledger: Ledger
  readonly world: World
  readonly tenant?: string
  /** Between two looks; ten seconds where absent. */
  readonly everyMs?: number
  /**
   * Where a flow that never ran begins. now: what is there is looked at, so that its next change is seen, and makes no events. beginning: every record is new.
   */
  readonly begin?: "now" | "beginning"
  readonly troubled?: (error: StoreFailed | CallFailed) => void
  /** The first look is over: so many records, of this process, make no events. */
  readonly looked?: (records: number) => void
  /** Told of the events that changes make. */
  readonly observer?: Observer
}

export interface Poller {
  /** Everything there is now; resolves when the system has no more. Throws what the system or the store fails with. */
  once(signal: AbortSignal): Promise<void>
  /** Again and again; ends when the signal does. */
  run(options: { readonly signal: AbortSignal }): Promise<void>
}

const usualEveryMs = 10_000
const usualMostOpen = 100_000
const fullMs = 1_000
/** Tries of one look that somebody waits for, and how long a pause of the system may be meanwhile. */
const triesOnce = 8
const longestPauseMs = 60_000

export function pollChanges(options: PollOptions): Poller {
  const { spec, flow, connector, facts, ledger, world, tenant = "", everyMs = usualEveryMs } = options
  const { begin = "now", troubled = () => undefined, looked = () => undefined } = options
  const observer = observers(options.observer === undefined ? [] : [options.observer])
  let seenFirst = 0
  const { trigger } = spec
  if (trigger.kind !== "changed")
    throw new NotPossible("FM8607", `Flow ${spec.name} does not begin with a change`)
  if (connector.changes === undefined)
    throw new NotPossible(
      "FM8502",
      `${connector.system} cannot be asked what changed, and flow ${spec.name} begins with it`,
    )
  const { system, object } = trigger.from
  if (trigger.notByUs && connector.saysWhoChanged !== true)
    throw new NotPossible("FM8502", nobodySaysWho(spec.name, system))
  const reader = { flow: spec.name, system, object }
  const persistUntil = (signal: AbortSignal) => persistOn(ledger, world, signal, troubled)

  /** One look at the system, from where the ledger is. */
  async function look(signal: AbortSignal): Promise<void> {
    const persist = persistUntil(signal)
    let place = placeOf(await persist(() => watermarkOfReader(reader)), begin)
    const request = {
      object,
      key: facts.key ?? "id",
      fields: facts.fields,
      cursor: place.cursor,
      notByUs: trigger.kind === "changed" && trigger.notByUs,
    }
    const pages = connector.changes?.(request, signal)[Symbol.asyncIterator]()
    if (pages === undefined) return
    const target = { name: connector.system, idempotency: {} }
    try {
      while (!signal.aborted) {
        await untilThereIsRoom(signal)
        const page: IteratorResult<ChangePage> = await askTarget(target, { world, persist }, () =>
          pages.next(),
        )
        if (page.done === true) break
        const next = placeAt(page.value.cursor, place)
        if (!(await take(page.value.changes, place, next, signal))) return
        if (place.looking) seenFirst += page.value.changes.length
        place = next
      }
    } finally {
      await pages.return?.()
    }
    if (
      place.looking &&
      !signal.aborted &&
      (await take([], place, placeAt(place.cursor, { ...place, looking: false }), signal))
    )
      looked(seenFirst)
  }

  /** False: another node was quicker, and goes on. */
  async function take(
    changes: ChangePage["changes"],
    from: Place,
    to: ReturnType<typeof placeAt>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const seen = changes.map(change => seenOf(change, from))
    const taken = await persistUntil(signal)(() =>
      takePage(
        {
          reader: nameOf(reader),
          watermark: watermarkOf(reader),
          from: from.kept,
          to: to.kept,
          changes: seen,
          others: () => otherSources(reader, from.apart),
          makes: (before, now) => trigger.kind === "changed" && makesEvent(trigger, before, now),
        },
        instantText(world.now()),
      ),
    )
    if (taken === undefined) return false
    const { accepted, duplicates, conflicts } = taken
    if (accepted + duplicates + conflicts.length > 0)
      observer.accepted?.({ flows: [spec.name], accepted, duplicates, conflicts: conflicts.length })
    return true
  }

  function seenOf(
    { id, version, kind, record }: ChangePage["changes"][number],
    { looking, apart }: Place,
  ): SeenChange {
    const told = valueAt(record, [facts.key ?? "id"])
    const known = told === undefined ? id : textOf(told)
    if (kind === "deleted" || trigger.kind !== "changed")
      return { object: known, version, watched: null, event: undefined }
    const event = { flow: spec.name, source: sourceOf(reader, apart), id, payload: record }
    return {
      object: known,
      version,
      watched: watchedOf(trigger, record),
      event: looking ? undefined : newEvent(event, flow, tenant),
    }
  }

  async function untilThereIsRoom(signal: AbortSignal): Promise<void> {
    const most = flow.maxOpen ?? usualMostOpen
    while (!signal.aborted && (await persistUntil(signal)(() => openEvents(spec.name))) >= most)
      await world.sleep(fullMs, signal)
  }

  /** Waits for another try after a failure of the system; anything else is thrown. */
  async function waitAfter(error: unknown, failures: number, signal: AbortSignal): Promise<void> {
    if (error instanceof TargetPaused)
      return world.sleep(Math.max(1, Date.parse(error.until) - world.now()), signal)
    if (!(error instanceof CallFailed)) throw error
    troubled(error)
    return world.sleep(Math.max(1_000, backoff(usualRetry, failures, world.random())), signal)
  }

  return {
    async once(signal) {
      for (let failures = 0; !signal.aborted; failures++) {
        try {
          return await look(signal)
        } catch (error) {
          if (failures + 1 < triesOnce && goesAway(error, world.now()))
            await waitAfter(error, failures, signal)
          else throw error instanceof TargetPaused ? pausedFailure(error) : error
        }
      }
    },
    async run({ signal }) {
      let failures = 0
      while (!signal.aborted) {
        try {
          await look(signal)
          failures = 0
          await world.sleep(everyMs, signal)
        } catch (error) {
          if (error instanceof Stopped) return
          await waitAfter(error, failures++, signal)
        }
      }
    },
  }
}

/** Without this the flow would take its own writes for news, again and again. */
export function nobodySaysWho(flow: string, system: string): string {
  return `${system} does not say who changed a record, and flow ${flow} waits for changes \`not by us\`: leave that out, and wait for fields the flow does not write (\`changed in (…)\`)`
}

/** Worth another try of somebody who waits for the end: the system may answer in a moment. */
function goesAway(error: unknown, now: number): boolean {
  if (error instanceof TargetPaused) return Date.parse(error.until) - now <= longestPauseMs
  return error instanceof CallFailed && error.failure === "transient"
}

function pausedFailure({ target, until }: TargetPaused): CallFailed {
  return new CallFailed("throttled", "PAUSED", `${target} is paused until ${until}`)
}
