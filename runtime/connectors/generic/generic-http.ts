// The connector of a platform that is described by configuration. Flows in: a description. Flows out: a Connector. It declares no more than the description does: a
// call without a key, a repeatable form or a way to look leaves a lost answer to a person.

import type { Call, Idempotency } from "../../flow/port/flow.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { type Asker, ask, type Line, type PlatformErrors } from "../http/ask.ts"
import { authorizerOf } from "../http/credentials.ts"
import type { ErrorRule } from "../http/error-table.ts"
import { createHttpClient } from "../http/http-client.ts"
import { objectOf, scalarText, without } from "../http/json-value.ts"
import { keyOf, notOffered } from "../http/key-of.ts"
import type { Surroundings } from "../http/surroundings.ts"
import { describedIn } from "../options/described.ts"
import { checkOptions } from "../options/shape.ts"
import type { Connector, Need, Receipt, SendRequest, SendVerb } from "../port/connector.ts"
import { fillPath, valueAtPath } from "./fill-path.ts"
import type { HttpCall, HttpErrors, HttpObject, HttpSystemOptions } from "./http-options.ts"
import { httpShape } from "./http-shape.ts"
import { readChanges, readList } from "./read-list.ts"

export function createHttpSystem(
  options: HttpSystemOptions,
  { secrets, world, client }: Surroundings,
): Connector {
  checkOptions(options, httpShape)
  const base = {
    system: options.system,
    client: client ?? createHttpClient(options),
    errors: errorsOf(options.errors ?? {}),
    secrets,
    world,
  }
  const line: Line = { ...base, authorizer: authorizerOf(options.auth, base) }
  const objectNamed = describedIn(options.system, options.objects)
  const described = (request: Pick<SendRequest, "object">) => objectNamed(request.object)
  return {
    system: options.system,
    idempotency: ({ object }, verb) => (verb === "load" ? {} : idempotencyOf(objectNamed(object), verb)),
    lacks: ({ object }, need) => lacking(options.objects, object, need),
    async *read(request, signal) {
      const { list } = described(request)
      if (list === undefined) throw notOffered(options.system, `${request.object} has no \`list\`.`)
      yield* readList(line, list, request, signal)
    },
    async *changes(request, signal) {
      const { list } = described(request)
      if (list?.changes === undefined)
        throw notOffered(options.system, `${request.object} has no \`changes\`.`)
      yield* readChanges(line, list, list.changes, request, signal)
    },
    send: async (request, call) => send(line, described(request), request, call),
    find: async (request, signal) => find(line, described(request), request, { signal }),
    close: () => line.client.close(),
  }
}

function lacking(objects: HttpSystemOptions["objects"], name: string, need: Need): string | undefined {
  const object = Object.hasOwn(objects, name) ? objects[name] : undefined
  if (object === undefined) return `"objects" has no ${name}`
  const no = (part: string, of = "") => `"objects.${name}${of}" has no "${part}"`
  if (need === "read" || need === "changes") {
    if (object.list === undefined) return no("list")
    return need === "changes" && object.list.changes === undefined ? no("changes", ".list") : undefined
  }
  if (need === "ensure" && object.find === undefined) return no("find")
  return callOf(object, need) === undefined ? no(need === "ensure" ? "create" : need) : undefined
}

function idempotencyOf(object: HttpObject, verb: SendVerb): Idempotency {
  const call = callOf(object, verb)
  return {
    ...(call?.idempotency === undefined ? {} : { nativeKey: { windowMs: call.idempotency.windowMs } }),
    ...(call?.repeatable === true || verb === "upsert" ? { upsert: true as const } : {}),
    ...(object.find === undefined ? {} : { lookUp: true as const }),
  }
}

/** `ensure` is a look and a create. */
function callOf(object: HttpObject, verb: SendVerb): HttpCall | undefined {
  return verb === "ensure" ? object.create : object[verb]
}

async function send(line: Line, object: HttpObject, request: SendRequest, call: Call): Promise<Receipt> {
  const how = callOf(object, request.verb)
  if (how === undefined) throw notOffered(line.system, `${request.object} has no \`${request.verb}\`.`)
  if (request.verb === "ensure" && request.isAbsent !== true) {
    const there = await find(line, object, request, call)
    if (there !== undefined) return there
  }
  const record = how.keyOnlyInPath === true ? without(request.record, request.key) : request.record
  const body = how.wrap === undefined ? record : { [how.wrap]: record }
  const isDeletion = request.verb === "delete"
  const { status, body: answer } = await ask(
    line,
    {
      method: how.method,
      url: fillPath(how.path, scalarText(request.record[request.key]), request.record),
      headers: {
        ...how.headers,
        ...(isDeletion ? {} : { "content-type": "application/json" }),
        ...(how.idempotency !== undefined && call.sendKey ? { [how.idempotency.header]: call.key } : {}),
      },
      ...(isDeletion ? {} : { body: writeJson(body) }),
      isSafe: false,
      ...(isDeletion ? { takes: [404, 410] } : {}),
    },
    call,
  )
  if (isDeletion) return { answer: {}, outcome: status < 300 ? "deleted" : "unchanged" }
  return {
    answer: objectOf(valueAtPath(answer, how.answerAt ?? [])) ?? {},
    outcome:
      status === 201 || (request.verb !== "upsert" && request.verb !== "update") ? "created" : "updated",
  }
}

async function find(
  line: Line,
  object: HttpObject,
  request: SendRequest,
  call: Asker,
): Promise<Receipt | undefined> {
  if (object.find === undefined) throw notOffered(line.system, `${request.object} has no \`find\`.`)
  const { path, at = [] } = object.find
  const url = fillPath(path, keyOf(request), request.record)
  const { status, body } = await ask(line, { method: "GET", url, isSafe: true, takes: [404] }, call)
  const found = status === 404 ? undefined : objectOf(valueAtPath(body, at))
  return found === undefined ? undefined : { answer: found, outcome: "unchanged" }
}

function errorsOf({ codeAt, messageAt, failedWhen, rules = [] }: HttpErrors): PlatformErrors {
  return {
    rules: rules.map(
      ({ contains, ...rule }): ErrorRule => ({
        ...rule,
        ...(contains === undefined ? {} : { says: literally(contains) }),
      }),
    ),
    read(body, { status }) {
      const hasFailed = failedWhen !== undefined && valueAtPath(body, failedWhen.at) === failedWhen.equals
      if (status < 300 && !hasFailed) return undefined
      const code = codeAt === undefined ? undefined : scalarText(valueAtPath(body, codeAt))
      const message = messageAt === undefined ? undefined : scalarText(valueAtPath(body, messageAt))
      if (code === undefined && message === undefined && !hasFailed) return undefined
      return { codes: code === undefined ? [] : [code], message: message ?? code ?? "No reason given." }
    },
  }
}

function literally(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "i")
}
