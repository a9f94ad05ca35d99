// The connector of Salesforce. Flows in: options and the world. Flows out: a Connector over its REST API. It declares that records with an external id may be
// sent twice; everything else it leaves to the engine.

import type { ConnectionOptions } from "../http/connection.ts"
import { createHttpClient } from "../http/http-client.ts"
import type { Surroundings } from "../http/surroundings.ts"
import { connectionMembers } from "../options/common-shapes.ts"
import {
  checkOptions,
  count,
  kinds,
  type Members,
  optional,
  type Shape,
  secret,
  text,
} from "../options/shape.ts"
import type { Connector } from "../port/connector.ts"
import { prepareBulk } from "./bulk-load.ts"
import { type SalesforceAuth, salesforceSession } from "./salesforce-auth.ts"
import { salesforceErrors } from "./salesforce-errors.ts"
import { loadRecords } from "./salesforce-load.ts"
import { readChanges, readRecords, type SalesforceLine } from "./salesforce-records.ts"
import { findRecord, sendRecord } from "./salesforce-send.ts"

export interface SalesforceOptions extends ConnectionOptions {
  readonly system: string
  readonly auth: SalesforceAuth
  /** Such as `v62.0`. */
  readonly apiVersion: string
  /** Id of the user we act as, for changes "not by us"; asked for where absent. */
  readonly userId?: string
  /** How far behind its cursor a reading of changes begins; two minutes where absent. */
  readonly overlapMs?: number
  /** Records from which on a load goes by jobs of the Bulk API; 2,000 where absent. */
  readonly bulkLoadFrom?: number
  /** Records from which on a query is read by one; 100,000 where absent. */
  readonly bulkReadFrom?: number
  /** How long a job is waited for; an hour where absent. */
  readonly bulkMs?: number
}

const shape = {
  ...connectionMembers,
  auth: kinds({
    "client-credentials": { clientId: secret, clientSecret: secret },
    "jwt-bearer": { clientId: secret, user: text, privateKey: secret, audience: text },
  } satisfies Record<SalesforceAuth["kind"], Members>),
  apiVersion: text,
  userId: optional(text),
  overlapMs: optional(count(0)),
  bulkLoadFrom: optional(count()),
  bulkReadFrom: optional(count()),
  bulkMs: optional(count()),
} satisfies Record<keyof SalesforceOptions, Shape>

export function createSalesforce(
  options: SalesforceOptions,
  { secrets, world, client }: Surroundings,
): Connector {
  checkOptions(options, shape)
  if (!/^v\d{2,3}\.0$/.test(options.apiVersion)) throw new RangeError("apiVersion is like v62.0")
  const base = {
    system: options.system,
    client: client ?? createHttpClient(options),
    errors: salesforceErrors,
    secrets,
    world,
  }
  const session = salesforceSession(options.auth, base)
  const line: SalesforceLine = {
    ...base,
    authorizer: session,
    apiVersion: options.apiVersion,
    overlapMs: options.overlapMs ?? 120_000,
    bulk: {
      loadFrom: options.bulkLoadFrom ?? 2_000,
      readFrom: options.bulkReadFrom ?? 100_000,
      waitMs: options.bulkMs ?? 3_600_000,
    },
    described: new Map(),
    ownUser: async signal => options.userId ?? (await session.userId(signal)),
  }
  return {
    system: options.system,
    idempotency: (_, verb) => (verb === "create" || verb === "ensure" ? { lookUp: true } : { upsert: true }),
    read: (request, signal) => readRecords(line, request, signal),
    saysWhoChanged: true,
    changes: (request, signal) => readChanges(line, request, signal),
    send: (request, call) => sendRecord(line, request, call),
    find: (request, signal) => findRecord(line, request, { signal }),
    prepareLoad: (request, call) => prepareBulk(line, request, call),
    load: (request, call) => loadRecords(line, request, call),
    close: () => line.client.close(),
  }
}
