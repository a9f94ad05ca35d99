// A name for a text that tells nothing of it to whoever does not know the salt. Pure; see spec.ts for the promise.
import { hmacSha256 } from "../../crosswalks/sha256.ts"

export function fingerprint(text: string, salt: string): string {
  return hmacSha256(salt, text)
}
