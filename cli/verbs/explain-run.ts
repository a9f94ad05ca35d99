// `fmap explain run.json /lines/0/amount`: one value of a recorded run, back to its sources. Flows in: the file, a pointer into the result.
// Flows out: the explanation on standard output. The record is run again, so project and reference data must be those of the run.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { explainValue, formatExplanation } from "@fmap/compiler"
import { writeJson } from "@fmap/runtime"
import { analyseProject } from "../project/analyse-project.ts"
import { openProject } from "../project/open-project.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { isFileError } from "../run/file-error.ts"
import { loadCalendars } from "../run/load-calendars.ts"
import { loadCrosswalks } from "../run/load-crosswalks.ts"
import { planHash, recordedRun } from "../run/run-record.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeText } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface ExplainRunOptions {
  readonly project?: string
  readonly record: number
  readonly format: "text" | "json"
}

export async function explainRun(
  file: string,
  pointer: string,
  options: ExplainRunOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  let text: string
  try {
    text = readFileSync(resolve(terminal.cwd, file), "utf8")
  } catch (error) {
    if (!isFileError(error)) throw error
    return cannotStart(terminal, [`${file} cannot be read: ${error.message}.`])
  }
  const recorded = recordedRun(text, options.record)
  if (typeof recorded === "string") return cannotStart(terminal, [`${file} ${recorded}.`])
  const { header, input } = recorded
  if (input === null) return cannotStart(terminal, [`${file} has no record ${options.record}.`])

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
      `The project is not what it was when ${file} was recorded; another map would explain another value.`,
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
      changed.map(what => `${what} not those of the run.`),
    )

  const explanation = explainValue({
    plan,
    map: header.map,
    input,
    reference: { ...reference.crosswalks, ...loaded },
    pointer,
    textOf: compiled.textOf,
  })
  if (explanation === null)
    return cannotStart(terminal, [
      `The result of ${header.map} has no place ${pointer}; it is an RFC 6901 pointer: /lines/0/amount.`,
    ])
  await terminal.out(
    options.format === "json" ? `${writeJson(explanation, 2)}\n` : safeText(formatExplanation(explanation)),
  )
  return exitCodes.fine
}

function changedData(
  recorded: readonly { readonly id: string; readonly snapshot: string }[],
  loaded: Readonly<Record<string, { readonly snapshot: string }>>,
): readonly string[] {
  return recorded
    .filter(({ id, snapshot }) => !Object.hasOwn(loaded, id) || loaded[id]?.snapshot !== snapshot)
    .map(({ id }) => id)
}
