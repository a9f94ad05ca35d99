// The connector of Workday Adaptive Planning. Flows in: options and the world. Flows out: a Connector that loads rows of a sheet and reads figures. A load overwrites the cells it names, so it may be sent twice.

import { CallFailed } from "../../flow/port/failures.ts"
import type { Call } from "../../flow/port/flow.ts"
import type { Line } from "../http/ask.ts"
import type { ConnectionOptions } from "../http/connection.ts"
import { createHttpClient } from "../http/http-client.ts"
import { memberOf, scalarText } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import { noAuthorizer } from "../http/no-authorizer.ts"
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
import type { Connector, LoadReceipt, LoadRequest } from "../port/connector.ts"
import { type AdaptiveLogin, callAdaptive } from "./adaptive-call.ts"
import { type AdaptiveExport, readAdaptive } from "./adaptive-read.ts"
import { type AdaptiveImport, importCall } from "./call-xml.ts"

export interface AdaptiveOptions extends ConnectionOptions, AdaptiveLogin {
  readonly system: string
  /** What is loaded, by the name contracts give it. */
  readonly objects: Readonly<Record<string, AdaptiveObject>>
  /** What is read, by the name contracts give it. */
  readonly reads?: Readonly<Record<string, AdaptiveExport>>
  /** Rows of a call; 5,000 where absent. */
  readonly batchSize?: number
}

export interface AdaptiveObject extends Partial<Pick<AdaptiveImport, "version" | "sheet">> {
  readonly method: AdaptiveImport["method"]
  readonly planOrActuals: AdaptiveImport["planOrActuals"]
  /** Columns, in order; an empty one has to be there as well: `["Account", "Level Code", "Split Label", "03/2026"]`. */
  readonly columns: readonly string[]
  readonly movesCompletedValues?: boolean
  /** Every cell of a slice is always sent, zeros among them: only then overwriting replaces. */
  readonly sendsAllCells?: true
}

const delimiter = "|"

const shape = {
  ...connectionMembers,
  login: secret,
  password: secret,
  instanceCode: optional(text),
  apiVersion: text,
  objects: dictionary(
    object({
      method: choice("importStandardData", "importCubeData"),
      planOrActuals: choice("Plan", "Actuals"),
      version: optional(text),
      sheet: optional(text),
      columns: list(text),
      movesCompletedValues: optional(truth),
      sendsAllCells: optional(choice(true)),
    } satisfies Record<keyof AdaptiveObject, Shape>),
  ),
  reads: optional(
    dictionary(
      kinds({
        data: {
          version: optional(text),
          accounts: optional(list(text)),
          levels: optional(list(text)),
          dimensions: optional(list(text)),
          from: text,
          to: text,
          shape: choice("rows", "figures"),
        },
        versions: {},
        accounts: {},
        levels: {},
      } satisfies Record<AdaptiveExport["kind"], Members>),
    ),
  ),
  batchSize: optional(count()),
} satisfies Record<keyof AdaptiveOptions, Shape>

export function createAdaptive(
  options: AdaptiveOptions,
  { secrets, world, client }: Surroundings,
): Connector {
  checkOptions(options, shape)
  if (!/^v\d{2}$/.test(options.apiVersion)) throw new RangeError("apiVersion is like v40")
  const line: Line = {
    system: options.system,
    client: client ?? createHttpClient(options),
    authorizer: noAuthorizer,
    errors: { rules: [], read: () => undefined },
    secrets,
    world,
  }
  return {
    system: options.system,
    idempotency: (_, verb) => (verb === "load" ? { upsert: true } : {}),
    async *read(request, signal) {
      const { reads = {} } = options
      const what = Object.hasOwn(reads, request.object) ? reads[request.object] : undefined
      if (what === undefined)
        throw notOffered(
          options.system,
          `The connection's options (\`reads\`) describe no ${request.object}.`,
        )
      yield* readAdaptive(line, options, what, request, signal)
    },
    send: async () => {
      throw notOffered(options.system, "Adaptive Planning takes no single records; load a list of one.")
    },
    find: async () => undefined,
    load: async (request, call) => {
      const object = Object.hasOwn(options.objects, request.object)
        ? options.objects[request.object]
        : undefined
      if (object === undefined)
        throw notOffered(options.system, `The connection's options describe no ${request.object}.`)
      return load(line, options, object, request, call)
    },
    close: () => line.client.close(),
  }
}

async function load(
  line: Line,
  options: AdaptiveOptions,
  object: AdaptiveObject,
  request: LoadRequest,
  call: Call,
): Promise<LoadReceipt> {
  if (request.mode.kind === "replace" && object.sendsAllCells !== true)
    throw notOffered(
      line.system,
      `A load of ${request.object} overwrites and removes nothing; say \`sendsAllCells\` where that is the same.`,
    )
  const rows = request.records.map((record, index) => rowText(record, object, index))
  const { batchSize = 5_000 } = options
  const rejected: LoadReceipt["rejected"][number][] = []
  for (let start = 0; start < rows.length; start += batchSize) {
    const part = rows.slice(start, start + batchSize)
    const warnings = await importRows(line, options, object, part, start > 0, call)
    rejected.push(...warnings.slice(0, part.length))
  }
  return { sent: rows.length, loaded: rows.length - rejected.length, ignored: 0, rejected }
}

async function importRows(
  line: Line,
  options: AdaptiveOptions,
  object: AdaptiveObject,
  rows: readonly string[],
  isLater: boolean,
  call: Call,
): Promise<LoadReceipt["rejected"]> {
  const what = {
    method: object.method,
    version: object.version,
    sheet: object.sheet,
    planOrActuals: object.planOrActuals,
    movesCompletedValues: object.movesCompletedValues ?? false,
  }
  const { messages } = await callAdaptive(
    line,
    options,
    {
      isSafe: false,
      // batches before this one are loaded: all of it has to be sent again
      isLater,
      write: credentials => importCall(credentials, what, object.columns.join(delimiter), rows),
    },
    call,
  )
  // each counts as a row that was left out, so that a load with one does not reconcile
  return messages
    .filter(({ type }) => /warn/i.test(type))
    .map(({ key, text }) => ({
      index: null,
      code: key || "WARNING",
      message: line.secrets.mask(text).slice(0, 500),
    }))
}

function rowText(
  record: Readonly<Record<string, unknown>>,
  { columns }: AdaptiveObject,
  index: number,
): string {
  const stranger = Object.keys(record).find(name => !columns.includes(name))
  if (stranger !== undefined)
    throw unwritable(`Record ${index + 1} has ${stranger}, for which there is no column.`)
  return columns
    .map(column => {
      const value = memberOf(record, column)
      const text = value === undefined || value === null ? "" : scalarText(value)
      if (text === undefined) throw unwritable(`${column} of record ${index + 1} is a record or a list.`)
      if (text.includes(delimiter) || /[\u0000-\u001f\ufffe\uffff]/.test(text))
        throw unwritable(
          `${column} of record ${index + 1} has a character that separates columns or that XML cannot hold.`,
        )
      return text
    })
    .join(delimiter)
}

function unwritable(message: string): CallFailed {
  return new CallFailed("rejected", "UNWRITABLE", message)
}
