// `fmap release cut`: writes down what is released. Flows in: options. Flows out: the lock, a manifest for each release, the changelog, the
// approvals that are left and, with --bump, raised versions in the sources: all of them or nothing.
import { join } from "node:path"
import {
  cutRelease,
  type ReleaseCheck,
  shownName,
  type VersionEdit,
  withVersions,
  writeApprovals,
  writeLock,
} from "@fmap/compiler"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { type CheckedProject, checkProject, type ReleaseOptions } from "../release/check-project.ts"
import { tellCheck } from "../release/tell-check.ts"
import { tellWritten } from "../release/tell-written.ts"
import { placeOf } from "../reporters/changes/as-findings.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface ReleaseCutOptions extends ReleaseOptions {
  readonly bump?: boolean
  readonly dryRun?: boolean
}

export async function releaseCut(options: ReleaseCutOptions, terminal: Terminal): Promise<ExitCode> {
  const first = checkProject(options, terminal)
  if (first.kind === "ended") return first.code
  const sources = options.bump === true ? raised(first.checked) : new Map<string, string>()
  const found = sources.size === 0 ? first : checkProject(options, terminal, sources)
  if (found.kind === "ended") return found.code
  const { checked } = found
  if (await tellCheck(checked, "text", terminal)) {
    terminal.comment("Nothing was released.\n")
    return exitCodes.findings
  }
  const { files, check, today } = checked
  const cut = cutRelease(check, files.state, today, files.version)
  if (cut === null) {
    terminal.comment("Everything was released already.\n")
    return exitCodes.fine
  }
  for (const release of cut.releases) terminal.comment(`${safeLine(shownName(release))} ${release.version}\n`)
  if (options.dryRun === true) {
    terminal.comment("Nothing was written: --dry-run.\n")
    return exitCodes.fine
  }
  const { folder } = checked.opened.project
  const bytes = (text: string) => Buffer.from(text, "utf8")
  const changes = new Map([
    ...[...sources].map(([path, text]) => [join(folder, path), bytes(text)] as const),
    ...cut.manifests.map(({ path, text }) => [join(files.folder, path), bytes(text)] as const),
    [files.changelog, bytes(cut.changelog)] as const,
    ...(cut.book.approvals.length === files.state.book.approvals.length
      ? []
      : [[files.approvals, bytes(writeApprovals(cut.book))] as const]),
    // Last: what it lists is there.
    [files.lock, bytes(writeLock(cut.lock))] as const,
  ])
  return tellWritten(await writeAll(nodeFileSystem, changes, terminal.interrupted), terminal)
}

/** Sources in which every version that is too low is the one its change deserves. */
function raised({ check, analysed }: CheckedProject): ReadonlyMap<string, string> {
  const byFile = new Map<string, VersionEdit[]>()
  for (const { file, edit } of editsOf(check)) byFile.set(file, [...(byFile.get(file) ?? []), edit])
  const texts = new Map<string, string>()
  for (const [file, edits] of byFile) {
    const text = withVersions(file, analysed.textOf(file) ?? "", edits)
    // The declaration was read from this very text.
    if (text === null) throw new Error(`${file} does not say the version of ${edits[0]?.name ?? ""}`)
    texts.set(file, text)
  }
  return texts
}

function editsOf(check: ReleaseCheck): readonly { readonly file: string; readonly edit: VersionEdit }[] {
  return check.subjects.flatMap(({ subject, verdict }) => {
    const file = placeOf(subject.at)?.file
    if (verdict.enough || verdict.wanted === null || file === undefined) return []
    const { kind, declared, version } = subject
    return [{ file, edit: { kind, name: declared, from: version, to: verdict.wanted } }]
  })
}
