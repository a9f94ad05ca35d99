// A project checked for a release, as the release verbs need it. Flows in: options and a terminal. Flows out: the check with the files it read,
// or an exit code when it could not start or the project has errors (both told).
import { checkRelease, comparing, type MappingMode, type ReleaseCheck } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { ajvValidator } from "../diff/ajv-validator.ts"
import { rowsOfFiles } from "../diff/rows-of-files.ts"
import { type AnalysedProject, analyseProject } from "../project/analyse-project.ts"
import { type OpenedProject, openProject } from "../project/open-project.ts"
import { shownPath } from "../project/shown-path.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { dayOf } from "../terminal/day.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { type Problem, problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"
import { recordsOfMaps } from "./records-of-maps.ts"
import { type ReleaseFiles, readReleases } from "./release-files.ts"

export interface ReleaseOptions {
  readonly project?: string
  readonly today?: string
  readonly maps?: MappingMode
  /** Folder of recorded inputs; those that tests name are run anyway. */
  readonly payloads?: string
  /** By how much the sum of a field may drift; decimal text. */
  readonly tolerance?: string
}

export interface CheckedProject {
  readonly opened: OpenedProject
  readonly analysed: AnalysedProject
  readonly files: ReleaseFiles
  readonly check: ReleaseCheck
  readonly today: string
}

export type ProjectCheck =
  | { readonly kind: "checked"; readonly checked: CheckedProject }
  | { readonly kind: "ended"; readonly code: ExitCode }

/** `unsaved`: texts of sources that are taken instead of what the disk holds. */
export function checkProject(
  options: ReleaseOptions,
  terminal: Terminal,
  unsaved: ReadonlyMap<string, string> = new Map(),
): ProjectCheck {
  const ended = (problems: readonly Problem[]): ProjectCheck => ({
    kind: "ended",
    code: cannotStart(terminal, problems),
  })
  const today = dayOf(options.today)
  if (today === null)
    return ended([problem("FM8003", `--today wants a day such as 2026-03-31, not "${options.today ?? ""}".`)])
  const opening = openProject(terminal.cwd, options.project, [])
  if (opening.kind === "problems") return ended(opening.problems)
  const { opened } = opening
  const analysed = analyseProject(opened, unsaved)
  const { plan } = analysed
  if (plan === null) {
    tellDiagnostics(analysed, opened.project.folder, terminal)
    terminal.comment("A project with errors cannot be released.\n")
    return { kind: "ended", code: exitCodes.findings }
  }
  const reading = readReleases(opened.project, shownPath(terminal.cwd, opened.project.folder))
  if (reading.kind === "problems") return ended(reading.problems)
  const { files } = reading
  const recorded = recordsOfMaps(opened, plan, options, terminal.cwd)
  if (recorded.kind === "problems") return ended(recorded.problems)
  const check = checkRelease({
    plan,
    state: files.state,
    project: files.version,
    today,
    compare: comparing({
      today,
      maps: options.maps ?? "standard",
      textOf: analysed.textOf,
      records: recorded.records,
      validatorOf: ajvValidator,
    }),
    textOf: analysed.textOf,
    rowsOf: rowsOfFiles(plan, nodeHost(opened.project.folder), opened.project.folder),
    maps: options.maps ?? "standard",
    shown: files.places,
  })
  return { kind: "checked", checked: { opened, analysed, files, check, today } }
}
