// What a handler is given. Flows in: a claimed event. Flows out: its journal: steps and effects that are done once, events to send on. Also
// remembers a failure that a handler caught, because an event is not done when its effect is not.
import { parseExact } from "../../formats/json/parse-exact.ts"
import { hashOf } from "../ledger/canonical-json.ts"
import type { Claimed } from "../ledger/claim.ts"
import { receiptOf } from "../ledger/effects.ts"
import { derivedUuid } from "../ledger/keys.ts"
import { instantText } from "../ledger/operation.ts"
import { refuseUnreadable } from "../ledger/sealed.ts"
import { type KeptStep, keepStep, readStep } from "../ledger/steps.ts"
import type { Outbound } from "../port/event.ts"
import type { Ctx, StepOptions } from "../port/flow.ts"
import { inBoth, refuseRegion } from "../port/regions.ts"
import { askTarget } from "./ask-target.ts"
import { jsonOf } from "./new-event.ts"
import { type EffectSurroundings, performEffect } from "./perform-effect.ts"

export interface Journal {
  readonly ctx: Ctx
  readonly sent: readonly Outbound[]
  /** What an effect ended with, whether the handler let it pass or not. */
  failure(): unknown
  /** Why nothing was done, where the handler says so. */
  because(): string | undefined
}

export function journalOf(event: Claimed, around: EffectSurroundings): Journal {
  const sent: Outbound[] = []
  let failure: unknown
  let uuids = 0
  let because: string | undefined
  const ctx: Ctx = {
    async step<T>(name: string, work: () => Promise<T> | T, options: StepOptions<T> = {}): Promise<T> {
      const known = await around.persist(() => readStep(event, name))
      if (known !== undefined) refuseUnreadable(known.result)
      const asked = options.asked === undefined ? null : hashOf(options.asked)
      if (known !== undefined && answers(known, asked)) return valueOf<T>(known.result)
      const { target } = options
      if (target !== undefined) refuseRegion(name, target, inBoth(event.regions, options.regions))
      const found = target === undefined ? await work() : await askTarget(target, around, work)
      const result = jsonOf(found, `step ${name}`)
      const value = valueOf<T>(result)
      const more = options.with?.(value)
      const beside = {
        target: target?.name ?? null,
        asked,
        following: around.followingOf(more?.following ?? []),
        links: more?.links ?? [],
      }
      const at = instantText(around.world.now())
      around.later(() => keepStep(event, name, result, beside, at))
      return value
    },
    async kept<T>(name: string) {
      const known = await around.persist(() => readStep(event, name))
      return known === undefined ? undefined : { result: valueOf<T>(known.result) }
    },
    async receipt<T>(name: string) {
      const known = await around.persist(() => receiptOf(event, name))
      return known === undefined ? undefined : { receipt: valueOf<T>(known) }
    },
    async effect(effect) {
      try {
        return await performEffect(event, effect, around)
      } catch (error) {
        failure ??= error
        throw error
      }
    },
    emit: outbound => void sent.push(outbound),
    raise(exception): never {
      failure ??= exception
      throw exception
    },
    ended(why) {
      because = why
    },
    now: () => new Date(event.receivedAt),
    uuid: () => derivedUuid(event.id, event.generation, uuids++),
    signal: around.signal,
  }
  return { ctx, sent, failure: () => failure, because: () => because }
}

/** Another version of a flow may ask something else under one name. */
export function answers({ asked }: Pick<KeptStep, "asked">, now: string | null): boolean {
  return asked === undefined || now === null || asked === now
}

function valueOf<T>(text: string): T {
  refuseUnreadable(text)
  const read = parseExact(text)
  if ("refused" in read) throw new TypeError("The ledger has a result that is no JSON")
  return read.ok as T
}
