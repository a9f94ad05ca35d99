// `fmap lint`: holds the project to its policies. Flows in: options and the day. Flows out: findings on standard output in the form of a
// reporter, or the scorecard or the read sets, and an exit code.
import { type LintAnswer, lint, type Plan, scorecardOf } from "@fmap/compiler"
import { isRefused, readDate } from "@fmap/runtime"
import { diagnosticOf } from "../govern/diagnostic-of.ts"
import { readSetsText } from "../govern/read-sets-text.ts"
import { scorecardText } from "../govern/scorecard-text.ts"
import { type AnalysedProject, analyseProject } from "../project/analyse-project.ts"
import { openProject } from "../project/open-project.ts"
import { placesOf } from "../project/place-at.ts"
import { shownPath } from "../project/shown-path.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { plural, type ReporterName, report, summary } from "../reporters/report.ts"
import { wantsColor } from "../terminal/color.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeText } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface LintOptions {
  readonly project?: string
  readonly reporter?: ReporterName
  readonly policy?: string
  /** ISO date; absent: the day of the clock. */
  readonly today?: string
  readonly maxWarnings?: number
  readonly readSets?: boolean
  readonly scorecard?: boolean
}

type Judged = Extract<LintAnswer, { kind: "judged" }>

export async function lintProject(options: LintOptions, terminal: Terminal): Promise<ExitCode> {
  const today = options.today ?? new Date().toISOString().slice(0, 10)
  if (isRefused(readDate(today, { kind: "date", wire: "iso" })))
    return cannotStart(terminal, [
      problem("FM8003", `--today wants a day such as 2026-03-31, not "${today}".`),
    ])
  const opening = openProject(terminal.cwd, options.project, [])
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const { opened } = opening
  const compiled = analyseProject(opened)
  const { plan } = compiled
  if (plan === null) {
    tellDiagnostics(compiled, opened.project.folder, terminal)
    terminal.comment("Only a project without errors is held to its policies.\n")
    return exitCodes.findings
  }
  const answer = lint(plan, { today, policy: options.policy ?? null })
  if (answer.kind === "unknown")
    return cannotStart(terminal, [
      problem(
        "FM8108",
        `There is no policy or bundle "${answer.wanted}": there are ${answer.known.join(", ")}.`,
      ),
    ])
  if (options.readSets === true) {
    await terminal.out(readSetsText(answer, options.reporter === "json"))
    return exitCodes.fine
  }
  if (options.scorecard === true) {
    const { landscape } = answer
    const cards = landscape.contracts.map(({ declared }) => scorecardOf(declared, landscape))
    await terminal.out(scorecardText(cards, options.reporter === "json"))
    return exitCodes.fine
  }
  return tell(answer, plan, compiled, opened.project.folder, options, terminal)
}

async function tell(
  answer: Judged,
  plan: Plan,
  { textOf, sources }: AnalysedProject,
  folder: string,
  options: LintOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const placeOf = placesOf(plan, textOf)
  const diagnostics = answer.findings.map(finding => diagnosticOf(finding, placeOf))
  await terminal.out(
    report(options.reporter ?? "text", diagnostics, {
      textOf,
      shown: shownPath(terminal.cwd, folder),
      files: sources,
      color: wantsColor(terminal, "out"),
      width: terminal.width,
    }),
  )
  const by = safeText(answer.policies.join(", "))
  const allowed = answer.allowed.length === 0 ? "" : ` ${plural(answer.allowed.length, "finding")} allowed.`
  terminal.comment(`${summary(diagnostics, sources)}${allowed} Judged by ${by}.\n`)
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length
  if (options.maxWarnings !== undefined && warnings > options.maxWarnings) {
    terminal.comment(`More than ${plural(options.maxWarnings, "warning")}.\n`)
    return exitCodes.findings
  }
  return diagnostics.some(({ severity }) => severity === "error") ? exitCodes.findings : exitCodes.fine
}
