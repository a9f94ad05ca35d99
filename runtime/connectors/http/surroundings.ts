// What every connector is made with beside its options. Flows in: nothing. Flows out: types.
import type { World } from "../../flow/port/world.ts"
import type { Places } from "../../flow/program/places.ts"
import type { Secrets } from "../secrets/secrets.ts"
import type { HttpClient } from "./http-client.ts"

export interface Surroundings {
  readonly secrets: Secrets
  readonly world: World
  /** Instead of one of our own: for tests, and for pools that are shared. */
  readonly client?: HttpClient
  /** Requests under way are counted over all processes on a ledger, by connectors whose system allows so many at one time. Absent: each process counts for itself. */
  readonly places?: Places
}
