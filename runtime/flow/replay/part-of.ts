// One request beside the one that was sent. Flows in: an effect or a message as the flow makes it now, what the ledger has of it. Flows out: equal, where it differs, or new; with its money.
import { parseExact } from "../../formats/json/parse-exact.ts"
import type { RecordedEffect } from "../ledger/replay.ts"
import type { EventAmount, Figures } from "../port/event.ts"
import { changesBetween } from "./compare-json.ts"
import { type Amount, amountsIn, withoutPersonal } from "./figures-of.ts"
import type { FieldChange, PartKind, RehearsedPart } from "./rehearsed.ts"
import { sumsOf } from "./sums-of.ts"

interface Made {
  readonly name: string
  readonly target: { readonly name: string }
  readonly request: unknown
  readonly amount?: EventAmount
  readonly figures?: Figures
}

export function partOf(
  made: Made,
  request: string,
  hash: string,
  known: RecordedEffect | undefined,
): RehearsedPart {
  const { name, target, figures } = made
  const same = known?.requestHash === hash
  const never = known === undefined || known.state === "clean"
  const kind: PartKind = never ? "new" : same ? "equal" : "differs"
  const before = known?.request === undefined ? undefined : valueOf(known.request)
  const now = valueOf(request)
  const byHash = kind === "differs" && before === undefined
  const fields =
    kind === "differs" && before !== undefined
      ? changesBetween(before, now).map(
          (change): FieldChange => ({
            field: change.path.join("."),
            before: withoutPersonal(change.before, figures, change.path),
            now: withoutPersonal(change.now, figures, change.path),
          }),
        )
      : []
  const sentBefore = never ? [] : same ? moneyIn(now, made) : moneyBefore(before, made, known)
  return {
    kind,
    what: "effect",
    name,
    step: name,
    target: target.name,
    state: known?.state,
    byHash,
    fields,
    money: sumsOf(sentBefore, moneyIn(now, made)),
    request: kind === "new" ? withoutPersonal(now, figures) : undefined,
  }
}

/** An effect that was begun and is not made now. */
export function gonePart(effect: RecordedEffect, kind: "gone" | "unknown"): RehearsedPart {
  const { name, target, state, amount, currency } = effect
  const sent =
    amount === undefined || currency === undefined ? [] : [{ field: "amount", currency, value: amount }]
  return {
    kind,
    what: "effect",
    name,
    step: name,
    target,
    state,
    byHash: false,
    fields: [],
    money: sumsOf(sent, kind === "gone" ? [] : sent),
    request: undefined,
  }
}

function moneyIn(document: unknown, { figures, amount }: Made): readonly Amount[] {
  if (figures !== undefined && figures.money.length > 0) return amountsIn(document, figures)
  return amount === undefined ? [] : [{ field: "amount", currency: amount.currency, value: amount.value }]
}

/** What was sent, by what is known of such documents now; without it, the amount that stands beside it. */
function moneyBefore(
  document: unknown,
  { figures }: Made,
  { amount, currency }: Pick<RecordedEffect, "amount" | "currency">,
): readonly Amount[] {
  if (document !== undefined && figures !== undefined && figures.money.length > 0)
    return amountsIn(document, figures)
  return amount === undefined || currency === undefined ? [] : [{ field: "amount", currency, value: amount }]
}

function valueOf(text: string): unknown {
  const read = parseExact(text)
  if ("refused" in read) throw new TypeError("The ledger has a request that is no JSON")
  return read.ok
}
