// Is a project ready to be released? Flows in: its Plan, the lock with the manifests of what was released, approvals and the changelog, a day
// given from outside. Flows out: a verdict for each contract, map, crosswalk and flow, every finding with its standing, and what a cut needs.

import { type Allowance, allowancesIn } from "../diff/governance/allowances.ts"
import type { MappingMode } from "../diff/maps/compare-maps.ts"
import type { Plan } from "../plan/index.ts"
import { type ConsumerReach, type ToldToConsumers, toldToConsumers } from "../reach/index.ts"
import { allowanceFindings } from "./allowance-findings.ts"
import { answeringFindings } from "./answering-findings.ts"
import { type Approval, type ApprovalBook, judgeApprovals } from "./approvals.ts"
import {
  type Compared,
  changedSubject,
  comparedWith,
  compareWithLast,
  supportedFindings,
} from "./beside-released.ts"
import type { Compare } from "./compare-part.ts"
import type { Hash } from "./content-hash.ts"
import { type HeldRules, heldRules } from "./held-rules.ts"
import { keptFindings } from "./kept-releases.ts"
import type { TextOf } from "./kept-source.ts"
import { landscapeFindings } from "./landscape-findings.ts"
import { type Lock, type LockedRelease, type LockedSystem, lockedSystem } from "./lock.ts"
import { type ManifestReading, manifestsOf, type RowsOfFile } from "./manifest.ts"
import { policyFindings } from "./policy-findings.ts"
import { changelogFindings, goneFindings, judgeProject, migrationFindings } from "./project-findings.ts"
import { releasedVersions } from "./released-versions.ts"
import { type StandingFinding, withStanding } from "./standing.ts"
import { type ReleaseSubject, releaseSubjects } from "./subjects.ts"
import { judge, type Verdict } from "./verdict.ts"

export interface ReleaseState {
  readonly lock: Lock
  /** What was kept of a release, or why nothing can be read of it. Asked only where something changed. */
  readonly manifestOf: (release: LockedRelease) => ManifestReading
  /** Of its text, as `manifestHash` makes it; null: there is none. */
  readonly manifestHashOf: (release: LockedRelease) => string | null
  /** Paths of manifests that no release of the lock has, below the folder of releases. */
  readonly strays: readonly string[]
  /** That of the host; absent: the compiler's own, which runs everywhere and takes twenty times as long. */
  readonly hash?: Hash
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
  readonly declaredSystems: readonly LockedSystem[]
  readonly declaredAllowances: readonly Allowance[]
  readonly heldRules: HeldRules
}

export function checkRelease(question: ReleaseQuestion): ReleaseCheck {
  const { plan, state, today, shown } = question
  const versionsOf = releasedVersions(state.lock)
  const manifestOf = manifestsOf(plan, question.textOf, question.rowsOf, state.hash)
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
  const gone = goneFindings(subjects, question, manifestOf)
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
    ...keptFindings(state, shown, comparedWith(compared, versionsOf)),
    ...policyFindings(plan, state.lock),
    ...allowanceFindings(question),
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
    declaredSystems: plan.systems.map(lockedSystem),
    declaredAllowances: allowancesIn(plan),
    heldRules: heldRules(plan),
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
