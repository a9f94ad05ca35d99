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
  /** Who answered for it when it was cut; absent: a lock that did not say so yet. */
  readonly owner?: string | null
  /** Of a crosswalk: hash of the rows that stood in its file; absent: there was none at hand. */
  readonly rows?: string
}

export interface Lock {
  /** The version of the package when a release was cut last; null: it has none. */
  readonly project: { readonly version: string; readonly date: string } | null
  readonly releases: readonly LockedRelease[]
  /** Consumers that were declared when a release was cut last; absent: none was. */
  readonly consumers?: readonly string[]
  /** What people agreed to that is of no single release: consumers that break, or are gone. */
  readonly agreed?: readonly Approval[]
}

export const emptyLock: Lock = { project: null, releases: [] }

const day = z.iso.date()
const version = z.string().refine(isVersion, "a version of three numbers is wanted")
const hash = z.string().regex(/^[0-9a-f]{64}$/u)
const lockSchema = z.strictObject({
  format: z.literal("fmap.lock"),
  formatVersion: z.literal(1),
  project: z.strictObject({ version, date: day }).nullable(),
  releases: z.array(
    z.strictObject({
      kind: z.enum(["contract", "map", "crosswalk", "flow"]),
      name: z.string().min(1),
      system: z.string().nullable(),
      version,
      date: day,
      content: hash,
      retired: day.nullable(),
      approvals: z.array(approvalSchema),
      owner: z.string().nullable().exactOptional(),
      rows: hash.exactOptional(),
    }),
  ),
  consumers: z.array(z.string()).exactOptional(),
  agreed: z.array(approvalSchema).exactOptional(),
})

export function readLock(text: string, file: string): { readonly lock: Lock } | { readonly problem: string } {
  const data = parseJson(text)
  if (data === undefined) return { problem: `${file} is not JSON.` }
  const parsed = lockSchema.safeParse(data)
  if (!parsed.success) return { problem: `${file} is no lock of releases: ${firstIssue(parsed.error)}` }
  const { project, releases, consumers, agreed } = parsed.data
  const seen = new Set<string>()
  for (const release of releases) {
    const key = releaseKey(release)
    if (seen.has(key)) return { problem: `${file} has ${release.name} ${release.version} twice.` }
    seen.add(key)
  }
  return {
    lock: {
      project,
      releases,
      ...(consumers === undefined ? {} : { consumers }),
      ...(agreed === undefined ? {} : { agreed }),
    },
  }
}

export function writeLock({ project, releases, consumers = [], agreed = [] }: Lock): string {
  const sorted = releases.toSorted((a, b) => order(a, b))
  const lines = sorted.map(
    ({ kind, name, system, version: of, date, content, retired, approvals, owner, rows }) =>
      JSON.stringify({ kind, name, system, version: of, date, content, retired, approvals, owner, rows }),
  )
  const members = [
    `"format": "fmap.lock"`,
    `"formatVersion": 1`,
    `"project": ${JSON.stringify(project)}`,
    `"releases": ${listText(lines)}`,
    ...(consumers.length === 0
      ? []
      : [`"consumers": ${listText(consumers.toSorted().map(name => JSON.stringify(name)))}`]),
    ...(agreed.length === 0 ? [] : [`"agreed": ${listText(agreed.map(one => JSON.stringify(one)))}`]),
  ]
  return `{\n  ${members.join(",\n  ")}\n}\n`
}

/** One a line, so that two branches merge. */
function listText(lines: readonly string[]): string {
  return lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`
}

export function releaseKey(release: ReleaseName & { readonly version: string }): string {
  return `${nameKey(release)}\n${release.version}`
}

const folders: Readonly<Record<ReleasedKind, string>> = {
  contract: "contracts",
  map: "maps",
  crosswalk: "crosswalks",
  flow: "flows",
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
