// Why a request does not have the form it should, in words. Flows in: the first finding of the form, and what was sent. Flows out: words that stand behind the place.
import { isPayloadObject, ownMember } from "../door/payload.ts"

export interface Finding {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** What is not there is missing, whatever it should be; a form with words of its own says it better. */
export function refusalWords({ path, message }: Finding, given: unknown): string {
  let at = given
  for (const name of path) at = isPayloadObject(at) ? ownMember(at, String(name)) : at
  const general = message.startsWith("Invalid input")
  return general && at === undefined ? "it is missing" : message.replace(/\.$/u, "")
}
