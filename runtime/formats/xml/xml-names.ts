// Names of elements and attributes as a contract says them. Flows in: a namespace and a local name; flows out: `cbc:ID`, `@currencyID`, by the prefixes the system
// declares, whatever the document called them. Where a system declares none, namespaces are not looked at.
import type { XmlTransport } from "../wire/wire-spec.ts"

type Namespaces = XmlTransport["namespaces"]

/** Undefined: of a namespace the system does not know. */
export function elementName(uri: string, local: string, namespaces: Namespaces): string | undefined {
  if (namespaces.length === 0) return local
  if (uri === "") return namespaces.some(({ prefix }) => prefix === "") ? undefined : local
  const found = namespaces.find(one => one.uri === uri)
  return found === undefined ? undefined : found.prefix === "" ? local : `${found.prefix}:${local}`
}

export function attributeName(uri: string, local: string, namespaces: Namespaces): string | undefined {
  if (uri === "") return `@${local}`
  const found = namespaces.find(one => one.uri === uri && one.prefix !== "")
  return found === undefined ? undefined : `@${found.prefix}:${local}`
}

export const instance = "http://www.w3.org/2001/XMLSchema-instance"
