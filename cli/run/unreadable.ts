// The issue of a record that could not even be parsed. Flows in: where it stood and why. Flows out: a reject without a rule.
import type { Issue } from "@fmap/runtime"
import type { WireNotice, WireProblem } from "@fmap/runtime/wire"

export function unreadable(
  record: { readonly place: string; readonly problem: WireProblem },
  root: string,
): Issue {
  const { code, message, pointer = "" } = record.problem
  return {
    code,
    severity: "reject",
    root,
    pointer,
    message: record.place === "" ? message : `${message} (${record.place})`,
    at: "",
  }
}

/** Something about the whole input: a warning that no record carries. */
export function noticed({ notice }: WireNotice, root: string): Issue {
  const { code, message } = notice
  return { code, severity: "warn", root, pointer: "", message, at: "" }
}
