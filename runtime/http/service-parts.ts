// What a service stands on. Flows in: an engine and its ledger, flows with what is known of their contracts, who verifies tokens. Flows out: nothing; it is a type.

import type { Secrets } from "../connectors/secrets/secrets.ts"
import type { WebhookEndpoint } from "../connectors/webhooks/receive.ts"
import type { KeyNames } from "../flow/ledger/key-question.ts"
import type { Ledger } from "../flow/ledger/ledger.ts"
import type { Engine } from "../flow/port/engine.ts"
import type { Flow } from "../flow/port/flow.ts"
import type { Role } from "../flow/port/permissions.ts"
import type { World } from "../flow/port/world.ts"
import type { FlowSpec } from "../flow/program/flow-spec.ts"
import type { Issue } from "../results/issue.ts"
import type { Login } from "./auth/login.ts"
import type { Verifier } from "./auth/verify-token.ts"
import type { Correlation } from "./correlation.ts"
import type { LabelledField } from "./record/labels.ts"

export interface ServedFlow {
  readonly spec: FlowSpec
  /** Issues of a payload that break its contract; absent: the flow does not say what its events are. */
  readonly validate?: (payload: unknown) => readonly Issue[]
  /** Personal and confidential fields of its payload. */
  readonly labels: readonly LabelledField[]
  /** The same of the records that a step reads or writes; absent, or undefined: nobody knows. */
  readonly labelsAt?: (step: string) => readonly LabelledField[] | undefined
  /** The fields that a rule of one of its maps goes by: `map` by its name, `at` as issues say it; absent: nobody knows. */
  readonly decides?: (map: string, at: string) => readonly DecidingField[]
}

/** `path`: wire names, `*` for every row of a list and every member of a dictionary. */
export interface DecidingField {
  /** As the map calls the document. */
  readonly source: string
  readonly path: readonly string[]
}

export interface ServiceParts {
  readonly engine: Engine
  readonly ledger: Ledger
  readonly world: World
  readonly flows: readonly ServedFlow[]
  /** By what its events and what they wrote are called, to follow a business key; absent: nobody knows. */
  readonly names?: KeyNames
  /**
   * The flows as they are now, to rehearse replays with; absent: none is. A rehearsal reaches no system. `masked`: their effects say what is personal in what they send, as those of the language do;
   * otherwise values are shown to those alone who may see every label.
   */
  readonly rehearsed?: { readonly flows: readonly Flow[]; readonly masked: boolean }
  /** Does any contract of the project label a field? Then what steps gave and targets answered is shown to those alone who may see it. */
  readonly labels: readonly LabelledField["label"][]
  readonly verify: Verifier
  /** Where people sign in to the console; absent: they paste a token. */
  readonly login?: Login
  /** Text nobody can guess, of 120 bits or more, another one each time. */
  readonly unguessable: () => string
  /** Where people reach it: `https://fmap.example.com`, `http://127.0.0.1:8080`. Requests of pages from elsewhere are refused. */
  readonly origins: () => readonly string[]
  /** Text for Prometheus. */
  readonly metrics?: () => Promise<string>
  readonly webhooks?: { readonly endpoints: readonly WebhookEndpoint[]; readonly secrets: Secrets }
  /** How long a call of a flow waits for its answer; 30 seconds where absent. */
  readonly waitMs?: number
  /** Told of each request, when its answer is known. */
  readonly log?: (entry: LogEntry) => void
  /** Told of what is wrong with the issuer people sign in at, or with our registration there. */
  readonly failing?: (sentence: string) => void
  /** Told of what is a defect of ours. */
  readonly troubled?: (error: unknown) => void
}

/** Never a query, a path as it was asked, a payload or a token. */
export interface LogEntry extends Correlation {
  readonly method: string
  /** The name of the route; `none`: there is none. */
  readonly route: string
  readonly status: number
  readonly tookMs: number
  /** Why a login failed, as a code. */
  readonly because?: string
  /** Undefined: nobody known. */
  readonly subject: string | undefined
  readonly role: Role | undefined
}
