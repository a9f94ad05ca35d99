// A flow that meets everything a payload and a target may hide: used to see what is told of it. The canary stands wherever a secret could.

import type { Inbound } from "../../../runtime/flow/port/event.ts"
import { BusinessException, CallFailed } from "../../../runtime/flow/port/failures.ts"
import { erp, flowOf } from "../flow/engine-on-disk.ts"

export const canary = "canary-7f3a91"

/** One event goes well, one meets a target that is down once, one is refused, one is held, one breaks in a way nobody planned. */
export function canaryFlow() {
  let downs = 1
  return flowOf(
    async (event, ctx) => {
      const { what } = event.payload as { what: string }
      if (what === "hold")
        throw new BusinessException("UNKNOWN_CUSTOMER", `nobody knows ${canary}`, { canary })
      if (what === "bug") throw new TypeError(`${canary} is not a function`)
      await ctx.effect({
        name: "book",
        target: erp,
        request: event.payload,
        send: async () => {
          if (what === "down" && downs-- > 0) throw new CallFailed("transient", "503", `down: ${canary}`)
          if (what === "refused") throw new CallFailed("rejected", "INVALID_KEY", `no such ${canary}`)
          return { id: canary }
        },
      })
    },
    { lane: event => event.id, retry: { attempts: 2 } },
  )
}

export function canaryEvents(): readonly Inbound[] {
  return ["well", "down", "refused", "hold", "bug"].map(what => ({
    flow: "orders",
    source: "shop",
    id: what,
    payload: { what, customer: canary },
    correlationId: `deal-${what}`,
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    amount: { value: "12.50", currency: "EUR" },
  }))
}
