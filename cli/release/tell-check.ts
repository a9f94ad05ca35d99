// A check of a release in the form a reader asked for. Flows in: the check. Flows out: the report on standard output, a summary as commentary,
// and whether anything stops the release.
import { type StandingFinding, stopsRelease } from "@fmap/compiler"
import { shownPath } from "../project/shown-path.ts"
import { placeOf } from "../reporters/changes/as-findings.ts"
import { changeSummary, reportChangeFindings } from "../reporters/changes/change-report.ts"
import type { ChangeReporterName } from "../reporters/changes/change-reporters.ts"
import { wantsColor } from "../terminal/color.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { CheckedProject } from "./check-project.ts"

export async function tellCheck(
  { check, files, opened }: CheckedProject,
  reporter: ChangeReporterName,
  terminal: Terminal,
): Promise<boolean> {
  const changes = check.changes.map(change => shownChange(change, terminal.cwd, opened.project.folder))
  const unchanged = new Set(
    check.subjects
      .filter(({ before, altered, subject }) => before?.version === subject.version && !altered)
      .map(({ verdict }) => verdict),
  )
  await terminal.out(
    reportChangeFindings(
      reporter,
      {
        title: "Changes since the last releases",
        changes,
        isRelease: true,
        verdicts: check.verdicts.filter(verdict => !unchanged.has(verdict)),
        consumers: check.consumers.filter(({ reached }) => reached.length > 0),
      },
      { fallback: files.places.lock, color: wantsColor(terminal, "out") },
    ),
  )
  terminal.comment(`${changeSummary(changes)}.\n`)
  return changes.some(stopsRelease)
}

/** With places as the reader knows them; those of the files of releases are so already. */
function shownChange(change: StandingFinding, cwd: string, folder: string): StandingFinding {
  const shown = shownPath(cwd, folder)
  const moved = (at: string | null) => {
    const place = placeOf(at)
    if (place === null || !place.file.endsWith(".fmap")) return at
    return `${shown(place.file)}:${place.position.line}:${place.position.column}`
  }
  const { finding } = change
  return { ...change, finding: { ...finding, oldAt: moved(finding.oldAt), newAt: moved(finding.newAt) } }
}
