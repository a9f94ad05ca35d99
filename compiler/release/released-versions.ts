// The versions of one thing that were released. Flows in: the lock and a name. Flows out: its releases, the lowest first, which of them are
// supported, and which one a new version follows.
import type { Lock, LockedRelease } from "./lock.ts"
import { groupedByName, nameKey, type ReleaseName } from "./subjects.ts"
import { compareVersions, sameLine } from "./version.ts"

export interface ReleasedVersions {
  readonly all: readonly LockedRelease[]
  readonly supported: readonly LockedRelease[]
  /** The highest of its line, else the highest below it, else the highest; null: nothing was released. */
  readonly baselineOf: (version: string) => LockedRelease | null
}

/** Ready to be asked for many. */
export function releasedVersions({ releases }: Lock): (name: ReleaseName) => ReleasedVersions {
  const byName = groupedByName(releases)
  return name => {
    const all = (byName.get(nameKey(name)) ?? []).toSorted((a, b) => compareVersions(a.version, b.version))
    return {
      all,
      supported: all.filter(({ retired }) => retired === null),
      baselineOf: version =>
        all.findLast(one => sameLine(one.version, version)) ??
        all.findLast(one => compareVersions(one.version, version) < 0) ??
        null,
    }
  }
}

/** One release of each name, in the order of the lock. */
export function releasedNames({ releases }: Lock): readonly ReleaseName[] {
  return [...new Map(releases.map(release => [nameKey(release), release])).values()]
}
