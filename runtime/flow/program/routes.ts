// What becomes of an event that stops: the first route of the flow that fits. Flows in: why it stops. Flows out: whose work it is, and what its lane does.
import type { Route } from "../port/failures.ts"
import type { FlowSpec } from "./flow-spec.ts"

export type StopKind = Route["kind"]

export function routeOf({ routes, owner }: FlowSpec, kind: StopKind, code: string): Route {
  const fits = routes.find(({ on, codes }) => on === kind && (codes === null || codes.includes(code)))
  if (fits === undefined) return { kind, queue: null, owner, lane: "block" }
  if (fits.to.kind === "deadLetter") return { kind, queue: null, owner, lane: fits.lane }
  return { kind, queue: fits.to.queue, owner: fits.to.assign ?? owner, lane: fits.lane }
}

/** A dead letter is nobody's work until somebody looks for it. */
export function deadLetter(spec: FlowSpec, code: string): Route {
  const route = spec.routes.find(
    ({ on, codes, to }) =>
      on === "failure" && to.kind === "deadLetter" && (codes === null || codes.includes(code)),
  )
  return { kind: "failure", queue: null, owner: spec.owner, lane: route?.lane ?? "park" }
}
