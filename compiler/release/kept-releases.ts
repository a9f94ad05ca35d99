// Is what was kept of the releases still what was kept? Flows in: the lock, and what lies in the folder of releases. Flows out: what one release was, and V004 for every supported one whose manifest is
// missing or another, and for manifests that no release of the lock has. A manifest that nobody looks at until years later must not be found broken then.
import { sha256 } from "@fmap/runtime"
import type { ChangeFinding } from "../diff/finding.ts"
import type { ReleasePlaces, ReleaseState } from "./check-release.ts"
import type { Hash } from "./content-hash.ts"
import { type LockedRelease, manifestPath } from "./lock.ts"
import { isIntact, isReleased, type ManifestReading } from "./manifest.ts"
import { releaseFinding } from "./release-finding.ts"
import { shownName } from "./subjects.ts"

/** Of the text of a manifest. Git may write ends of lines as two characters. */
export function manifestHash(text: string, hash: Hash = sha256): string {
  return hash(text.replaceAll("\r\n", "\n"))
}

/** What a release was, where that is what the lock says. */
export function keptOf(release: LockedRelease, { manifestOf, hash }: ReleaseState): ManifestReading {
  const kept = manifestOf(release)
  if ("problem" in kept || (isIntact(kept.manifest, hash) && isReleased(kept.manifest, release))) return kept
  return { problem: `${manifestPath(release)} does not hold what was released.` }
}

/** `told`: releases whose manifest other findings tell of. */
export function keptFindings(
  state: ReleaseState,
  shown: ReleasePlaces,
  told: ReadonlySet<LockedRelease>,
): readonly ChangeFinding[] {
  const at = `${shown.lock}:1:1`
  const broken = state.lock.releases
    .filter(release => release.retired === null && !told.has(release))
    .flatMap(release => {
      const problem = problemOf(release, state)
      if (problem === null) return []
      const message = `What is kept of ${shownName(release)} ${release.version} is not what was released: ${problem}`
      return [
        releaseFinding("V004", {
          subject: release.name,
          old: release.content,
          new: null,
          about: manifestPath(release),
          message,
          fix: "Restore the file from version control.",
          at,
        }),
      ]
    })
  const strays = state.strays.map(path =>
    releaseFinding("V004", {
      subject: path,
      old: null,
      new: null,
      about: path,
      message: `${path} says that something was released, and the lock knows of no such release.`,
      fix: "Restore the lock from version control, or delete the file when it was never released.",
      at,
    }),
  )
  return [...broken, ...strays]
}

/** The hash of the text where the lock has one: it is quick. What it holds, where the lock is older than that. */
function problemOf(release: LockedRelease, state: ReleaseState): string | null {
  if (release.manifest !== undefined) {
    const hash = state.manifestHashOf(release)
    if (hash === release.manifest) return null
    if (hash !== null) return `${manifestPath(release)} does not hold what was released.`
  }
  const kept = keptOf(release, state)
  return "problem" in kept ? kept.problem : null
}
