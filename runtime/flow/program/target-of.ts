// A system as a target of the engine. Flows in: the parts of a flow, a system, what it offers. Flows out: the target with its region, and the regions that an object is bound to.
import type { Idempotency, Target } from "../port/flow.ts"
import type { Regions } from "../port/regions.ts"
import type { FlowParts } from "./flow-run.ts"
import type { ObjectSpec } from "./flow-spec.ts"

export function targetOf(
  { regionOf }: Pick<FlowParts, "regionOf">,
  system: string,
  idempotency: Idempotency = {},
): Target {
  const region = regionOf(system)
  return { name: system, idempotency, ...(region === undefined ? {} : { region }) }
}

/** For an effect or a step about it. */
export function boundTo(
  { regionsOf }: Pick<FlowParts, "regionsOf">,
  object: ObjectSpec,
): { readonly regions?: Regions } {
  const regions = regionsOf(object)
  return regions === undefined ? {} : { regions }
}
