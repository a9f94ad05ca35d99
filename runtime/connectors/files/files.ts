// The connector of folders. Flows in: options and the world. Flows out: a Connector: files that come in are changes, files that stay are read, records and loads become files.

import { createHash } from "node:crypto"
import { join } from "node:path"
import { CallFailed } from "../../flow/port/failures.ts"
import type { World } from "../../flow/port/world.ts"
import { memberOf, scalarText } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
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
  text,
} from "../options/shape.ts"
import type { Connector, ReadRequest } from "../port/connector.ts"
import { bytesOfRecords, recordsOfFile } from "./file-records.ts"
import type { FileFormat, FileObject, FilesOptions } from "./files-options.ts"
import { filesOf, readInbox } from "./inbox.ts"
import { putFile, replaceFile, wasPut } from "./outbox.ts"
import { slicesOf } from "./slices.ts"

const shape = {
  system: text,
  objects: dictionary(
    object({
      format: kinds({
        ndjson: {},
        csv: {
          delimiter: optional(text),
          quote: optional(choice('"', "'", null)),
          encoding: optional(choice("utf-8", "utf-16", "latin1", "windows-1252")),
          formulas: optional(choice("escape", "keep")),
        },
      } satisfies Record<FileFormat["kind"], Members>),
      ending: text,
      inbox: optional(text),
      processed: optional(text),
      refused: optional(text),
      shelf: optional(text),
      outbox: optional(text),
      columns: optional(list(text)),
      settleMs: optional(count(0)),
    } satisfies Record<keyof FileObject, Shape>),
  ),
} satisfies Record<keyof FilesOptions, Shape>

export function createFiles(options: FilesOptions, { world }: { readonly world: World }): Connector {
  checkOptions(options, shape)
  const { system, objects } = options
  const objectNamed = (name: string): FileObject => {
    const found = Object.hasOwn(objects, name) ? objects[name] : undefined
    if (found === undefined || !/^[A-Za-z][A-Za-z0-9_.-]{0,80}$/.test(name))
      throw notOffered(system, `The options describe no ${name}.`)
    return found
  }
  const outboxOf = (object: FileObject, name: string): string => {
    if (object.outbox === undefined) throw notOffered(system, `${name} has no \`outbox\`.`)
    return object.outbox
  }
  const put = (name: string, key: string, records: readonly Readonly<Record<string, unknown>>[]) =>
    onDisk(system, async () => {
      const object = objectNamed(name)
      const bytes = bytesOfRecords(records, object.format, object.columns)
      return putFile(outboxOf(object, name), fileName(name, key, object), bytes)
    })
  const replace = (
    name: string,
    over: readonly string[],
    records: readonly Readonly<Record<string, unknown>>[],
  ) =>
    onDisk(system, async () => {
      const object = objectNamed(name)
      const folder = outboxOf(object, name)
      for (const slice of slicesOf(system, records, over))
        await replaceFile(
          folder,
          `${name}-${slice.name}${object.ending}`,
          bytesOfRecords(slice.records, object.format, object.columns),
        )
    })
  return {
    system,
    // a file has the name of its key, so a second try is the same file
    idempotency: () => ({ upsert: true }),
    async *read(request, signal) {
      yield* readShelf(system, objectNamed(request.object), request, world, signal)
    },
    // what lies in an inbox somebody else put there
    saysWhoChanged: true,
    async *changes({ object: name }, signal) {
      const object = objectNamed(name)
      const { inbox, processed, refused } = object
      if (inbox === undefined || processed === undefined || refused === undefined)
        throw notOffered(system, `${name} has no \`inbox\`, \`processed\` and \`refused\`.`)
      yield* readInbox({ inbox, processed, refused }, object, world, signal)
    },
    async send({ object, verb, record }, call) {
      if (verb !== "create" && verb !== "upsert" && verb !== "ensure")
        throw notOffered(system, `A file cannot be ${verb}d.`)
      const outcome = await put(object, call.key, [record])
      return { answer: { file: fileName(object, call.key, objectNamed(object)) }, outcome }
    },
    /** By content: what is sent has no key of a call here. */
    find: async () => undefined,
    async load({ object, mode, records }, call) {
      if (mode.kind === "add") await put(object, call.key, records)
      else await replace(object, mode.over, records)
      return { sent: records.length, loaded: records.length, ignored: 0, rejected: [] }
    },
    close: async () => undefined,
  }
}

function fileName(object: string, key: string, { ending }: FileObject): string {
  return `${object}-${createHash("sha256").update(key).digest("hex").slice(0, 24)}${ending}`
}

/** A call that wrote it, by its key: for whoever has to settle a doubt by hand. */
export function fileOfCall(
  object: string,
  key: string,
  described: FileObject,
): { readonly name: string; wasPut(): Promise<boolean> } {
  const name = fileName(object, key, described)
  return { name, wasPut: () => wasPut(described.outbox ?? "", name) }
}

async function* readShelf(
  system: string,
  object: FileObject,
  { object: name, where }: ReadRequest,
  world: World,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const { shelf, format } = object
  if (shelf === undefined) throw notOffered(system, `${name} has no \`shelf\`.`)
  const files = await onDisk(system, () => filesOf(shelf, { ...object, settleMs: 0 }, world))
  for (const file of files) {
    const records: unknown[] = []
    for await (const record of recordsOfFile(join(shelf, file), format)) {
      if (signal.aborted) return
      if ("problem" in record)
        throw new CallFailed(
          "rejected",
          "BAD_FILE",
          `${system}: ${file}, line ${record.line}: ${record.problem}`,
        )
      const { value } = record
      if (where.every(one => scalarText(memberOf(value, one.field)) === scalarText(one.value)))
        records.push(value)
    }
    if (records.length > 0) yield records
  }
}

/** What the disk refuses may work when somebody has made room; nothing is half done. */
async function onDisk<T>(system: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CallFailed) throw error
    const { code } = error as { readonly code?: unknown }
    const isOurs =
      code === "ENOENT" || code === "EACCES" || code === "ENOTDIR" || code === "EPERM" || code === "EROFS"
    const message = error instanceof Error ? error.message : String(error)
    throw new CallFailed(
      isOurs ? "auth" : "transient",
      typeof code === "string" ? code : "DISK",
      `${system}: ${message}`,
    )
  }
}
