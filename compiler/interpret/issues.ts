// Collects what went wrong with one record. Flows in: findings in the order they are made. Flows out: the list of
// issues without repetitions, and the Result they decide.
import type { Issue, Result } from "@fmap/runtime"

export interface IssueCollector {
  readonly report: (issue: Issue) => void
  readonly issues: () => readonly Issue[]
}

/** The first of two issues with one root, pointer and code stays. Skipped rows are all counted: they have no place of their own. */
export function issueCollector(): IssueCollector {
  const collected: Issue[] = []
  const seen = new Set<string>()
  return {
    report: issue => {
      const identity = JSON.stringify([issue.root, issue.pointer, issue.code])
      if (issue.severity !== "skip" && seen.has(identity)) return
      seen.add(identity)
      collected.push(issue)
    },
    issues: () => collected,
  }
}

/** Any reject rejects, else any hold holds; else `done` gives the value and what else was said are notes. */
export function resultOf<T>(
  issues: readonly Issue[],
  done: () => { readonly value: T; readonly key: string | undefined },
): Result<T> {
  if (issues.some(issue => issue.severity === "reject")) return { status: "rejected", issues }
  if (issues.some(issue => issue.severity === "hold")) return { status: "held", issues }
  return { status: "done", ...done(), notes: issues }
}
