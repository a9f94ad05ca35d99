// The connector of NetSuite. Flows in: options and the world. Flows out: a Connector over the REST record and query services.

import type { ConnectionOptions } from "../http/connection.ts"
import { createHttpClient } from "../http/http-client.ts"
import { sharedClient } from "../http/shared-client.ts"
import type { Surroundings } from "../http/surroundings.ts"
import { connectionMembers } from "../options/common-shapes.ts"
import {
  checkOptions,
  choice,
  count,
  dictionary,
  kinds,
  list,
  type Members,
  object,
  optional,
  type Shape,
  secret,
  text,
  truth,
} from "../options/shape.ts"
import type { Connector } from "../port/connector.ts"
import { type NetSuiteAuth, netsuiteAuthorizer } from "./netsuite-auth.ts"
import { netsuiteErrors } from "./netsuite-errors.ts"
import { jobWindowMs } from "./netsuite-jobs.ts"
import { loadRecords } from "./netsuite-load.ts"
import { type NetSuiteTable, readChanges, readRecords } from "./netsuite-read.ts"
import { findRecord, sendRecord } from "./netsuite-send.ts"

export interface NetSuiteOptions extends ConnectionOptions {
  readonly system: string
  /** `1234567`, of a sandbox `1234567_SB1`. */
  readonly account: string
  readonly auth: NetSuiteAuth
  /** Objects read by SuiteQL, by the name contracts give them; others are read as records. */
  readonly tables?: Readonly<Record<string, NetSuiteTable>>
  /** Requests at one time of all processes on a ledger, where the connector is given places; as many as `connections` where absent. */
  readonly sharedConnections?: number
  /** How far behind its cursor a reading of changes begins; two minutes where absent. */
  readonly overlapMs?: number
  /** Creates go by asynchronous jobs: the only requests for which NetSuite keeps an idempotency key. */
  readonly createByJob?: boolean
  /** How long a job is waited for; two minutes where absent. */
  readonly jobMs?: number
}

/** An account has 15 requests at one time or more, for all who talk to it. */
const connections = 5

const shape = {
  ...connectionMembers,
  account: text,
  auth: kinds({
    oauth2: {
      clientId: secret,
      certificateId: secret,
      privateKey: secret,
      algorithm: optional(choice("RS256", "PS256", "ES256")),
    },
    "token-based": { consumerKey: secret, consumerSecret: secret, tokenId: secret, tokenSecret: secret },
  } satisfies Record<NetSuiteAuth["kind"], Members>),
  tables: optional(
    dictionary(
      object({
        from: text,
        key: optional(list(text)),
        only: optional(text),
        dates: optional(list(text)),
        modified: optional(text),
      } satisfies Record<keyof NetSuiteTable, Shape>),
    ),
  ),
  sharedConnections: optional(count()),
  overlapMs: optional(count(0)),
  createByJob: optional(truth),
  jobMs: optional(count()),
} satisfies Record<keyof NetSuiteOptions, Shape>

export function createNetSuite(
  options: NetSuiteOptions,
  { secrets, world, client, places }: Surroundings,
): Connector {
  checkOptions(options, shape)
  const own = client ?? createHttpClient({ connections, ...options })
  const atOnce = options.sharedConnections ?? own.connection.connections
  const base = {
    system: options.system,
    client: places === undefined ? own : sharedClient(own, places, `netsuite ${options.account}`, atOnce),
    errors: netsuiteErrors,
    secrets,
    world,
  }
  const byJob = options.createByJob === true
  const line = {
    ...base,
    authorizer: netsuiteAuthorizer(options.auth, options.account, base),
    tables: options.tables ?? {},
    overlapMs: options.overlapMs ?? 120_000,
    createByJob: byJob,
    jobMs: options.jobMs ?? 120_000,
  }
  return {
    system: options.system,
    idempotency(_, verb) {
      if (verb !== "create" && verb !== "ensure") return { upsert: true }
      return { ...(byJob ? { nativeKey: { windowMs: jobWindowMs } } : {}), lookUp: true }
    },
    read: (request, signal) => readRecords(line, request, signal),
    changes: (request, signal) => readChanges(line, request, signal),
    send: (request, call) => sendRecord(line, request, call),
    find: (request, signal) => findRecord(line, request, { signal }),
    load: (request, call) => loadRecords(line, request, call),
    close: () => line.client.close(),
  }
}
