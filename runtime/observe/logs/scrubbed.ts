// What a log must not hold. Flows in: any value that is about to be written. Flows out: a copy without what is called a secret, what looks like one and what
// is known to be one. pino's own redaction knows paths: it misses a token one level deeper, and tokens inside of texts.

export const scrubMark = "[removed]"

/** Names that are never written, whatever stands there. */
const secretNames =
  /^(?:.*[_-])?(?:authorization|cookie|set-cookie|password|passwd|secret|token|api[_-]?key|private[_-]?key|credentials?|signature)$/iu
/** Also as `clientSecret`, `accessToken`. */
const secretEndings = /(?:Password|Secret|Token|ApiKey|PrivateKey|Credentials?)$/u

/** Texts that are credentials by their form. */
const secretForms: readonly RegExp[] = [
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/giu,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/gu,
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{0,8192}-----END [A-Z ]{0,20}PRIVATE KEY-----/gu,
  /\b(?:sk|rk)_(?:live|test)_\w{8,}/gu,
]

const deepest = 12

/** `known`: values of secrets that were resolved in this process. Shorter ones than 6 characters would remove words. */
export function scrubbed(value: unknown, known: readonly string[] = [], depth = 0): unknown {
  if (typeof value === "string") return scrubText(value, known)
  if (typeof value !== "object" || value === null) return value
  if (depth === deepest) return scrubMark
  if (value instanceof Error)
    return {
      name: value.name,
      message: scrubText(value.message, known),
      stack: scrubText(value.stack ?? "", known),
    }
  if (Array.isArray(value)) return value.map(item => scrubbed(item, known, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      scrubText(name, known),
      secretNames.test(name) || secretEndings.test(name) ? scrubMark : scrubbed(member, known, depth + 1),
    ]),
  )
}

function scrubText(text: string, known: readonly string[]): string {
  const without = known
    .filter(secret => secret.length >= 6)
    .reduce((all, secret) => all.replaceAll(secret, scrubMark), text)
  return secretForms.reduce((all, form) => all.replace(form, scrubMark), without)
}
