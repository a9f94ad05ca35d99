// A system that is a folder: each object a file of NDJSON, one record a line. For trying flows out, and for what is handed over as files. Flows in: the folder. Flows out:
// a Connector. What is written is there as a whole or not at all; a record that is written again by its key is the same record.
import { createHash } from "node:crypto"
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { readJson, writeJson } from "@fmap/runtime"
import type { Connector, ObjectName, Receipt, SendRequest } from "@fmap/runtime/connectors"
import { CallFailed } from "@fmap/runtime/flow"

type Rec = Readonly<Record<string, unknown>>

/** The key that answers: what a system would have numbered. */
const idField = "id"

export function folderSystem(system: string, folder: string): Connector {
  const fileOf = (object: string) => {
    if (!/^[A-Za-z0-9_.-]+$/u.test(object) || object.startsWith("."))
      throw new CallFailed("rejected", "BAD_OBJECT", `${object} is no name for a file`)
    return join(folder, `${object}.ndjson`)
  }

  function records(object: string): readonly Rec[] {
    const file = fileOf(object)
    if (!existsSync(file)) return []
    return readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, index) => {
        if (line.trim() === "") return []
        const read = readJson(line)
        if ("refused" in read || !isRecord(read.ok))
          throw new CallFailed("rejected", "BAD_FILE", `Line ${index + 1} of ${object}.ndjson is no record`)
        return [read.ok]
      })
  }

  function write(object: string, all: readonly Rec[]): void {
    mkdirSync(folder, { recursive: true })
    const file = fileOf(object)
    writeFileSync(`${file}.new`, all.map(record => `${writeJson(record)}\n`).join(""))
    renameSync(`${file}.new`, file)
  }

  /** Hashes of the lines that flows wrote: a line somebody changes has another one. */
  const oursOf = (object: string) => `${fileOf(object)}.ours`
  const isOurs = (object: string): ((hash: string) => boolean) => {
    const file = oursOf(object)
    const ours = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : [])
    return hash => ours.has(hash)
  }
  function writeOurs(object: string, all: readonly Rec[], ours: readonly Rec[]): void {
    mkdirSync(folder, { recursive: true })
    appendFileSync(oursOf(object), ours.map(record => `${hashOf(record)}\n`).join(""))
    write(object, all)
  }

  const at = (all: readonly Rec[], { key }: ObjectName, record: Rec) =>
    all.findIndex(one => one[key] !== undefined && textOf(one[key]) === textOf(record[key]))

  function apply(request: SendRequest): Receipt {
    const { object, verb, record } = request
    const all = records(object)
    const index = at(all, request, record)
    const known = all[index]
    if (verb === "delete") {
      if (known !== undefined) write(object, all.toSpliced(index, 1))
      return { answer: {}, outcome: known === undefined ? "unchanged" : "deleted" }
    }
    if (known === undefined) {
      if (verb === "update")
        throw new CallFailed("rejected", "NOT_FOUND", `${object} has no record with this ${request.key}`)
      const made = { [idField]: `${object}-${all.length + 1}`, ...record }
      writeOurs(object, [...all, made], [made])
      return { answer: made, outcome: "created" }
    }
    if (verb === "create")
      throw new CallFailed("conflict", "DUPLICATE", `${object} has this ${request.key} already`)
    if (verb === "ensure") return { answer: known, outcome: "unchanged" }
    const changed = { ...known, ...record }
    writeOurs(object, all.with(index, changed), [changed])
    return { answer: changed, outcome: "updated" }
  }

  return {
    system,
    idempotency: (_, verb) =>
      verb === "create" || verb === "ensure" ? { lookUp: true } : verb === "load" ? {} : { upsert: true },
    async *read({ object, where }) {
      yield records(object).filter(record =>
        where.every(({ field, value }) => textOf(record[field]) === textOf(value)),
      )
    },
    send: async request => apply(request),
    async find(request) {
      const all = records(request.object)
      const known = all[at(all, request, request.record)]
      return known === undefined ? undefined : { answer: known, outcome: "unchanged" }
    },
    async load({ object, records: loaded, mode }) {
      const before = records(object)
      const over = mode.kind === "replace" ? mode.over : null
      const kept =
        over === null
          ? before
          : before.filter(
              one => !loaded.some(record => over.every(name => textOf(record[name]) === textOf(one[name]))),
            )
      writeOurs(object, [...kept, ...loaded], loaded)
      const { length } = loaded
      return { sent: length, loaded: length, ignored: 0, rejected: [] }
    },
    close: async () => undefined,
    saysWhoChanged: true,
    /** Lines are changes: a line that was changed by hand is a new version of its record. The cursor is the hashes of all lines. */
    async *changes({ object, key, cursor, notByUs }) {
      const known = new Set(cursor === null ? [] : cursor.split(" "))
      const all = records(object).map(record => ({ record, hash: hashOf(record) }))
      const ours = notByUs ? isOurs(object) : () => false
      const changes = all
        .filter(({ hash }) => !known.has(hash) && !ours(hash))
        .map(({ record, hash }) => ({
          id: `${textOf(record[key]) ?? ""} ${hash}`,
          version: "0",
          kind: "updated" as const,
          record,
        }))
      if (changes.length > 0) yield { changes, cursor: all.map(({ hash }) => hash).join(" ") }
    },
  }
}

function isRecord(value: unknown): value is Rec {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Figures that are equal are one key, however they are written. */
function textOf(value: unknown): string | undefined {
  return value === undefined || value === null
    ? undefined
    : typeof value === "object"
      ? writeJson(value)
      : String(value)
}

function hashOf(record: Rec): string {
  return createHash("sha256").update(writeJson(record)).digest("hex").slice(0, 16)
}
