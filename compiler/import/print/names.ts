// Names of the language for names of a source. Flows in: any string. Flows out: how it is written as the name of a field or of
// a declaration, and whether the source's spelling must be said beside it. It must not know where the name stands.
import { textLiteral } from "./text-literal.ts"

const identifier = /^[\p{XID_Start}_][\p{XID_Continue}]*$/u
const unspeakable =
  /[`\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u0085\ufff9-\ufffb]/u

/** A name as it stands in the text: bare, or in backticks. */
export function written(name: string): string {
  return identifier.test(name) && name !== "_" ? name : `\`${name}\``
}

export interface FieldName {
  /** Without backticks. */
  readonly name: string
  /** ` as "…"`, where the name is not that of the wire. */
  readonly as: string
}

/** Names for fields of one shape, each once: the wire's spelling wherever it can be written. */
export function fieldNames(
  wireNames: readonly string[],
  taken: Iterable<string> = [],
): ReadonlyMap<string, FieldName> {
  const names = new Map<string, FieldName>()
  const used = new Set<string>(taken)
  const plain = (wire: string) => speakable(wire) && wire.normalize("NFC") === wire && !used.has(wire)
  // Those that keep their spelling first, so that a made-up name never takes one of theirs.
  for (const wire of wireNames) {
    if (names.has(wire) || !plain(wire)) continue
    used.add(wire)
    names.set(wire, { name: wire, as: "" })
  }
  for (const wire of wireNames) {
    if (names.has(wire)) continue
    const name = unique(sanitised(wire), used)
    names.set(wire, { name, as: ` as ${textLiteral(wire)}` })
  }
  return names
}

function speakable(name: string): boolean {
  return name.trim() !== "" && name.length <= 500 && !unspeakable.test(name)
}

function sanitised(wire: string): string {
  const name = wire
    .normalize("NFC")
    .replace(/[^\p{XID_Continue}]+/gu, "_")
    .slice(0, 100)
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cs}]/gu, "")
  if (!/[\p{L}\p{N}]/u.test(name)) return "field"
  return identifier.test(name) ? name.normalize("NFC") : `_${name}`.normalize("NFC")
}

/** `A_SalesOrderType` → `ASalesOrderType`, `invoice line` → `InvoiceLine`, `3ds` → `X3ds`. */
export function declarationName(source: string, used: Set<string>): string {
  // Some letters are not seen, such as the fillers of Hangul.
  const seen = source.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "")
  const words = seen.match(/[\p{L}\p{N}]+/gu) ?? []
  const joined = words.map(word => word.replace(/^\p{Ll}/u, first => capital(first))).join("")
  const cut = [...joined].slice(0, 100).join("")
  const name = /^\p{Lu}[\p{L}\p{N}]*$/u.test(cut) ? cut : `X${cut}`
  return unique(name.normalize("NFC"), used)
}

function capital(first: string): string {
  const upper = first.toUpperCase()
  return /^\p{Lu}$/u.test(upper) ? upper : `X${first}`
}

function unique(name: string, used: Set<string>): string {
  let free = name
  for (let n = 2; used.has(free); n++) free = `${name}${n}`
  used.add(free)
  return free
}
