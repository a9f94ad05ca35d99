export { type Approval, type ApprovalBook, isLocked, judgeApprovals } from "./approvals.ts"
export { type Standing, type StandingFinding, stopsRelease, withStanding } from "./standing.ts"
export { type ChangedSubject, type Judgement, judge, type SubjectKind, type Verdict } from "./verdict.ts"
export { atLeast, compareVersions, highestBump, nextVersion, promised, sameLine } from "./version.ts"
