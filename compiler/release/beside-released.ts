// One part of a project beside the releases it follows: the last one and, within its line, every supported one. Flows in: the part, its manifest, and what was released under its name. Flows out: what changed,
// and V003 and V004 for what does not fit or cannot be read.
import type { ChangeFinding } from "../diff/finding.ts"
import { fingerprintOf } from "../diff/fingerprint.ts"
import type { ReleaseQuestion } from "./check-release.ts"
import { keptOf } from "./kept-releases.ts"
import type { LockedRelease } from "./lock.ts"
import { isReleased, type Manifest } from "./manifest.ts"
import { releaseFinding } from "./release-finding.ts"
import type { ReleasedVersions } from "./released-versions.ts"
import { nameKey, type ReleaseSubject, shownName } from "./subjects.ts"
import type { ChangedSubject } from "./verdict.ts"
import { atLeast, highestBump, promised, sameLine } from "./version.ts"

/** One subject beside the release it follows. */
export interface Compared {
  readonly subject: ReleaseSubject
  readonly manifest: Manifest
  readonly before: LockedRelease | null
  readonly altered: boolean
  /** What it was; null: it is as it was, or nothing of it can be read. */
  readonly kept: Manifest | null
  /** Nothing compares such things: what changed in it may be anything. */
  readonly unknown: boolean
  readonly findings: readonly ChangeFinding[]
}

export function compareWithLast(
  subject: ReleaseSubject,
  manifest: Manifest,
  versions: ReleasedVersions,
  { state, compare, shown }: ReleaseQuestion,
): Compared {
  const before = versions.baselineOf(subject.version)
  if (before === null)
    return { subject, manifest, before, altered: false, kept: null, unknown: false, findings: [] }
  const altered = !isReleased(manifest, before)
  const known = { subject, manifest, before, altered, kept: null, unknown: false }
  if (!altered) return { ...known, findings: [] }
  const kept = keptOf(before, state)
  if ("manifest" in kept) {
    const findings = compare(kept.manifest, manifest)
    const own = (findings ?? []).map(finding => toldApart(finding, subject, manifest, before))
    return { ...known, kept: kept.manifest, unknown: findings === null, findings: own }
  }
  const finding = releaseFinding("V004", {
    subject: subject.name,
    old: before.content,
    new: null,
    about: nameKey(subject),
    message: `${shownName(subject)} cannot be compared with ${before.version}: ${kept.problem}`,
    fix: "Restore the file from version control.",
    at: `${shown.lock}:1:1`,
  })
  return { ...known, findings: [finding] }
}

/** In a manifest two things of one name have one id; an approval is of one of them. */
function toldApart(
  finding: ChangeFinding,
  subject: ReleaseSubject,
  manifest: Manifest,
  before: LockedRelease,
): ChangeFinding {
  if (manifest.id === subject.id) return finding
  const { rule, path, fingerprint } = finding
  const facts = { rule, subject: nameKey(subject), path, old: fingerprint, new: before.version }
  return { ...finding, fingerprint: fingerprintOf(facts) }
}

/** Of the name and what it holds. */
function contentKey({ subject, manifest }: Pick<Compared, "subject" | "manifest">): string {
  return [nameKey(subject), manifest.content, manifest.rows?.hash ?? ""].join("\n")
}

export function changedSubject(one: Compared): ChangedSubject {
  const { subject, before, altered, unknown, findings } = one
  const { kind, name, at, version } = subject
  const another = { bump: "patch", because: "its content is another" } as const
  const anything = { bump: "major", because: "what changed in it may be anything" } as const
  return {
    kind,
    name,
    content: contentKey(one),
    at,
    before: before?.version ?? null,
    now: version,
    released: true,
    least: unknown ? anything : altered ? another : null,
    findings,
  }
}

/** Of its line, beside the one it is compared with already. */
function supportedBeside(
  { version }: ReleaseSubject,
  before: LockedRelease,
  { supported }: ReleasedVersions,
): readonly LockedRelease[] {
  return supported.filter(one => sameLine(one.version, version) && one.version !== before.version)
}

/** V003 for the versions of its line that are supported, beside the one it was compared with already. */
export function supportedFindings(
  { subject, manifest, before, altered }: Compared,
  versions: ReleasedVersions,
  { state, compare }: ReleaseQuestion,
): readonly ChangeFinding[] {
  if (!altered || before === null) return []
  return supportedBeside(subject, before, versions).flatMap(one => {
    const kept = keptOf(one, state)
    const found = "problem" in kept ? [] : (compare(kept.manifest, manifest) ?? [])
    const required = highestBump(found.map(({ bump }) => bump))
    if ("manifest" in kept && atLeast(promised(one.version, subject.version), required)) return []
    const why =
      "problem" in kept ? kept.problem : (found.find(({ bump }) => bump === required)?.message ?? "")
    const message = `${subject.name} ${subject.version} does not fit ${one.version}, which is still supported: ${why.replace(/\.$/u, "")}.`
    const sides = {
      old: one.version,
      new: subject.version,
      about: `${required} ${contentKey({ subject, manifest })}`,
    }
    return [releaseFinding("V003", { subject: subject.name, ...sides, message, at: subject.at })]
  })
}
/** Releases that something which changed was held against: what is wrong with their manifests is told there. */
export function comparedWith(
  compared: readonly Compared[],
  versionsOf: (subject: ReleaseSubject) => ReleasedVersions,
): ReadonlySet<LockedRelease> {
  return new Set(
    compared.flatMap(({ subject, before, altered }) => {
      if (!altered || before === null) return []
      return [before, ...supportedBeside(subject, before, versionsOf(subject))]
    }),
  )
}
