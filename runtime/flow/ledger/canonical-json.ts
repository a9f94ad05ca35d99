// JSON in one form: names in order, so that equal values are equal texts. Flows in: a JSON value. Flows out: text, and hashes of it.
import { createHash } from "node:crypto"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { writeJson } from "../../formats/json/write-json.ts"

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  if (typeof value !== "object" || value === null || isExactNumber(value)) return writeJson(value ?? null)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`
}

/** SHA-256 of the canonical form, in hexadecimal digits. */
export function hashOf(value: unknown): string {
  return hashOfText(canonicalJson(value))
}

/** The same as `hashOf([target, request])`, of a request that is canonical already. */
export function requestHash(target: string, canonical: string): string {
  return hashOfText(`[${canonicalJson(target)},${canonical}]`)
}

function hashOfText(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
