// The connector of Anaplan. Flows in: options and the world. Flows out: a Connector that loads files by imports and members by lists. A file has one content: imports of one file wait for
// each other.

import { createHttpClient } from "../http/http-client.ts"
import { memberOf, scalarText } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { Surroundings } from "../http/surroundings.ts"
import { connectionMembers } from "../options/common-shapes.ts"
import { describedIn } from "../options/described.ts"
import {
  checkOptions,
  choice,
  count,
  dictionary,
  kinds,
  list,
  type Members,
  optional,
  type Shape,
  secret,
  text,
} from "../options/shape.ts"
import type { Connector, LoadReceipt } from "../port/connector.ts"
import { anaplanAuthorizer } from "./anaplan-auth.ts"
import { anaplanErrors } from "./anaplan-errors.ts"
import { loadMembers, readMembers } from "./anaplan-list.ts"
import { loadByImport } from "./anaplan-load.ts"
import type { AnaplanAuth, AnaplanObject, AnaplanOptions } from "./anaplan-options.ts"
import { type AnaplanLine, id } from "./import-task.ts"

const shape = {
  ...connectionMembers,
  auth: kinds({
    basic: { user: secret, password: secret, url: optional(text) },
    bearer: { token: secret },
  } satisfies Record<AnaplanAuth["kind"], Members>),
  workspace: text,
  model: text,
  objects: dictionary(
    kinds({
      import: {
        file: text,
        import: text,
        process: optional(text),
        columns: list(text),
        clears: optional(choice(true)),
        clearsOver: optional(list(text)),
        sums: optional(choice(true)),
      },
      list: { list: text, name: text, code: text, parent: optional(text) },
    } satisfies Record<AnaplanObject["kind"], Members>),
  ),
  chunkBytes: optional(count()),
  taskMs: optional(count()),
} satisfies Record<keyof AnaplanOptions, Shape>

export function createAnaplan(options: AnaplanOptions, { secrets, world, client }: Surroundings): Connector {
  checkOptions(options, shape)
  const base = {
    system: options.system,
    client: client ?? createHttpClient({ hosts: ["auth.anaplan.com"], ...options }),
    errors: anaplanErrors,
    secrets,
    world,
  }
  const line: AnaplanLine = {
    ...base,
    authorizer: anaplanAuthorizer(options.auth, base),
    base: `workspaces/${id(options.workspace)}/models/${id(options.model)}`,
    chunkBytes: options.chunkBytes ?? 10_000_000,
    taskMs: options.taskMs ?? 600_000,
  }
  const objectNamed = describedIn(options.system, options.objects)
  const busy = new Map<string, Promise<unknown>>()
  const inTurn = (file: string, work: () => Promise<LoadReceipt>): Promise<LoadReceipt> => {
    const turn = (busy.get(file) ?? Promise.resolve()).then(work, work)
    busy.set(file, turn)
    return turn
  }
  return {
    system: options.system,
    idempotency(request, verb) {
      const object = objectNamed(request.object)
      return verb === "load" && !(object.kind === "import" && object.sums === true) ? { upsert: true } : {}
    },
    async *read({ object: name, where }, signal) {
      const object = objectNamed(name)
      if (object.kind !== "list") throw notOffered(options.system, "Only lists are read.")
      for await (const members of readMembers(line, object, signal))
        yield members.filter(member =>
          where.every(({ field, value }) => scalarText(memberOf(member, field)) === scalarText(value)),
        )
    },
    send: async () => {
      throw notOffered(options.system, "Anaplan takes no single records; load a list of one.")
    },
    find: async () => undefined,
    load: async (request, call) => {
      const object = objectNamed(request.object)
      if (request.records.length === 0) return { sent: 0, loaded: 0, ignored: 0, rejected: [] }
      return object.kind === "list"
        ? loadMembers(line, object, request, call)
        : inTurn(object.file, () => loadByImport(line, object, request, call))
    },
    close: () => line.client.close(),
  }
}
