// SHA-256 of Node, for what hashes much: manifests of releases. Flows in: a text. Flows out: the hash of its UTF-8, as 64 hexadecimal digits, as the runtime's own makes it.
import { hash } from "node:crypto"

export function nodeHash(text: string): string {
  return hash("sha256", text)
}
