// `fmap diff`: what changed, and whom it breaks. Flows in: two releases of a project, or versions of a schema, oldest first. Flows out: findings on standard output in the
// form asked for. Fails when something breaks that the mode protects.
import type {
  ChangeFinding,
  CompatibilityMode,
  ConsumerReach,
  MappingMode,
  ShapePolicy,
  Verdict,
} from "@fmap/compiler"
import { compareReleases } from "../diff/compare-releases.ts"
import { compareSchemaFiles } from "../diff/compare-schema-files.ts"
import { compareWithReleased } from "../diff/compare-with-released.ts"
import { areSchemas } from "../diff/read-release.ts"
import { changeSummary, reportChangeFindings } from "../reporters/changes/change-report.ts"
import type { ChangeReporterName } from "../reporters/changes/change-reporters.ts"
import { wantsColor } from "../terminal/color.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import type { Problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface DiffOptions {
  readonly mode?: CompatibilityMode
  readonly policy?: ShapePolicy
  readonly transitive?: boolean
  readonly reporter?: ChangeReporterName
  readonly project?: string
  readonly maps?: MappingMode
  readonly payloads?: string
  readonly tolerance?: string
  readonly today?: string
}

type Compared =
  | {
      readonly kind: "compared"
      readonly title: string
      readonly findings: readonly ChangeFinding[]
      readonly verdicts?: readonly Verdict[]
      readonly consumers?: readonly ConsumerReach[]
      readonly assumptions: string
    }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export async function diff(
  versions: readonly string[],
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const releases = {
    project: options.project,
    maps: options.maps ?? "standard",
    policy: options.policy ?? "sound",
    today: options.today,
    payloads: options.payloads,
    tolerance: options.tolerance ?? "0",
  } as const
  const ofReleased = versions.length === 0 && options.transitive === true
  const compared: Compared = ofReleased
    ? compareWithReleased(terminal.cwd, releases)
    : areSchemas(versions, terminal.cwd)
      ? compareSchemaFiles(terminal.cwd, versions, {
          mode: options.mode ?? "backward",
          policy: options.policy ?? "sound",
          transitive: options.transitive === true,
        })
      : compareReleases(terminal.cwd, versions, releases)
  if (compared.kind === "problems") return cannotStart(terminal, compared.problems)
  const changes = compared.findings.map(finding => ({ finding, standing: "open", approval: null }) as const)
  await terminal.out(
    reportChangeFindings(
      options.reporter ?? "text",
      {
        title: compared.title,
        changes,
        verdicts: compared.verdicts ?? [],
        consumers: compared.consumers ?? [],
      },
      { fallback: versions.at(-1) ?? "", color: wantsColor(terminal, "out") },
    ),
  )
  terminal.comment(`${changeSummary(changes)}; ${compared.assumptions}.\n`)
  const breaks = compared.findings.some(({ severity }) => severity === "error")
  return breaks ? exitCodes.findings : exitCodes.fine
}
