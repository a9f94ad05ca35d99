// Where results and issues go. Flows in: values and issues, one record at a time. Flows out: standard output as NDJSON or JSON,
// commentary, or a file of NDJSON. A result sink answers `false` when its reader went away.
import { createWriteStream, openSync, type WriteStream } from "node:fs"
import { resolve } from "node:path"
import { writeJson } from "@fmap/runtime"
import { writeXmlRecord, xmlFrame } from "@fmap/runtime/formats/xml"
import {
  type CsvTransport,
  csvBeginning,
  listEnvelope,
  type PayloadShape,
  type WireProblem,
  wholeFile,
  writeCsvRecord,
  type XmlTransport,
} from "@fmap/runtime/wire"
import { painter, wantsColor } from "../terminal/color.ts"
import type { Terminal } from "../terminal/terminal.ts"
import { issueNdjson, issueText, type RecordIssues } from "./issue-lines.ts"
import type { OutputForm } from "./wire-form.ts"

export interface ResultSink {
  /** Why the format cannot hold this result; such a one is not written. */
  refusal(value: unknown): WireProblem | undefined
  write(value: unknown): Promise<boolean>
  end(): Promise<boolean>
}

/** NDJSON: a line each. JSON: the value itself, or a list when there may be several. CSV: a header and a row each. */
export function resultSink(
  { format, spec: { transport, shapes } }: OutputForm,
  several: boolean,
  terminal: Terminal,
): ResultSink {
  const refusal = () => undefined
  if (transport?.kind === "csv" && format === "csv") return csvSink(transport, shapes, terminal)
  if (transport?.kind === "xml" && format === "xml") return xmlSink(transport, shapes, terminal)
  if (format === "ndjson" || format === "csv" || format === "xml")
    return { refusal, write: value => terminal.out(`${writeJson(value)}\n`), end: async () => true }
  if (!several)
    return { refusal, write: value => terminal.out(`${writeJson(value, 2)}\n`), end: async () => true }
  let count = 0
  const { before, after } = format === "json" ? { before: "[", after: "]" } : listEnvelope(format)
  return {
    refusal,
    write: value =>
      terminal.out(`${count++ === 0 ? `${before}\n` : ",\n"}${writeJson(value, 2).replace(/^/gmu, "  ")}`),
    end: () => terminal.out(count === 0 ? `${before}${after}\n` : `\n${after}\n`),
  }
}

/** Without an element around several, a document is one record. */
function xmlSink(form: XmlTransport, shapes: readonly PayloadShape[], terminal: Terminal): ResultSink {
  const { before, after } = xmlFrame(form)
  let count = 0
  const textOf = (value: unknown) => writeXmlRecord(value, form, shapes)
  return {
    refusal: value => {
      const written = textOf(value)
      if ("problem" in written) return written.problem
      if (count === 0 || form.list !== null) return undefined
      const message = "A document of XML holds one record, unless the system says the element around several."
      return { code: "UNWRITABLE", message }
    },
    write: async value => {
      const written = textOf(value)
      return "problem" in written || terminal.out(`${count++ === 0 ? before : ""}${written.text}`)
    },
    end: async () =>
      count === 0 && form.list === null ? true : terminal.out(`${count === 0 ? before : ""}${after}`),
  }
}

/** A record a row, or one record that is the whole file. */
function csvSink(form: CsvTransport, shapes: readonly PayloadShape[], terminal: Terminal): ResultSink {
  const isWhole = wholeFile(shapes) !== null
  let begun = false
  const begin = async (): Promise<boolean> => {
    if (begun) return true
    begun = true
    const written = csvBeginning(form, shapes)
    return "problem" in written || terminal.out(written.bytes)
  }
  return {
    refusal: value => {
      const written = writeCsvRecord(value, form, shapes)
      if ("problem" in written) return written.problem
      if (!isWhole || !begun) return undefined
      return { code: "UNWRITABLE", message: "The record is a whole file, and one was written already." }
    },
    write: async value => {
      const written = writeCsvRecord(value, form, shapes)
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
