// What every connector is made with beside its options. Flows in: nothing. Flows out: types.
import type { World } from "../../flow/port/world.ts"
import type { Secrets } from "../secrets/secrets.ts"
import type { HttpClient } from "./http-client.ts"

export interface Surroundings {
  readonly secrets: Secrets
  readonly world: World
  /** Instead of one of our own: for tests, and for pools that are shared. */
  readonly client?: HttpClient
}
