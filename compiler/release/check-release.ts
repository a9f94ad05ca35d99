// Is a project ready to be released? Flows in: its Plan, the lock with the manifests of what was released, approvals and the changelog, a day
// given from outside. Flows out: a verdict for each contract, map, crosswalk and flow, every finding with its standing, and what a cut needs.
import type { ChangeFinding } from "../diff/finding.ts"
import type { MappingMode } from "../diff/maps/compare-maps.ts"
import type { Plan } from "../plan/index.ts"
import { type ConsumerReach, type ToldToConsumers, toldToConsumers } from "../reach/index.ts"
import { answeringFindings } from "./answering-findings.ts"
import { type Approval, type ApprovalBook, judgeApprovals } from "./approvals.ts"
import type { Compare } from "./compare-part.ts"
import type { TextOf } from "./kept-source.ts"
import { landscapeFindings } from "./landscape-findings.ts"
import { type Lock, type LockedRelease, manifestPath } from "./lock.ts"
import {
  isIntact,
  isReleased,
  type Manifest,
  type ManifestReading,
  manifestsOf,
  type RowsOfFile,
} from "./manifest.ts"
import { changelogFindings, goneFindings, judgeProject, migrationFindings } from "./project-findings.ts"
import { releaseFinding } from "./release-finding.ts"
import { type ReleasedVersions, releasedVersions } from "./released-versions.ts"
import { type StandingFinding, withStanding } from "./standing.ts"
import { type ReleaseSubject, releaseSubjects, shownName } from "./subjects.ts"
import { type ChangedSubject, judge, type Verdict } from "./verdict.ts"
import { atLeast, highestBump, promised, sameLine } from "./version.ts"

export interface ReleaseState {
  readonly lock: Lock
  /** What was kept of a release, or why nothing can be read of it. Asked only where something changed. */
  readonly manifestOf: (release: LockedRelease) => ManifestReading
  readonly book: ApprovalBook
  /** Null: there is none. */
  readonly changelog: string | null
}

/** Where the files of releases are, to be shown. */
export interface ReleasePlaces {
  readonly lock: string
  readonly project: string
  readonly changelog: string
  readonly approval: (fingerprint: string) => string
}

export interface ReleaseQuestion {
  readonly plan: Plan
  readonly state: ReleaseState
  /** The version of the package it is in; null: it is in none. */
  readonly project: string | null
  readonly today: string
  readonly compare: Compare
  /** Of the sources: their lines are kept for readers. */
  readonly textOf?: TextOf
  /** Of the files of crosswalks. */
  readonly rowsOf?: RowsOfFile
  /** How severe a break of a consumer is taken. */
  readonly maps?: MappingMode
  readonly shown: ReleasePlaces
}

export interface CheckedSubject extends Compared {
  readonly verdict: Verdict
}

export interface ReleaseCheck {
  readonly subjects: readonly CheckedSubject[]
  /** Of the subjects, and of the whole project at the end. */
  readonly verdicts: readonly Verdict[]
  readonly changes: readonly StandingFinding[]
  readonly holding: ReadonlyMap<string, Approval>
  /** Those that are declared, and what comes to them. */
  readonly consumers: readonly ConsumerReach[]
  readonly declaredConsumers: readonly string[]
}

/** One subject beside the release it follows. */
interface Compared {
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

export function checkRelease(question: ReleaseQuestion): ReleaseCheck {
  const { plan, state, today, shown } = question
  const versionsOf = releasedVersions(state.lock)
  const manifestOf = manifestsOf(plan, question.textOf, question.rowsOf)
  const { compared, told } = withConsumers(
    releasedSubjects(plan).map(subject =>
      compareWithLast(subject, manifestOf(subject), versionsOf(subject), question),
    ),
    question,
  )
  const changes = compared.flatMap(({ findings }) => findings)
  const agreed = judgeApprovals(state.book, changes, today).holding
  const judged = compared.map(one => {
    const { verdict, findings } = judge(changedSubject(one), agreed)
    return {
      one,
      verdict,
      ofVersions: [...findings, ...supportedFindings(one, versionsOf(one.subject), question)],
    }
  })
  const subjects = compared.map(({ subject }) => subject)
  const gone = goneFindings(subjects, question)
  const project = judgeProject(
    judged.map(({ verdict }) => verdict),
    gone,
    question,
  )
  const ofProject = [
    ...told.breaks,
    ...landscapeFindings(compared, question),
    ...answeringFindings(compared, question),
    ...gone,
    ...project.flatMap(({ findings }) => findings),
    ...migrationFindings(subjects, question),
    ...changelogFindings(question),
  ]
  const all = [...changes, ...judged.flatMap(({ ofVersions }) => ofVersions), ...ofProject]
  const { holding, findings: refused } = judgeApprovals(state.book, all, today)
  const placed = refused.map(one => ({ ...one, newAt: shown.approval(one.old ?? "") }))
  return {
    subjects: judged.map(({ one, verdict }) => ({ ...one, verdict })),
    verdicts: [...judged, ...project].map(({ verdict }) => verdict),
    changes: [
      ...judged.flatMap(({ one, verdict, ofVersions }) =>
        withStanding([...one.findings, ...ofVersions], verdict.enough, holding),
      ),
      ...withStanding([...ofProject, ...placed], false, holding),
    ],
    holding,
    consumers: told.consumers,
    declaredConsumers: (plan.consumers ?? []).map(({ name }) => name),
  }
}

/** Each finding with the consumers it reaches. In a manifest a thing may have a shorter id than in its project. */
function withConsumers(
  compared: readonly Compared[],
  { plan, maps = "standard" }: ReleaseQuestion,
): { readonly compared: readonly Compared[]; readonly told: ToldToConsumers } {
  const inProject = compared.flatMap(({ subject, findings }) =>
    findings.map(finding => ({ ...finding, subject: subject.id })),
  )
  const told = toldToConsumers(inProject, null, plan, maps)
  const reached = new Map(told.findings.map(({ fingerprint, consumers }) => [fingerprint, consumers]))
  return {
    told,
    compared: compared.map(one => ({
      ...one,
      findings: one.findings.map(finding => ({
        ...finding,
        consumers: reached.get(finding.fingerprint) ?? [],
      })),
    })),
  }
}

/** A draft may change as it likes: nobody was promised anything. */
function releasedSubjects(plan: Plan): readonly ReleaseSubject[] {
  const drafts = new Set(
    plan.shapes.filter(({ contract }) => contract?.lifecycle === "draft").map(({ id }) => id),
  )
  return releaseSubjects(plan).filter(({ kind, id }) => kind !== "contract" || !drafts.has(id))
}

function compareWithLast(
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
    return { ...known, kept: kept.manifest, unknown: findings === null, findings: findings ?? [] }
  }
  const finding = releaseFinding("V004", {
    subject: subject.name,
    old: before.content,
    new: null,
    message: `${shownName(subject)} cannot be compared with ${before.version}: ${kept.problem}`,
    fix: "Restore the file from version control.",
    at: `${shown.lock}:1:1`,
  })
  return { ...known, findings: [finding] }
}

function keptOf(release: LockedRelease, { manifestOf }: ReleaseState): ManifestReading {
  const kept = manifestOf(release)
  if ("problem" in kept || (isIntact(kept.manifest) && isReleased(kept.manifest, release))) return kept
  return { problem: `${manifestPath(release)} does not hold what was released.` }
}

function changedSubject({ subject, before, altered, unknown, findings }: Compared): ChangedSubject {
  const { kind, name, at, version } = subject
  const another = { bump: "patch", because: "its content is another" } as const
  const anything = { bump: "major", because: "what changed in it may be anything" } as const
  return {
    kind,
    name,
    at,
    before: before?.version ?? null,
    now: version,
    released: true,
    least: unknown ? anything : altered ? another : null,
    findings,
  }
}

/** V003 for the versions of its line that are supported, beside the one it was compared with already. */
function supportedFindings(
  { subject, manifest, before, altered }: Compared,
  versions: ReleasedVersions,
  { state, compare }: ReleaseQuestion,
): readonly ChangeFinding[] {
  if (!altered) return []
  return versions.supported
    .filter(one => sameLine(one.version, subject.version) && one.version !== before?.version)
    .flatMap(one => {
      const kept = keptOf(one, state)
      const found = "problem" in kept ? [] : (compare(kept.manifest, manifest) ?? [])
      const required = highestBump(found.map(({ bump }) => bump))
      if ("manifest" in kept && atLeast(promised(one.version, subject.version), required)) return []
      const why =
        "problem" in kept ? kept.problem : (found.find(({ bump }) => bump === required)?.message ?? "")
      const message = `${subject.name} ${subject.version} does not fit ${one.version}, which is still supported: ${why.replace(/\.$/u, "")}.`
      const sides = { old: one.version, new: subject.version, about: required }
      return [releaseFinding("V003", { subject: subject.name, ...sides, message, at: subject.at })]
    })
}
