// From the outbox to a transport. Flows in: messages in the order they were written. Flows out: each published, at least once, and marked when
// the transport has it. One that fails holds those behind it.
import { parseExact } from "../../formats/json/parse-exact.ts"
import { instantText } from "../ledger/operation.ts"
import { markSent, type OutboxMessage, waitingMessages } from "../ledger/outbox.ts"
import { unreadable } from "../ledger/sealed.ts"
import type { Message, RelayOptions } from "../port/engine.ts"
import type { World } from "../port/world.ts"
import { backoff, usualRetry } from "./backoff.ts"
import type { Bell } from "./dispatch.ts"
import { type Persist, Stopped } from "./persist.ts"

const page = 100
const lookMs = 1_000

export async function relay(
  { world, persist, bell }: { readonly world: World; readonly persist: Persist; readonly bell: Bell },
  publish: (message: Message) => Promise<void>,
  { signal, place }: RelayOptions,
): Promise<void> {
  try {
    let failures = 0
    while (!signal.aborted) {
      const rung = bell.wait()
      const waiting = await persist(() => waitingMessages(page, place))
      const sent = await publishAll(waiting)
      failures = sent === waiting.length ? 0 : failures + 1
      if (sent === page) continue
      if (failures > 0) await world.sleep(backoff(usualRetry, failures - 1, world.random()), signal)
      else await Promise.race([rung, world.sleep(lookMs, signal)])
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  }

  /** How many came through before one did not. */
  async function publishAll(waiting: readonly OutboxMessage[]): Promise<number> {
    for (const [index, message] of waiting.entries()) {
      if (signal.aborted) return index
      // It stays until its key is back, and those behind it go.
      if (unreadable(message.payload) !== undefined) continue
      try {
        await publish(messageOf(message))
      } catch {
        return index
      }
      await persist(() => markSent(message, instantText(world.now())))
    }
    return waiting.length
  }
}

function messageOf({ payload, seq: _, ...message }: OutboxMessage): Message {
  const read = parseExact(payload)
  if ("refused" in read) throw new TypeError("The ledger has a message that is no JSON")
  return { ...message, payload: read.ok }
}
