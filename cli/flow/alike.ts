// Exceptions that are decided about together. Flows in: the one that was named, and whether those alike are meant, too. Flows out: the one, or all open ones of its cause, oldest first; where none is open, the one.
import { type Ledger, type QueuedException, queuedExceptions } from "@fmap/runtime/flow"
import { causeOf } from "./cause-of.ts"

export async function withAlike(
  exception: QueuedException,
  alike: boolean,
  ledger: Ledger,
): Promise<readonly QueuedException[]> {
  if (!alike) return [exception]
  const cause = causeOf(exception)
  const open = await ledger.run(() => queuedExceptions(false))
  const all = open.filter(one => causeOf(one) === cause)
  return all.length === 0 ? [exception] : all
}
