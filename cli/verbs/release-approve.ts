// `fmap release approve`: one person agrees to one change. Flows in: the fingerprint of a finding of `release check`, who, why, until when. Flows out: the file of approvals with it.
// It approves only what is there: the project is checked first.
import { approve, isLocked, writeApprovals } from "@fmap/compiler"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { checkProject, type ReleaseOptions } from "../release/check-project.ts"
import { tellWritten } from "../release/tell-written.ts"
import type { ExitCode } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface ReleaseApproveOptions extends ReleaseOptions {
  readonly by: string
  readonly reason: string
  readonly until: string
}

export async function releaseApprove(
  fingerprint: string,
  { by, reason, until, ...options }: ReleaseApproveOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (by.trim() === "" || reason.trim() === "")
    return cannotStart(terminal, [problem("FM8304", "--by and --reason want words: who agrees, and why.")])
  const found = checkProject(options, terminal)
  if (found.kind === "ended") return found.code
  const { check, files, today } = found.checked
  const change = check.changes.find(({ finding }) => finding.fingerprint === fingerprint)
  if (change === undefined)
    return cannotStart(terminal, [
      problem(
        "FM8304",
        `No change has the fingerprint "${fingerprint}"; "fmap release check" tells them as id.`,
      ),
    ])
  const { rule, subject } = change.finding
  const agreement = { by: by.trim(), reason: reason.trim(), expires: until }
  const approving = approve(files.state.book, change.finding, agreement, today)
  if (approving.kind === "refused") {
    const lists = `${files.places.approval("").replace(/:1:1$/u, "")} lists who may approve.`
    const isStranger = !files.state.book.approvers.includes(agreement.by)
    return cannotStart(terminal, [
      problem("FM8304", isStranger ? `${approving.problem} ${lists}` : approving.problem),
    ])
  }
  const bytes = Buffer.from(writeApprovals(approving.book), "utf8")
  const written = await writeAll(nodeFileSystem, new Map([[files.approvals, bytes]]), terminal.interrupted)
  const more =
    approving.missing > 0 && isLocked(rule) ? ` ${rule} is locked: ${approving.missing} more must agree.` : ""
  terminal.comment(safeLine(`${agreement.by} agrees to ${rule} of ${subject} until ${until}.${more}`) + "\n")
  return tellWritten(written, terminal)
}
