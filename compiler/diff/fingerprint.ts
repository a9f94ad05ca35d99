// The name under which a change can be approved. Flows in: what the finding is about, in canonical form. Flows out: a hash that no
// rewording of a message, reformatting of a file or order of findings changes.
import { sha256 } from "@fmap/runtime"

export function fingerprintOf(finding: {
  readonly rule: string
  readonly subject: string
  readonly path: string
  /** Canonical, not as displayed: two spellings of one thing are one text. */
  readonly old: string | null
  readonly new: string | null
}): string {
  const { rule, subject, path } = finding
  return sha256(JSON.stringify([rule, subject, path, finding.old, finding.new])).slice(0, 16)
}
