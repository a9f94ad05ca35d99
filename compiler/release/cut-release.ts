// Cuts a release: what stands under a new version number is written down. Flows in: a check that nothing stops, the state before it and a day.
// Flows out: the files as they shall be, by their kind, and what was cut. Writes nothing itself.
import type { Approval, ApprovalBook } from "./approvals.ts"
import { changelogWith } from "./changelog.ts"
import type { CheckedSubject, ReleaseCheck, ReleaseState } from "./check-release.ts"
import { manifestHash } from "./kept-releases.ts"
import { type LockedRelease, manifestPath, releaseKey } from "./lock.ts"
import { writeManifest } from "./manifest.ts"

export interface Cut {
  readonly releases: readonly LockedRelease[]
  readonly lock: ReleaseState["lock"]
  /** Below the folder of releases. */
  readonly manifests: readonly { readonly path: string; readonly text: string }[]
  readonly changelog: string
  /** Without the approvals that were used: they stand in the lock from now on. */
  readonly book: ApprovalBook
}

/** Null: everything was released already. */
export function cutRelease(
  check: ReleaseCheck,
  state: ReleaseState,
  date: string,
  project: string | null,
): Cut | null {
  const known = new Set(state.lock.releases.map(releaseKey))
  const cut = check.subjects.filter(({ subject }) => !known.has(releaseKey(subject)))
  if (cut.length === 0) return null
  const manifests = cut.map(({ subject, manifest }) => ({
    path: manifestPath(subject),
    text: writeManifest(manifest),
  }))
  const releases = cut.map((one, i) =>
    release(one, check, date, manifestHash(manifests[i]?.text ?? "", state.hash)),
  )
  const own = new Set(releases.flatMap(({ approvals }) => approvals).map(one => one.fingerprint))
  const agreed = agreedOf(check, state.lock, own)
  const used = new Set([...own, ...agreed.map(one => one.fingerprint)])
  return {
    releases,
    lock: {
      project: project === null ? state.lock.project : { version: project, date },
      releases: [...state.lock.releases, ...releases],
      consumers: check.declaredConsumers,
      systems: check.declaredSystems,
      allowed: check.declaredAllowances,
      held: check.heldRules,
      agreed: [...(state.lock.agreed ?? []), ...agreed],
    },
    manifests,
    changelog: changelogWith(state.changelog, date, cut),
    book: {
      ...state.book,
      approvals: state.book.approvals.filter(({ fingerprint }) => !used.has(fingerprint)),
    },
  }
}

/** What is said of consumers and policies, and of data that goes through parts that are not cut, is said of the landscape as it was; the next check asks what is declared then. */
function agreedOf(
  { changes, heldRules: { policies } }: ReleaseCheck,
  { consumers = [] }: ReleaseState["lock"],
  kept: ReadonlySet<string>,
): readonly Approval[] {
  return changes.flatMap(({ finding: { rule, subject, old }, approval }) => {
    const isOfPolicies = rule === "V008" || (rule === "V004" && policies.some(({ name }) => name === subject))
    const isOfLandscape =
      rule === "L008"
        ? subject === old && consumers.includes(subject)
        : rule.startsWith("L") && rule !== "L009" && rule !== "L010"
    return approval !== null && (isOfLandscape || isOfPolicies) && !kept.has(approval.fingerprint)
      ? [approval]
      : []
  })
}

function release(
  { subject, manifest, findings }: CheckedSubject,
  check: ReleaseCheck,
  date: string,
  hash: string,
): LockedRelease {
  const { kind, name, system, version, owner } = subject
  const own = new Set(findings.map(({ fingerprint }) => fingerprint))
  const mine = check.changes.filter(({ finding }) => own.has(finding.fingerprint) || finding.subject === name)
  const approvals = mine.flatMap(({ approval }) => (approval === null ? [] : [approval]))
  return {
    kind,
    name,
    system,
    version,
    date,
    content: manifest.content,
    retired: null,
    approvals,
    owner,
    ...(manifest.rows === null ? {} : { rows: manifest.rows.hash }),
    manifest: hash,
  }
}
