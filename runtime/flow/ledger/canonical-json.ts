// JSON in one form: names in order, so that equal values are equal texts. Flows in: a JSON value. Flows out: text, and hashes of it.
import { hash } from "node:crypto"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { writeJson } from "../../formats/json/write-json.ts"

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  if (typeof value !== "object" || value === null || isExactNumber(value)) return writeJson(value ?? null)
  const members = value as { readonly [name: string]: unknown }
  let text = ""
  for (const name of inOrder(Object.keys(members))) {
    const member = members[name]
    if (member === undefined) continue
    text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

/** By their UTF-16 code units. Most are in order already. */
function inOrder(names: readonly string[]): readonly string[] {
  return names.every((name, index) => index === 0 || (names[index - 1] ?? "") < name)
    ? names
    : names.toSorted()
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
  return hash("sha256", text)
}
