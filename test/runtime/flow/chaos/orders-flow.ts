// The flows of the chaos runs: orders with one effect each over HTTP; of some an event to a second flow follows, which does another.
import type { Flow, Target } from "../../../../runtime/flow/port/flow.ts"
import type { Post } from "./http-call.ts"
import type { ChaosOrder } from "./orders.ts"

const erp: Target = {
  name: "erp",
  idempotency: { nativeKey: { windowMs: 86_400_000 } },
  failures: 20,
  pauseMs: 50,
  longestPauseMs: 500,
}

export function chaosFlows(post: Post): readonly Flow[] {
  const flow = (name: string, next: string | undefined): Flow => ({
    name,
    version: "1",
    lane: event => (event.payload as ChaosOrder).lane,
    retry: { attempts: 40, baseMs: 10, longestMs: 200 },
    async handler(event, ctx) {
      const { order, lane, invoiced } = event.payload as ChaosOrder
      const request = { object: `${name}/${order}`, lane: `${name}/${lane}`, laneSeq: event.laneSeq }
      await ctx.effect({
        name: "post",
        target: erp,
        request,
        send: call => post(JSON.stringify(request), call.key),
      })
      if (next !== undefined && invoiced)
        ctx.emit({ name: "next", to: { kind: "flow", flow: next }, payload: event.payload })
    },
  })
  return [flow("orders", "invoices"), flow("invoices", undefined)]
}
