// `contentEncoding` and `contentMediaType` as keywords that refuse. Ajv only notes them, and a comparison that takes encodings for checked needs
// somebody who checks. Flows in: an Ajv. Flows out: the same, in which a text must be of its encoding, and what it decodes to of its
// media type. Names that nobody here knows refuse nothing: they are notes, as JSON Schema has it.
import type { Ajv } from "ajv"

interface Encoding {
  readonly form: RegExp
  readonly decoded: (text: string) => Buffer
}

const bytes = (encoding: "base64" | "base64url" | "hex" | "utf8") => (text: string) =>
  Buffer.from(text, encoding)

/** The names of RFC 4648. Each form is read in linear time. */
const encodings: ReadonlyMap<string, Encoding> = new Map([
  ["base16", { form: /^(?:[0-9A-Fa-f]{2})*$/u, decoded: bytes("hex") }],
  [
    "base64",
    {
      form: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u,
      decoded: bytes("base64"),
    },
  ],
  [
    "base64url",
    {
      form: /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}(?:==)?|[A-Za-z0-9_-]{3}=?)?$/u,
      decoded: bytes("base64url"),
    },
  ],
])

const startsWith =
  (...signature: readonly number[]) =>
  (content: Buffer): boolean =>
    content.subarray(0, signature.length).equals(Buffer.from(signature))

/** What the first bytes tell, or the whole. */
const mediaTypes: ReadonlyMap<string, (content: Buffer) => boolean> = new Map([
  ["application/json", isJson],
  ["application/pdf", startsWith(0x25, 0x50, 0x44, 0x46, 0x2d)],
  ["image/gif", startsWith(0x47, 0x49, 0x46, 0x38)],
  ["image/jpeg", startsWith(0xff, 0xd8, 0xff)],
  ["image/png", startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
])

function isJson(content: Buffer): boolean {
  try {
    JSON.parse(content.toString("utf8"))
    return true
  } catch {
    return false
  }
}

export function assertContent(ajv: Ajv): void {
  for (const keyword of ["contentEncoding", "contentMediaType"]) ajv.removeKeyword(keyword)
  ajv.addKeyword({
    keyword: "contentEncoding",
    type: "string",
    validate: (name: unknown, text: string) => encodingOf(name)?.form.test(text) ?? true,
  })
  ajv.addKeyword({
    keyword: "contentMediaType",
    type: "string",
    validate: isOfMediaType,
  })
}

function isOfMediaType(name: unknown, text: unknown, parent?: unknown): boolean {
  const isOf = typeof name === "string" ? mediaTypes.get(name.toLowerCase()) : undefined
  if (isOf === undefined || typeof text !== "string") return true
  const said = typeof parent === "object" && parent !== null && "contentEncoding" in parent
  const content = contentOf(text, said ? parent.contentEncoding : undefined)
  return content === null || isOf(content)
}

/** Null: it is not known what the text decodes to. Without an encoding its characters are the bytes, as far as they are as small. */
function contentOf(text: string, name: unknown): Buffer | null {
  if (name === undefined) return Buffer.from(text, /^[\0-\xff]*$/u.test(text) ? "latin1" : "utf8")
  const encoding = encodingOf(name)
  return encoding?.form.test(text) === true ? encoding.decoded(text) : null
}

function encodingOf(name: unknown): Encoding | undefined {
  return typeof name === "string" ? encodings.get(name.toLowerCase()) : undefined
}
