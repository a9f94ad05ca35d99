// The lock of releases: which version of what was released when, and the hash of what it held. Flows in: the text of fmap.lock.json. Flows out:
// the lock, or one sentence a person can act on; and back to text, one release a line so that two branches merge.
import * as z from "zod"
import type { Approval } from "./approvals.ts"
import { approvalSchema } from "./approvals-file.ts"
import { firstIssue, parseJson } from "./json-file.ts"
import { nameKey, type ReleasedKind, type ReleaseName } from "./subjects.ts"
import { compareVersions, isVersion } from "./version.ts"

export interface LockedRelease extends ReleaseName {
  readonly version: string
  readonly date: string
  /** Of what it held. */
  readonly content: string
  /** From this day nobody is promised anything any more; null: it is supported. */
  readonly retired: string | null
  /** What people agreed to when it was cut. */
  readonly approvals: readonly Approval[]
}

export interface Lock {
  /** The version of the package when a release was cut last; null: it has none. */
  readonly project: { readonly version: string; readonly date: string } | null
  readonly releases: readonly LockedRelease[]
}

export const emptyLock: Lock = { project: null, releases: [] }

const day = z.iso.date()
const version = z.string().refine(isVersion, "a version of three numbers is wanted")
const lockSchema = z.strictObject({
  format: z.literal("fmap.lock"),
  formatVersion: z.literal(1),
  project: z.strictObject({ version, date: day }).nullable(),
  releases: z.array(
    z.strictObject({
      kind: z.enum(["contract", "map", "crosswalk"]),
      name: z.string().min(1),
      system: z.string().nullable(),
      version,
      date: day,
      content: z.string().regex(/^[0-9a-f]{64}$/u),
      retired: day.nullable(),
      approvals: z.array(approvalSchema),
    }),
  ),
})

export function readLock(text: string, file: string): { readonly lock: Lock } | { readonly problem: string } {
  const data = parseJson(text)
  if (data === undefined) return { problem: `${file} is not JSON.` }
  const parsed = lockSchema.safeParse(data)
  if (!parsed.success) return { problem: `${file} is no lock of releases: ${firstIssue(parsed.error)}` }
  const { project, releases } = parsed.data
  const seen = new Set<string>()
  for (const release of releases) {
    const key = releaseKey(release)
    if (seen.has(key)) return { problem: `${file} has ${release.name} ${release.version} twice.` }
    seen.add(key)
  }
  return { lock: { project, releases } }
}

export function writeLock({ project, releases }: Lock): string {
  const sorted = releases.toSorted((a, b) => order(a, b))
  const lines = sorted.map(({ kind, name, system, version: of, date, content, retired, approvals }) =>
    JSON.stringify({ kind, name, system, version: of, date, content, retired, approvals }),
  )
  const list = lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`
  return `{\n  "format": "fmap.lock",\n  "formatVersion": 1,\n  "project": ${JSON.stringify(project)},\n  "releases": ${list}\n}\n`
}

export function releaseKey(release: ReleaseName & { readonly version: string }): string {
  return `${nameKey(release)}\n${release.version}`
}

const folders: Readonly<Record<ReleasedKind, string>> = {
  contract: "contracts",
  map: "maps",
  crosswalk: "crosswalks",
}

/** Where its manifest lies, below the folder of releases: `contracts/Canonical/Order@1.2.0.json`. */
export function manifestPath({
  kind,
  name,
  system,
  version: of,
}: ReleaseName & { readonly version: string }): string {
  const parts = [folders[kind], ...(system === null ? [] : [encodeURIComponent(system)])]
  return `${parts.join("/")}/${encodeURIComponent(name)}@${of}.json`
}

function order(a: LockedRelease, b: LockedRelease): number {
  const [left, right] = [nameKey(a), nameKey(b)]
  return left < right ? -1 : left > right ? 1 : compareVersions(a.version, b.version)
}
