// Where results and issues go. Flows in: values and issues, one record at a time. Flows out: standard output as NDJSON or JSON,
// commentary, or a file of NDJSON. A result sink answers `false` when its reader went away.
import { createWriteStream, openSync, type WriteStream } from "node:fs"
import { resolve } from "node:path"
import { writeJson } from "@fmap/runtime"
import {
  type CsvTransport,
  csvBeginning,
  type PayloadShape,
  type WireProblem,
  type WireSpec,
  writeCsvRecord,
} from "@fmap/runtime/wire"
import { painter, wantsColor } from "../terminal/color.ts"
import type { Terminal } from "../terminal/terminal.ts"
import { issueNdjson, issueText, type RecordIssues } from "./issue-lines.ts"
import type { WireFormat } from "./wire-form.ts"

export interface ResultSink {
  /** Why the format cannot hold this result; such a one is not written. */
  refusal(value: unknown): WireProblem | undefined
  write(value: unknown): Promise<boolean>
  end(): Promise<boolean>
}

/** NDJSON: a line each. JSON: the value itself, or a list when there may be several. CSV: a header and a row each. */
export function resultSink(
  { format, spec: { transport, shapes } }: { readonly format: WireFormat; readonly spec: WireSpec },
  several: boolean,
  terminal: Terminal,
): ResultSink {
  const refusal = () => undefined
  if (transport?.kind === "csv" && format === "csv")
    return csvSink(transport, shapes[0] ?? { fields: [] }, terminal)
  if (format !== "json")
    return { refusal, write: value => terminal.out(`${writeJson(value)}\n`), end: async () => true }
  if (!several)
    return { refusal, write: value => terminal.out(`${writeJson(value, 2)}\n`), end: async () => true }
  let count = 0
  return {
    refusal,
    write: value =>
      terminal.out(`${count++ === 0 ? "[\n" : ",\n"}${writeJson(value, 2).replace(/^/gmu, "  ")}`),
    end: () => terminal.out(count === 0 ? "[]\n" : "\n]\n"),
  }
}

function csvSink(form: CsvTransport, shape: PayloadShape, terminal: Terminal): ResultSink {
  let begun = false
  const begin = async (): Promise<boolean> => {
    if (begun) return true
    begun = true
    const written = csvBeginning(form, shape)
    return "problem" in written || terminal.out(written.bytes)
  }
  return {
    refusal: value => {
      const written = writeCsvRecord(value, form, shape)
      return "problem" in written ? written.problem : undefined
    },
    write: async value => {
      const written = writeCsvRecord(value, form, shape)
      return "problem" in written || ((await begin()) && terminal.out(written.bytes))
    },
    end: begin,
  }
}

export interface IssueSink {
  /** `before` runs before something is written to the terminal. */
  write(found: RecordIssues, before: () => void): Promise<void>
  end(): Promise<void>
}

/** Throws what node throws when the file cannot be opened, before any record is read. */
export function issueSink(file: string | undefined, terminal: Terminal): IssueSink {
  const paint = painter(wantsColor(terminal, "comment"))
  if (file === undefined) {
    return {
      write: async (found: RecordIssues, before: () => void) => {
        before()
        terminal.comment(issueText(found, paint))
      },
      end: async () => {},
    }
  }
  const path = resolve(terminal.cwd, file)
  const stream = createWriteStream(path, { fd: openSync(path, "w") })
  let failed: Error | undefined
  stream.on("error", error => {
    failed = error
  })
  return {
    write: async (found: RecordIssues, _before: () => void) => {
      await written(stream, issueNdjson(found))
      if (failed !== undefined) throw failed
    },
    end: () =>
      new Promise<void>((done, fail) => {
        if (failed !== undefined) fail(failed)
        else stream.end((error?: Error | null) => (error ? fail(error) : done()))
      }),
  }
}

function written(stream: WriteStream, text: string): Promise<void> {
  return new Promise((done, fail) => stream.write(text, error => (error ? fail(error) : done())))
}
