// The connector of services that speak OData, version 2 and 4. Flows in: options and the world. Flows out: a Connector. What may be asked twice depends on whether the service
// creates by a key of ours, or has to be asked first.

import { authorizerOf } from "../http/credentials.ts"
import { createHttpClient } from "../http/http-client.ts"
import type { Surroundings } from "../http/surroundings.ts"
import { connectionMembers, credentials } from "../options/common-shapes.ts"
import { describedIn } from "../options/described.ts"
import {
  checkOptions,
  choice,
  count,
  dictionary,
  list,
  object,
  optional,
  type Shape,
  text,
  truth,
} from "../options/shape.ts"
import type { Connector } from "../port/connector.ts"
import { withCsrf } from "./csrf.ts"
import { odataErrors } from "./odata-errors.ts"
import { loadRecords } from "./odata-load.ts"
import type { ODataObject, ODataOptions } from "./odata-options.ts"
import { type ODataLine, readChanges, readRecords } from "./odata-read.ts"
import { lookUp, sendRecord } from "./odata-send.ts"

const shape = {
  ...connectionMembers,
  auth: credentials,
  version: choice(2, 4),
  csrf: optional(truth),
  readQuery: optional(dictionary(text)),
  patchUpserts: optional(truth),
  pageSize: optional(count()),
  batchSize: optional(count()),
  overlapMs: optional(count(0)),
  objects: dictionary(
    object({
      set: text,
      keys: list(text),
      types: optional(
        dictionary(
          choice(
            "string",
            "number",
            "boolean",
            "decimal",
            "int64",
            "guid",
            "date",
            "datetime",
            "datetimeoffset",
          ),
        ),
      ),
      modified: optional(text),
      tracked: optional(choice(true)),
      always: optional(dictionary(text)),
    } satisfies Record<keyof ODataObject, Shape>),
  ),
} satisfies Record<keyof ODataOptions, Shape>

export function createOData(options: ODataOptions, { secrets, world, client }: Surroundings): Connector {
  checkOptions(options, shape)
  const base = {
    system: options.system,
    client: client ?? createHttpClient(options),
    errors: odataErrors,
    secrets,
    world,
  }
  const plain = authorizerOf(options.auth, base)
  const authorizer = (options.csrf ?? options.version === 2) ? withCsrf(plain, base) : plain
  const line: ODataLine = { ...base, authorizer, options }
  const objectNamed = describedIn(options.system, options.objects)
  return {
    system: options.system,
    // an upsert and an update look for themselves each time; a record that was found is not yet one that was changed
    idempotency: (_, verb) => (verb === "create" || verb === "ensure" ? { lookUp: true } : { upsert: true }),
    async *read(request, signal) {
      yield* readRecords(line, objectNamed(request.object), request, signal)
    },
    async *changes(request, signal) {
      yield* readChanges(line, objectNamed(request.object), request, signal)
    },
    send: async (request, call) => sendRecord(line, objectNamed(request.object), request, call),
    find: async (request, signal) => {
      const found = await lookUp(line, objectNamed(request.object), request, { signal })
      return found === undefined ? undefined : { answer: found.record, outcome: "unchanged" }
    },
    load: async (request, call) => loadRecords(line, objectNamed(request.object), request, call),
    close: () => line.client.close(),
  }
}
