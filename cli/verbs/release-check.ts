// `fmap release check`: may this be released? Flows in: options. Flows out: findings and verdicts in the form asked for; exit code 1 when
// something stands in the way. Writes nothing.

import { checkProject, type ReleaseOptions } from "../release/check-project.ts"
import { tellCheck } from "../release/tell-check.ts"
import type { ChangeReporterName } from "../reporters/changes/change-reporters.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface ReleaseCheckOptions extends ReleaseOptions {
  readonly reporter?: ChangeReporterName
}

export async function releaseCheck(options: ReleaseCheckOptions, terminal: Terminal): Promise<ExitCode> {
  const found = checkProject(options, terminal)
  if (found.kind === "ended") return found.code
  const stopped = await tellCheck(found.checked, options.reporter ?? "text", terminal)
  return stopped ? exitCodes.findings : exitCodes.fine
}
