// One run of a flow over one event: what its steps share. Nothing of it outlives the attempt; what must, is in the journal.
import type { Connector } from "../../connectors/port/connector.ts"
import type { EventAmount, FlowEvent, LinkRow } from "../port/event.ts"
import type { Ctx, UnknownSteps } from "../port/flow.ts"
import type { Regions } from "../port/regions.ts"
import type { World } from "../port/world.ts"
import type { FlowSpec, ObjectSpec } from "./flow-spec.ts"
import type { Limits } from "./limits.ts"
import type { Ask, CallMap, ContractFacts, FilledRows } from "./maps.ts"
import type { Turns } from "./turns.ts"

/** What a flow is made of, beside its spec: the same for all events. */
export interface FlowParts {
  readonly spec: FlowSpec
  readonly ask: Ask
  readonly call: CallMap
  /** By the system's name. */
  readonly connectors: ReadonlyMap<string, Connector>
  readonly world: World
  readonly facts: (object: ObjectSpec) => ContractFacts
  /** Where a system is; undefined: nobody says. */
  readonly regionOf: (system: string) => string | undefined
  /** Where what an object holds may be; undefined: anywhere. */
  readonly regionsOf: (object: ObjectSpec) => Regions | undefined
  readonly amountOf: (object: ObjectSpec, record: unknown) => EventAmount | undefined
  readonly limits: Limits
  readonly turns: Turns
  /** Flows that take an event of this name and version. */
  readonly subscribers: (event: string, version: string) => readonly string[]
  /** Does a transport take events of this name? */
  readonly published: (event: string) => boolean
  /** Where messages for it go; undefined: there is none, or nobody judges where it is. */
  readonly transport: { readonly name: string; readonly region?: string } | undefined
  /** What a link's keys are in the ledger. */
  readonly linkKey: (crosswalk: string, keys: readonly string[]) => string
}

export interface FlowRun extends FlowParts {
  readonly event: FlowEvent
  /** The journal. While a run recalls what it did, it does nothing anew. */
  readonly ctx: Ctx
  /** The journal that does. */
  readonly real: Ctx
  readonly filled: FilledRows & { add(rows: readonly LinkRow[]): void }
  /** Of a rehearsal. */
  readonly unknown?: UnknownSteps
  /** Takes back what was done, the last one first. */
  readonly undo: (() => Promise<void>)[]
}
