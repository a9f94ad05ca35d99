// What a release says about the project as a whole. Flows in: its subjects and their verdicts, and the question. Flows out: what is gone or
// went down, what the changelog lacks, and which version the package deserves.
import type { Bump, ChangeFinding } from "../diff/finding.ts"
import { renamedMaps } from "../diff/maps/renamed-maps.ts"
import type { ReleaseQuestion } from "./check-release.ts"
import type { Manifest } from "./manifest.ts"
import { lostFields, migrationsOf } from "./migrations.ts"
import { releaseFinding } from "./release-finding.ts"
import { releasedNames, releasedVersions } from "./released-versions.ts"
import { groupedByName, nameKey, type ReleaseName, type ReleaseSubject, shownName } from "./subjects.ts"
import { type Judgement, judge } from "./verdict.ts"
import { compareVersions, highestBump, sameLine } from "./version.ts"

/** V003 for what is supported and no longer there, V002 for what is there in a lower version only. */
export function goneFindings(
  subjects: readonly ReleaseSubject[],
  { state, shown }: ReleaseQuestion,
  manifestOf: (subject: ReleaseSubject) => Manifest,
): readonly ChangeFinding[] {
  const present = groupedByName(subjects)
  const versionsOf = releasedVersions(state.lock)
  return releasedNames(state.lock).flatMap(name => {
    const highest = versionsOf(name).supported.at(-1)
    if (highest === undefined) return []
    const facts = { subject: name.name, old: highest.version, about: nameKey(name) }
    const [top] = (present.get(nameKey(name)) ?? []).toSorted((a, b) => compareVersions(b.version, a.version))
    if (top === undefined) {
      const kept = name.kind === "map" ? state.manifestOf(highest) : null
      const other =
        kept === null || !("manifest" in kept)
          ? undefined
          : subjects.find(
              one =>
                one.kind === "map" &&
                versionsOf(one).all.length === 0 &&
                renamedMaps(kept.manifest.plan, manifestOf(one).plan).has(one.id),
            )
      return [
        releaseFinding("V003", {
          ...facts,
          new: null,
          message: `${shownName(name)} is gone, and its version ${highest.version} is still supported${other === undefined ? "" : `; ${other.name} makes what it made, under another name`}.`,
          fix: `Bring it back${other === undefined ? "" : ` beside ${other.name}`}, or retire it first: fmap release retire ${name.name}@${highest.version}`,
          at: `${shown.lock}:1:1`,
        }),
      ]
    }
    // Within one line the verdict says so.
    if (compareVersions(top.version, highest.version) >= 0 || sameLine(top.version, highest.version))
      return []
    const message = `${shownName(name)} is here in version ${top.version} only, and ${highest.version} was released.`
    return [releaseFinding("V002", { ...facts, new: top.version, message, at: top.at })]
  })
}

/** V005 for each contract that left a line which is still supported, without maps there and back, or with some that lose fields. */
export function migrationFindings(
  subjects: readonly ReleaseSubject[],
  { plan, state }: ReleaseQuestion,
): readonly ChangeFinding[] {
  const versionsOf = releasedVersions(state.lock)
  const migrations = groupedByName(migrationsOf(plan))
  return [...groupedByName(subjects.filter(({ kind }) => kind === "contract")).values()].flatMap(same => {
    const [top] = same.toSorted((a, b) => compareVersions(b.version, a.version))
    const left =
      top === undefined
        ? undefined
        : versionsOf(top).supported.findLast(one => leaves(one.version, top.version))
    if (top === undefined || left === undefined) return []
    const mine = migrations.get(nameKey(top)) ?? []
    const there = mine.find(one => sameLine(one.from, left.version) && sameLine(one.to, top.version))
    const back = mine.find(one => sameLine(one.from, top.version) && sameLine(one.to, left.version))
    const finding = (message: string, what: string, fix?: string): ChangeFinding =>
      releaseFinding("V005", {
        subject: top.name,
        old: left.version,
        new: top.version,
        about: `${nameKey(top)} ${what}`,
        message,
        at: top.at,
        ...(fix === undefined ? {} : { fix }),
      })
    if (there === undefined || back === undefined) {
      const missing = [
        ...(there === undefined ? [`from ${left.version} to ${top.version}`] : []),
        ...(back === undefined ? [`from ${top.version} back to ${left.version}`] : []),
      ].join(" and ")
      return [finding(`No map leads records of ${top.name} ${missing}.`, missing)]
    }
    const lost = lostFields(plan, there, back)
    if (lost.length === 0) return []
    const message = `A record of ${top.name} ${left.version} that goes to ${top.version} by ${there.map.name} and back by ${back.map.name} loses ${lost.join(", ")}.`
    return [
      finding(
        message,
        `loses ${lost.join(" ")}`,
        "Keep what is lost in a field of the new version, or tell its readers.",
      ),
    ]
  })
}

/** Another line, lower, and one that promised something. */
function leaves(before: string, now: string): boolean {
  return compareVersions(before, "1.0.0") >= 0 && compareVersions(before, now) < 0 && !sameLine(before, now)
}

/** V007 for the latest release of each. */
export function changelogFindings({ state, shown }: ReleaseQuestion): readonly ChangeFinding[] {
  const versionsOf = releasedVersions(state.lock)
  return releasedNames(state.lock).flatMap(name => {
    const last = versionsOf(name).all.at(-1)
    if (last === undefined || (state.changelog ?? "").includes(changelogName(last))) return []
    const message = `${shownName(last)} ${last.version} was released, and ${shown.changelog} says nothing of it.`
    const at = state.changelog === null ? null : `${shown.changelog}:1:1`
    return [
      releaseFinding("V007", {
        subject: name.name,
        old: null,
        new: last.version,
        about: nameKey(name),
        message,
        at,
      }),
    ]
  })
}

/** As it stands in a changelog. */
export function changelogName({ kind, name, version }: ReleaseName & { readonly version: string }): string {
  return `${kind} ${name} ${version}`
}

/** The package holds all of it: what breaks one breaks the package. */
export function judgeProject(
  subjects: readonly { readonly before: string | null; readonly required: Bump; readonly name: string }[],
  gone: readonly ChangeFinding[],
  { project, state, shown }: ReleaseQuestion,
): readonly Judgement[] {
  const before = state.lock.project?.version ?? null
  if (project === null || before === null) return []
  const asked = subjects.map(one => ({
    ...one,
    bump: one.before === null ? ("minor" as const) : one.required,
  }))
  const bump = highestBump([...asked.map(one => one.bump), ...(gone.length === 0 ? [] : ["major" as const])])
  const first = gone[0]?.subject ?? asked.find(one => one.bump === bump)?.name ?? ""
  const least = bump === "none" ? null : { bump, because: `it holds ${first}` }
  const facts = {
    kind: "package",
    name: shown.project,
    content: `${before} ${bump}`,
    at: `${shown.project}:1:1`,
    before,
    now: project,
  } as const
  return [judge({ ...facts, released: false, least, findings: [] }, new Map())]
}
