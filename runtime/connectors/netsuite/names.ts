// Names of records, fields and columns. Flows in: a name of a contract. Flows out: the same, or a failure: nothing else gets into a path or a query.
import { CallFailed } from "../../flow/port/failures.ts"

export function recordName(name: string): string {
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return name
  throw new CallFailed("rejected", "BAD_NAME", `${JSON.stringify(name.slice(0, 80))} is no name of NetSuite.`)
}
