// What `run --record` keeps of a run, and `explain` reads: NDJSON, first what was run, then a line a record. Flows in: payloads, or a file.
// Flows out: a file, or what is in it, line by line. Reference data is not kept, only its snapshots: who explains must have the same.
import { createHash } from "node:crypto"
import { createReadStream, createWriteStream, openSync } from "node:fs"
import { resolve } from "node:path"
import { type InterpretInput, type Plan, type PlanMap, usesZones } from "@fmap/compiler"
import { type Calendar, type Crosswalk, type Issue, readJson, splitLines, writeJson } from "@fmap/runtime"
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
  /** Version of the time zone rules, where the map uses any. */
  tzdata: z.string().optional(),
  /** Of a run over a set: what is the same for all its rows. */
  set: z.object({ input: z.custom<InterpretInput>(isObject) }).optional(),
})
export type RunHeader = z.infer<typeof headerObject>

/** What is kept of one record, or of one row of a run over a set: `lost` could not be handed over. */
export type Kept =
  | { readonly input: InterpretInput }
  | { readonly row: unknown }
  | { readonly lost: readonly Issue[] }

export interface RunRecorder {
  write(record: number, kept: Kept, status: string): Promise<void>
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
  /** What is the same for all rows of a run over a set. */
  fixed: InterpretInput,
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
    ...(usesZones(map, plan) && terminal.tzdata !== null ? { tzdata: terminal.tzdata } : {}),
    ...(map.set === null ? {} : { set: { input: fixed } }),
  }
  let failed: Error | undefined
  stream.on("error", error => {
    failed = error
  })
  // Waits where the disk is slower than the run, so that lines do not gather in memory.
  const write = async (value: unknown): Promise<void> => {
    if (!stream.write(`${writeJson(value)}\n`) && failed === undefined)
      await new Promise<void>(done => {
        const go = () => {
          stream.off("drain", go).off("error", go)
          done()
        }
        stream.on("drain", go).on("error", go)
      })
    if (failed !== undefined) throw failed
  }
  const begun = write(header)
  return {
    write: async (record, kept, status) => {
      await begun
      await write({ record, status, ...kept })
    },
    end: async () => {
      await begun
      if (failed !== undefined) throw failed
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

/** What one of its lines holds, and which record it is of. */
export interface RecordedLine {
  readonly record: number
  readonly kept: Kept
}

/** The first line of a recorded run; undefined: it is none. */
export async function recordedHeader(path: string): Promise<RunHeader | undefined> {
  for await (const line of linesOf(path)) {
    const header = headerObject.safeParse(line)
    return header.success ? header.data : undefined
  }
  return undefined
}

/** Every line after the first. One that was cut off when the run was ended is not there. */
export async function* recordedLines(path: string): AsyncGenerator<RecordedLine, void, undefined> {
  for await (const line of linesOf(path)) {
    if (!isObject(line) || typeof line["record"] !== "number") continue
    const { record, input, row, lost } = line
    if (isObject(input)) yield { record, kept: { input } }
    else if (Array.isArray(lost)) yield { record, kept: { lost } }
    else if (row !== undefined) yield { record, kept: { row } }
  }
}

/** The lists of a set are one line, whatever its length. */
const longestLine = 512 * 1024 * 1024

async function* linesOf(path: string): AsyncGenerator<unknown, void, undefined> {
  for await (const line of splitLines(createReadStream(path), longestLine)) {
    const read = "text" in line ? readJson(line.text) : undefined
    yield read !== undefined && "ok" in read ? read.ok : undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
