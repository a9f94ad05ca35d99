// Signatures of webhooks. Flows in: headers, bytes, secrets, the time. Flows out: whether the bytes are the sender's, or headers for bytes of ours. Comparisons take
// the same time whatever is compared. The scheme `standard` is that of standardwebhooks.com; others are HMACs in a header, or a word both sides know.
import { createHmac, timingSafeEqual } from "node:crypto"

export type SignatureScheme =
  | { readonly kind: "standard" }
  | {
      readonly kind: "hmac"
      readonly header: string
      readonly encoding: "hex" | "base64"
      /** `sha256=` */
      readonly prefix?: string
    }
  | { readonly kind: "word"; readonly header: string }

export interface Signed {
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
}

/** How old or new a signature of `standard` may be. */
const toleranceMs = 5 * 60_000

/** `secrets`: any of them, so that they can be changed one after another. */
export function isSignedBy(
  scheme: SignatureScheme,
  { headers, body }: Signed,
  secrets: readonly string[],
  now: number,
): boolean {
  switch (scheme.kind) {
    case "standard": {
      const [id, timestamp, given] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(
        name => headers.get(name) ?? "",
      )
      if (id === undefined || timestamp === undefined || given === undefined || id === "") return false
      if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) * 1_000 - now) > toleranceMs)
        return false
      const signatures = given.split(" ").flatMap(one => (one.startsWith("v1,") ? [one.slice(3)] : []))
      return secrets.some(secret => {
        const wanted = standardSignature(secret, id, timestamp, body)
        return signatures.some(one => isSame(one, wanted))
      })
    }
    case "hmac": {
      const given = headers.get(scheme.header.toLowerCase()) ?? ""
      const { prefix = "" } = scheme
      if (!given.startsWith(prefix)) return false
      const digits =
        scheme.encoding === "hex" ? given.slice(prefix.length).toLowerCase() : given.slice(prefix.length)
      return secrets.some(secret =>
        isSame(digits, createHmac("sha256", secret).update(body).digest(scheme.encoding)),
      )
    }
    case "word":
      return secrets.some(secret => isSame(headers.get(scheme.header.toLowerCase()) ?? "", secret))
  }
}

export function standardHeaders(
  secret: string,
  id: string,
  body: Uint8Array,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000))
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${standardSignature(secret, id, timestamp, body)}`,
  }
}

function standardSignature(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  const key = Buffer.from(secret.startsWith("whsec_") ? secret.slice("whsec_".length) : secret, "base64")
  return createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")
}

/** Of hashes of both, so that neither length nor place of a difference shows. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHmac("sha256", "compare").update(text).digest()
  return timingSafeEqual(hash(one), hash(other)) && one === other
}
