export { type Approval, type ApprovalBook, isLocked, judgeApprovals } from "./approvals.ts"
export { emptyBook, readApprovals, writeApprovals } from "./approvals-file.ts"
export { type Agreement, type Approving, approve } from "./approve.ts"
export {
  type CheckedSubject,
  checkRelease,
  type ReleaseCheck,
  type ReleasePlaces,
  type ReleaseQuestion,
  type ReleaseState,
} from "./check-release.ts"
export { type Compare, type ComparingQuestion, comparing, type RecordsOfMaps } from "./compare-part.ts"
export { type Cut, cutRelease } from "./cut-release.ts"
export { manifestHash } from "./kept-releases.ts"
export {
  emptyLock,
  isManifestPath,
  type Lock,
  type LockedRelease,
  manifestPath,
  readLock,
  releaseKey,
  writeLock,
} from "./lock.ts"
export {
  isIntact,
  isReleased,
  type Manifest,
  type ManifestReading,
  manifestsOf,
  type RowsOfFile,
  readManifest,
  writeManifest,
} from "./manifest.ts"
export { lostFields, type Migration, migrationsOf } from "./migrations.ts"
export { type Standing, type StandingFinding, stopsRelease, withStanding } from "./standing.ts"
export { type ReleasedKind, type ReleaseSubject, releaseSubjects, shownName } from "./subjects.ts"
export { type ChangedSubject, type Judgement, judge, type SubjectKind, type Verdict } from "./verdict.ts"
export { atLeast, compareVersions, highestBump, nextVersion, promised, sameLine } from "./version.ts"
export { type VersionEdit, withVersions } from "./version-edits.ts"
