// What `run --record` keeps of a run, and `explain` reads: NDJSON, first what was run, then a line a record. Flows in: payloads, or a file.
// Flows out: a file, or what is in it. Reference data is not kept, only its snapshots: who explains must have the same.
import { createHash } from "node:crypto"
import { createWriteStream, openSync } from "node:fs"
import { resolve } from "node:path"
import type { InterpretInput, Plan, PlanMap } from "@fmap/compiler"
import { type Calendar, type Crosswalk, readJson, writeJson } from "@fmap/runtime"
import { z } from "zod"
import type { Terminal } from "../terminal/terminal.ts"

const headerObject = z.object({
  format: z.literal("fmap.run"),
  formatVersion: z.literal(1),
  map: z.string(),
  version: z.string(),
  /** SHA-256 of the Plan: another one would explain another run. */
  plan: z.string(),
  crosswalks: z.array(z.object({ id: z.string(), snapshot: z.string(), file: z.string().nullable() })),
  /** `files`: those given instead of the project's, by `periods`, `status`, `holidays`. */
  calendars: z.array(
    z.object({ id: z.string(), snapshot: z.string(), files: z.record(z.string(), z.string()) }),
  ),
})
export type RunHeader = z.infer<typeof headerObject>

export interface RunRecorder {
  write(record: number, input: InterpretInput, status: string): Promise<void>
  end(): Promise<void>
}

export function planHash(plan: Plan): string {
  return createHash("sha256").update(writeJson(plan)).digest("hex")
}

/** Throws what node throws when the file cannot be opened. */
export function runRecorder(
  file: string,
  plan: Plan,
  map: PlanMap,
  reference: Readonly<Record<string, Crosswalk>>,
  calendars: ReadonlyMap<string, Calendar>,
  files: ReadonlyMap<string, string>,
  terminal: Terminal,
): RunRecorder {
  const path = resolve(terminal.cwd, file)
  const stream = createWriteStream(path, { fd: openSync(path, "w") })
  const header: RunHeader = {
    format: "fmap.run",
    formatVersion: 1,
    map: map.name,
    version: map.version,
    plan: planHash(plan),
    crosswalks: Object.values(reference).map(({ name, snapshot }) => ({
      id: name,
      snapshot,
      file: files.get(name) ?? null,
    })),
    calendars: [...calendars].map(([id, { snapshot }]) => ({ id, snapshot, files: filesOf(id, files) })),
  }
  let failed: Error | undefined
  stream.on("error", error => {
    failed = error
  })
  const write = async (value: unknown): Promise<void> => {
    await new Promise<void>(done => {
      stream.write(`${writeJson(value)}\n`, () => done())
    })
    if (failed !== undefined) throw failed
  }
  const begun = write(header)
  return {
    write: async (record, input, status) => {
      await begun
      await write({ record, status, input })
    },
    end: async () => {
      await begun
      await new Promise<void>((done, fail) => {
        stream.end((error?: Error | null) => (error ? fail(error) : done()))
      })
    },
  }
}

function filesOf(id: string, files: ReadonlyMap<string, string>): Record<string, string> {
  const given = ["periods", "status", "holidays"].flatMap(of => {
    const file = files.get(`${id}.${of}`)
    return file === undefined ? [] : [[of, file] as const]
  })
  return Object.fromEntries(given)
}

export interface RecordedRun {
  readonly header: RunHeader
  /** Null: there is no such record in it. */
  readonly input: InterpretInput | null
}

/** One record of a recorded run; a text says what is wrong with the file. */
export function recordedRun(text: string, record: number): RecordedRun | string {
  const lines = text.split("\n").filter(line => line !== "")
  const [first = "", ...others] = lines
  const header = headerObject.safeParse(parsed(first))
  if (!header.success) return "is no recorded run (fmap run --record)"
  for (const line of others) {
    const found = parsed(line)
    if (isObject(found) && found["record"] === record && isObject(found["input"]))
      return { header: header.data, input: found["input"] }
  }
  return { header: header.data, input: null }
}

function parsed(line: string): unknown {
  const read = readJson(line)
  return "ok" in read ? read.ok : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
