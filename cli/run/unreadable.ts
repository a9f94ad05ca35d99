// The issue of a record that could not even be parsed. Flows in: where it stood and why. Flows out: a reject without a rule.
import type { Issue } from "@fmap/runtime"
import type { WireNotice, WireProblem } from "@fmap/runtime/wire"

export function unreadable(
  record: { readonly place: string; readonly line?: number; readonly problem: WireProblem },
  root: string,
): Issue {
  const { code, message, pointer = "" } = record.problem
  return {
    code,
    severity: "reject",
    root,
    pointer,
    // a line stands beside the record's number
    message: record.place === "" || record.line !== undefined ? message : `${message} (${record.place})`,
    at: "",
  }
}

/** Something about the whole input: a warning that no record carries. */
export function noticed({ notice }: WireNotice, root: string): Issue {
  const { code, message } = notice
  return { code, severity: "warn", root, pointer: "", message, at: "" }
}
