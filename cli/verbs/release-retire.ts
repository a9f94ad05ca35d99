// `fmap release retire`: a released version is no longer supported. Flows in: which one, and a day. Flows out: the lock that says so.
import { type LockedRelease, shownName, writeLock } from "@fmap/compiler"
import { findProject } from "../config/find-project.ts"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { shownPath } from "../project/shown-path.ts"
import type { ReleaseOptions } from "../release/check-project.ts"
import { readReleases } from "../release/release-files.ts"
import { tellWritten } from "../release/tell-written.ts"
import { dayOf } from "../terminal/day.ts"
import type { ExitCode } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

/** `wanted`: `Order@1.2.0`, or `contract Order of Canonical@1.2.0` where that is not enough. */
export async function releaseRetire(
  wanted: string,
  options: ReleaseOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const today = dayOf(options.today)
  if (today === null)
    return cannotStart(terminal, [
      problem("FM8003", `--today wants a day such as 2026-03-31, not "${options.today ?? ""}".`),
    ])
  const found = findProject(terminal.cwd, options.project)
  if (found.kind === "problems") return cannotStart(terminal, found.problems)
  const reading = readReleases(found.project, shownPath(terminal.cwd, found.project.folder))
  if (reading.kind === "problems") return cannotStart(terminal, reading.problems)
  const { files } = reading
  const { lock } = files.state

  const meant = lock.releases.filter(release => namesOf(release).includes(wanted))
  const [release] = meant
  if (release === undefined)
    return cannotStart(terminal, [
      problem("FM8303", `No release is called "${wanted}"; ${files.places.lock} lists them.`),
    ])
  if (meant.length > 1)
    return cannotStart(terminal, [
      problem(
        "FM8303",
        `"${wanted}" may be ${meant.map(one => `"${shownName(one)}@${one.version}"`).join(" or ")}.`,
      ),
    ])
  if (release.retired !== null)
    return cannotStart(terminal, [
      problem("FM8303", `${shownName(release)} ${release.version} was retired on ${release.retired}.`),
    ])
  const releases = lock.releases.map(one => (one === release ? { ...one, retired: today } : one))
  const content = Buffer.from(writeLock({ ...lock, releases }), "utf8")
  const written = await writeAll(nodeFileSystem, new Map([[files.lock, content]]), terminal.interrupted)
  terminal.comment(`${shownName(release)} ${release.version} is retired from ${today} on.\n`)
  return tellWritten(written, terminal)
}

function namesOf(release: LockedRelease): readonly string[] {
  return [`${release.name}@${release.version}`, `${shownName(release)}@${release.version}`]
}
