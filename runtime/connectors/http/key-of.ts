// The key of a record that is sent. Flows in: a request. Flows out: the key as text; a record without one cannot be sent, and that is no fault of the platform.
import { CallFailed } from "../../flow/port/failures.ts"
import type { SendRequest } from "../port/connector.ts"
import { memberOf, scalarText } from "./json-value.ts"

export function keyOf(request: Pick<SendRequest, "object" | "key" | "record">): string {
  const text = scalarText(memberOf(request.record, request.key))
  if (text === undefined || text === "")
    throw new CallFailed(
      "rejected",
      "NO_KEY",
      `A record of ${request.object} has no ${request.key}, which is its key.`,
    )
  return text
}

export function notOffered(system: string, what: string): CallFailed {
  return new CallFailed("rejected", "NOT_OFFERED", `${system}: ${what}`)
}
