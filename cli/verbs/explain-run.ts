// `fmap explain run.json /lines/0/amount`: one value of a recorded run, back to its sources. Flows in: the file, a pointer into the result.
// Flows out: the explanation on standard output. The records are run again, so project and reference data must be those of the run.
import { resolve } from "node:path"
import {
  type ExplainQuestion,
  type ExplainSetQuestion,
  type Explanation,
  explainSet,
  explainValue,
  formatExplanation,
  type InterpretInput,
  type RecordedRow,
} from "@fmap/compiler"
import { writeJson } from "@fmap/runtime"
import { analyseProject } from "../project/analyse-project.ts"
import { openProject } from "../project/open-project.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { isFileError } from "../run/file-error.ts"
import { loadCalendars } from "../run/load-calendars.ts"
import { loadCrosswalks } from "../run/load-crosswalks.ts"
import { locateRows } from "../run/locate-rows.ts"
import { planHash, type RunHeader, recordedHeader, recordedLines } from "../run/run-record.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem, problemsOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeText } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface ExplainRunOptions {
  readonly project?: string
  /** From 1; of a run over a set, one that came out. */
  readonly record?: number
  /** Of a run over a set: a row, whatever became of it. */
  readonly row?: number
  readonly format: "text" | "json"
}

export async function explainRun(
  file: string,
  pointer: string,
  options: ExplainRunOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const path = resolve(terminal.cwd, file)
  let header: RunHeader | undefined
  try {
    header = await recordedHeader(path)
  } catch (error) {
    if (!isFileError(error)) throw error
    return cannotStart(terminal, [problem("FM8102", `${file} cannot be read: ${error.message}.`)])
  }
  if (header === undefined)
    return cannotStart(terminal, [problem("FM8205", `${file} is no recorded run (fmap run --record).`)])

  const opening = openProject(terminal.cwd, options.project, [])
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const compiled = analyseProject(opening.opened)
  const { plan } = compiled
  if (plan === null) {
    tellDiagnostics(compiled, opening.opened.project.folder, terminal)
    return exitCodes.findings
  }
  if (planHash(plan) !== header.plan)
    return cannotStart(terminal, [
      problem(
        "FM8205",
        `The project is not what it was when ${file} was recorded; another map would explain another value.`,
      ),
    ])
  const files = new Map(
    header.crosswalks.flatMap(({ id, file: path }) => (path === null ? [] : [[id, path] as const])),
  )
  const reference = loadCrosswalks(
    plan,
    header.crosswalks.map(({ id }) => id),
    files,
    compiled.host,
    terminal.cwd,
  )
  const calendars = loadCalendars(
    plan,
    header.calendars.map(({ id }) => id),
    new Map(
      header.calendars.flatMap(({ id, files: own }) =>
        Object.entries(own).map(([of, path]) => [`${id}.${of}`, path] as const),
      ),
    ),
    compiled.host,
    terminal.cwd,
  )
  if (reference.kind === "problems" || calendars.kind === "problems")
    return cannotStart(
      terminal,
      [reference, calendars].flatMap(one => (one.kind === "problems" ? one.problems : [])),
    )
  const loaded = Object.fromEntries(calendars.calendars)
  const changed = [
    ...changedData(header.crosswalks, reference.crosswalks).map(id => `The rows of crosswalk ${id} are`),
    ...changedData(header.calendars, loaded).map(id => `The files of calendar ${id} are`),
  ]
  if (changed.length > 0)
    return cannotStart(
      terminal,
      problemsOf(
        "FM8205",
        changed.map(what => `${what} not those of the run.`),
      ),
    )

  const question = {
    plan,
    map: header.map,
    reference: { ...reference.crosswalks, ...loaded },
    textOf: compiled.textOf,
    locate: locateRows(plan, files, compiled.host, terminal.cwd),
    tzdata: terminal.tzdata,
  }
  if (header.tzdata !== undefined && header.tzdata !== terminal.tzdata)
    terminal.comment(
      `The run used the time zones of tzdata ${header.tzdata}; this Node has ${terminal.tzdata ?? "none that it names"}.\n`,
    )
  const asked = { path, file, header, pointer, options }
  const explanation = await (header.set === undefined
    ? explainedRecord(question, asked)
    : explainedSet(question, header.set.input, asked))
  if (typeof explanation === "string") return cannotStart(terminal, [problem("FM8205", explanation)])
  await terminal.out(
    options.format === "json" ? `${writeJson(explanation, 2)}\n` : safeText(formatExplanation(explanation)),
  )
  return exitCodes.fine
}

type Question = Pick<ExplainQuestion, "plan" | "map" | "reference" | "textOf" | "locate" | "tzdata">

interface Asked {
  readonly path: string
  readonly file: string
  readonly header: RunHeader
  readonly pointer: string
  readonly options: ExplainRunOptions
}

/** A text says why there is nothing to explain. */
async function explainedRecord(
  question: Question,
  { path, file, header, pointer, options }: Asked,
): Promise<Explanation | string> {
  if (options.row !== undefined) return `--row is for runs over a set; ${header.map} has single records.`
  const number = options.record ?? 1
  for await (const { record, kept } of recordedLines(path)) {
    if (record === number && "input" in kept)
      return explainValue({ ...question, input: kept.input, pointer }) ?? nowhere(header, pointer)
  }
  return `${file} has no record ${number}.`
}

async function explainedSet(
  question: Question,
  input: InterpretInput,
  { path, file, header, pointer, options }: Asked,
): Promise<Explanation | string> {
  const of = placeInRun(pointer, options)
  if (of === null)
    return `Say which record: /0${pointer} for the first that came out, or --record, or --row for a row of ${header.map}.`
  const rows = async function* (): AsyncGenerator<RecordedRow, void, undefined> {
    for await (const { kept } of recordedLines(path)) {
      if ("row" in kept) yield { payload: kept.row }
      else if ("lost" in kept) yield kept
    }
  }
  const answer = await explainSet({ ...question, input, rows, of })
  switch (answer.kind) {
    case "explained":
      return answer.explanation
    case "nowhere":
      return nowhere(header, of.pointer)
    case "none":
      return of.kind === "row"
        ? `${file} has no row ${of.number + 1}; there are ${answer.count}.`
        : `${file} has no record ${of.number + 1}; ${answer.count} came out.`
  }
}

/** What came out is a list: its number is the first step of the pointer, unless an option says it. */
function placeInRun(pointer: string, { record, row }: ExplainRunOptions): ExplainSetQuestion["of"] | null {
  if (row !== undefined) return { kind: "row", number: row - 1, pointer }
  if (record !== undefined) return { kind: "record", number: record - 1, pointer }
  const [, first = "", rest = ""] = /^\/(0|[1-9]\d{0,8})((?:\/.*)?)$/su.exec(pointer) ?? []
  return first === "" ? null : { kind: "record", number: Number(first), pointer: rest }
}

function nowhere({ map }: RunHeader, pointer: string): string {
  return `The result of ${map} has no place ${pointer}; it is an RFC 6901 pointer: /lines/0/amount.`
}

function changedData(
  recorded: readonly { readonly id: string; readonly snapshot: string }[],
  loaded: Readonly<Record<string, { readonly snapshot: string }>>,
): readonly string[] {
  return recorded
    .filter(({ id, snapshot }) => !Object.hasOwn(loaded, id) || loaded[id]?.snapshot !== snapshot)
    .map(({ id }) => id)
}
