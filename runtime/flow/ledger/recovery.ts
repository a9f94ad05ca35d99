// What to do about an effect that may or may not have happened. Flows in: its row and what the target offers. Flows out: one of six ways;
// never a blind second call. It reads no ledger and calls nobody.
import type { Idempotency } from "../port/flow.ts"

/** What the ledger knows about an effect. */
export interface EffectRow {
  readonly key: string
  readonly target: string
  readonly requestHash: string
  readonly state: "clean" | "doubt" | "done"
  readonly firstSentAt: number
  readonly receipt: string | undefined
}

export type Way =
  /** Nothing can have happened, or the target takes the same again as the same. */
  | { readonly kind: "send"; readonly sendKey: boolean }
  | { readonly kind: "look-up" }
  | { readonly kind: "receipt"; readonly receipt: string }
  | { readonly kind: "in-doubt" }
  /** Another request than the one that was sent or done. */
  | { readonly kind: "changed" }

export function wayOf(
  row: EffectRow | undefined,
  requestHash: string,
  idempotency: Idempotency,
  canFind: boolean,
  now: number,
): Way {
  const native = idempotency.nativeKey
  if (row === undefined || row.state === "clean") return { kind: "send", sendKey: native !== undefined }
  if (row.requestHash !== requestHash) return { kind: "changed" }
  if (row.state === "done") return { kind: "receipt", receipt: row.receipt ?? "null" }
  if (native !== undefined && now < row.firstSentAt + usable(native.windowMs))
    return { kind: "send", sendKey: true }
  if (idempotency.upsert === true) return { kind: "send", sendKey: false }
  if (idempotency.lookUp === true && canFind) return { kind: "look-up" }
  return { kind: "in-doubt" }
}

/** The last tenth of a window is not used: the call has to arrive inside it, by the target's clock. */
function usable(windowMs: number): number {
  return windowMs - windowMs / 10
}
