// The state of a simulated OData service as JSON and back. Flows in: what `dump` gave, or records by set somebody wrote. Flows out: a service.
import { memberOf, objectOf } from "../../connectors/http/json-value.ts"
import { checkKeys, checkState, placeOf } from "../kernel/check-state.ts"
import type { Entity, EntitySet, Service, Stored } from "./service.ts"

export function dumpService(service: Service): unknown {
  return {
    sets: service.sets,
    records: Object.fromEntries(
      [...service.stored].map(([set, all]) => [set, all.map(({ entity }) => entity)]),
    ),
    locks: Object.fromEntries(service.locks),
  }
}

/** Throws a RangeError. */
export function loadService(state: unknown, known: Service["sets"]): Service {
  checkState(state, { sets: "object", records: "records", locks: "object" })
  const sets = {
    ...known,
    ...(objectOf(memberOf(state, "sets")) as Readonly<Record<string, EntitySet>> | undefined),
  }
  const locks = Object.entries(objectOf(memberOf(state, "locks")) ?? {}).map(
    ([key, left]) => [key, Number(left)] as const,
  )
  const service: Service = { sets, stored: new Map(), deleted: [], locks: new Map(locks), seq: 0 }
  for (const [set, records] of Object.entries(objectOf(memberOf(state, "records")) ?? {})) {
    if (!Object.hasOwn(sets, set))
      throw new RangeError(
        `${placeOf(["records", set])}: There is no entity set ${set}; describe it under "sets"`,
      )
    checkKeys(records as readonly Entity[], sets[set]?.keys ?? [], ["records", set], false)
    service.stored.set(
      set,
      (records as readonly Entity[]).map((entity): Stored => ({ entity: { ...entity }, seq: ++service.seq })),
    )
  }
  return service
}
