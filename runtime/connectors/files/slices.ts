// Records that replace what stands at the same values. Flows in: records and the fields they replace over. Flows out: one slice for each combination of values, with the name of
// its file: the values where they can stand in a name, else their hash.
import { createHash } from "node:crypto"
import { CallFailed } from "../../flow/port/failures.ts"
import { memberOf, scalarText } from "../http/json-value.ts"

type LoadedRecord = Readonly<Record<string, unknown>>

export interface Slice {
  readonly name: string
  readonly records: readonly LoadedRecord[]
}

/** Throws CallFailed where a record has none of a value. */
export function slicesOf(
  system: string,
  records: readonly LoadedRecord[],
  over: readonly string[],
): readonly Slice[] {
  const slices = new Map<string, LoadedRecord[]>()
  for (const record of records) {
    const values = over.map(field => scalarText(memberOf(record, field)) ?? "")
    const lacking = over.find((_, i) => values[i] === "")
    if (lacking !== undefined)
      throw new CallFailed(
        "rejected",
        "NO_SLICE",
        `${system}: a record without ${lacking} replaces nothing: nobody knows which file it belongs to.`,
      )
    const name = nameOf(over, values)
    const slice = slices.get(name)
    if (slice === undefined) slices.set(name, [record])
    else slice.push(record)
  }
  return [...slices].map(([name, of]) => ({ name, records: of }))
}

function nameOf(over: readonly string[], values: readonly string[]): string {
  const words = over.map((field, i) => `${field}=${values[i]}`)
  // no small letters: names that differ in capitals alone are one file on some disks
  return over.length <= 4 && words.every(word => /^[A-Za-z][A-Za-z0-9_]{0,40}=[A-Z0-9_-]{1,40}$/.test(word))
    ? words.join(",")
    : createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 24)
}
