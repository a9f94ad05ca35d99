// Two releases of a project against each other. Flows in: the words for both. Flows out: findings with the version each subject deserves, or plain
// sentences why it cannot start. It must not know how findings are shown.
import {
  type ChangedSubject,
  type ChangeFinding,
  compareMaps,
  judge,
  type MappingMode,
  type Plan,
  type Verdict,
} from "@fmap/compiler"
import { type ReadRelease, readRelease } from "./read-release.ts"

export interface ReleaseOptions {
  readonly project: string | undefined
  readonly maps: MappingMode
}

export type ComparedReleases =
  | {
      readonly kind: "compared"
      readonly title: string
      readonly findings: readonly ChangeFinding[]
      readonly verdicts: readonly Verdict[]
      readonly assumptions: string
    }
  | { readonly kind: "problems"; readonly problems: readonly string[] }

export function compareReleases(
  cwd: string,
  words: readonly string[],
  options: ReleaseOptions,
): ComparedReleases {
  const [from, to, ...more] = words
  if (from === undefined || more.length > 0)
    return {
      kind: "problems",
      problems: ["Name the old release, and the new one where it is not the working tree."],
    }
  const old = readRelease(from, options.project, cwd)
  if (old.kind === "problems") return old
  try {
    const now = readRelease(to ?? null, options.project, cwd)
    if (now.kind === "problems") return now
    try {
      return compared(old.release, now.release, options)
    } finally {
      now.release.close()
    }
  } finally {
    old.release.close()
  }
}

function compared(old: ReadRelease, now: ReadRelease, { maps }: ReleaseOptions): ComparedReleases {
  const findings = compareMaps(old, now, maps)
  return {
    kind: "compared",
    title: `Changes from ${old.name} to ${now.name}`,
    findings,
    verdicts: verdictsOf(old.plan, now.plan, findings),
    assumptions: `maps judged ${maps}`,
  }
}

/** Of what changed: the version it has, and the one it deserves. */
function verdictsOf(old: Plan, now: Plan, findings: readonly ChangeFinding[]): readonly Verdict[] {
  const subjects: ChangedSubject[] = []
  const add = (
    kind: ChangedSubject["kind"],
    before: readonly { readonly name: string; readonly version: string }[],
    after: readonly { readonly name: string; readonly version: string }[],
  ): void => {
    for (const { name, version } of after) {
      const own = findings.filter(({ subject }) => subject === name)
      const known = before.find(one => one.name === name)
      if (own.length === 0 || known === undefined) continue
      const facts = { kind, name, at: null, before: known.version, now: version }
      subjects.push({ ...facts, released: false, least: null, findings: own })
    }
  }
  add("map", old.maps, now.maps)
  add("crosswalk", old.crosswalks.map(withId), now.crosswalks.map(withId))
  return subjects.map(subject => judge(subject, new Map()).verdict)
}

function withId({ id, version }: Plan["crosswalks"][number]): {
  readonly name: string
  readonly version: string
} {
  return { name: id, version }
}
