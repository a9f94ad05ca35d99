// Tells a ledger where it is. Flows in: an open store and a region of the configuration. Flows out: undefined, or the sentence why it cannot be there.
import { NotPossible, residence, settleIn, type World } from "@fmap/runtime/flow"
import type { Store } from "./open-store.ts"

/** To look: it must not have been said to be elsewhere. */
export async function isElsewhere(
  { ledger }: Store,
  region: string | undefined,
): Promise<string | undefined> {
  const known = await ledger.run(residence)
  return region === undefined || known === undefined || known === region
    ? undefined
    : `This ledger is in ${known}, and cannot be opened as one in ${region}.`
}

/** To work: the region is the store's own from then on. */
export async function settled(
  { ledger }: Store,
  region: string | undefined,
  world: World,
): Promise<string | undefined> {
  if (region === undefined) return undefined
  try {
    await ledger.run(() => settleIn(region, new Date(world.now()).toISOString()))
    return undefined
  } catch (error) {
    if (error instanceof NotPossible) return `${error.message}.`
    throw error
  }
}
