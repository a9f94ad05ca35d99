// `fmap diff`: what changed, and whom it breaks. Flows in: two or more versions, oldest first. Flows out: findings on standard output in the
// form asked for. Fails when something breaks that the mode protects.
import type { CompatibilityMode, ShapePolicy } from "@fmap/compiler"
import { compareSchemaFiles } from "../diff/compare-schema-files.ts"
import { changeSummary, reportChangeFindings } from "../reporters/changes/change-report.ts"
import type { ChangeReporterName } from "../reporters/changes/change-reporters.ts"
import { wantsColor } from "../terminal/color.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface DiffOptions {
  readonly mode?: CompatibilityMode
  readonly policy?: ShapePolicy
  readonly transitive?: boolean
  readonly reporter?: ChangeReporterName
}

export async function diff(
  versions: readonly string[],
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const compared = compareSchemaFiles(terminal.cwd, versions, {
    mode: options.mode ?? "backward",
    policy: options.policy ?? "sound",
    transitive: options.transitive === true,
  })
  if (compared.kind === "problems") return cannotStart(terminal, compared.problems)
  const changes = compared.findings.map(finding => ({ finding, standing: "open", approval: null }) as const)
  await terminal.out(
    reportChangeFindings(
      options.reporter ?? "text",
      { title: compared.title, changes, verdicts: [] },
      { fallback: versions.at(-1) ?? "", color: wantsColor(terminal, "out") },
    ),
  )
  terminal.comment(`${changeSummary(changes)}; ${compared.assumptions}.\n`)
  const breaks = compared.findings.some(({ severity }) => severity === "error")
  return breaks ? exitCodes.findings : exitCodes.fine
}
