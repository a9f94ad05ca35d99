// What a trigger looks at in a record, and whether a change makes an event. Flows in: the trigger, the record before and now. Flows out: yes or no.
import { canonicalJson, hashOf } from "../../ledger/canonical-json.ts"
import type { Watched } from "../../ledger/seen.ts"
import type { TriggerSpec } from "../flow-spec.ts"
import { valueAt } from "../scope.ts"

type Changed = TriggerSpec & { readonly kind: "changed" }

/** The whole record, where any change counts. */
const whole = ""

/** What is missing has no text. */
export function watchedOf({ fields, becomes }: Changed, record: unknown): Watched {
  const paths = [...(fields ?? []).map(field => [field]), ...becomes.map(({ path }) => path)]
  const known = paths.flatMap(path => {
    const value = valueAt(record, path)
    return value === undefined ? [] : [[nameOf(path), canonicalJson(value)] as const]
  })
  return Object.fromEntries(fields === null ? [...known, [whole, hashOf(record)]] : known)
}

/** Each `becomes` has its value now and had another, or none; one of the fields differs from before. */
export function makesEvent({ fields, becomes }: Changed, before: Watched | null, now: Watched): boolean {
  const differs = (name: string) => at(before, name) !== at(now, name)
  const became = becomes.every(
    ({ path, value }) => at(now, nameOf(path)) === canonicalJson(value) && differs(nameOf(path)),
  )
  return became && (fields === null ? differs(whole) : fields.some(field => differs(nameOf([field]))))
}

function at(watched: Watched | null, name: string): string | undefined {
  return watched !== null && Object.hasOwn(watched, name) ? watched[name] : undefined
}

function nameOf(path: readonly string[]): string {
  return JSON.stringify(path)
}
