// The issue of a record that could not even be parsed. Flows in: where it stood and why. Flows out: a reject without a rule.
import type { Issue } from "@fmap/runtime"
import type { SourceRecord } from "./records.ts"

export function unreadable(
  record: SourceRecord & { readonly problem: { readonly code: string; readonly message: string } },
  root: string,
): Issue {
  const { code, message } = record.problem
  return {
    code,
    severity: "reject",
    root,
    pointer: "",
    message: record.place === "" ? message : `${message} (${record.place})`,
    at: "",
  }
}
