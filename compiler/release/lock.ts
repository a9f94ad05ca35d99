// The lock of releases: which version of what was released when, and the hash of what it held. Flows in: the text of fmap.lock.json. Flows out:
// the lock, or one sentence a person can act on; and back to text, one release a line so that two branches merge.
import * as z from "zod"
import type { Allowance } from "../diff/governance/allowances.ts"
import type { Label, PlanSystem } from "../plan/index.ts"
import type { Approval } from "./approvals.ts"
import { approvalSchema } from "./approvals-file.ts"
import { type HeldRules, isDemand } from "./held-rules.ts"
import { firstIssue, jsonFile } from "./json-file.ts"
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
  /** Hash of the text of its manifest; absent: a lock that did not say so yet. */
  readonly manifest?: string
}

export interface Lock {
  /** The version of the package when a release was cut last; null: it has none. */
  readonly project: { readonly version: string; readonly date: string } | null
  readonly releases: readonly LockedRelease[]
  /** Consumers that were declared when a release was cut last; absent: none was. */
  readonly consumers?: readonly string[]
  /** What people agreed to that is of none of the parts that were cut: consumers that break or are gone, data that goes somewhere else. */
  readonly agreed?: readonly Approval[]
  /** Where data may be was asked of these when a release was cut last; absent: a lock that did not say so yet. */
  readonly systems?: readonly LockedSystem[]
  /** What was allowed against policies when a release was cut last; absent: nothing, where `held` is there. */
  readonly allowed?: readonly Allowance[]
  /** What policies asked for when a release was cut last; absent: a lock that did not say so yet. */
  readonly held?: HeldRules
}

/** What rules about labelled data ask of a system. */
export interface LockedSystem {
  readonly name: string
  readonly kind: string | null
  readonly residency: string | null
  readonly cleared: readonly Label[]
}

export function lockedSystem({ name, kind, residency, cleared = [] }: PlanSystem): LockedSystem {
  return { name, kind, residency, cleared: cleared.toSorted() }
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
      manifest: hash.exactOptional(),
    }),
  ),
  consumers: z.array(z.string()).exactOptional(),
  agreed: z.array(approvalSchema).exactOptional(),
  systems: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        kind: z.string().nullable(),
        residency: z.string().nullable(),
        cleared: z.array(z.enum(["pii", "confidential"])),
      }),
    )
    .exactOptional(),
  allowed: z
    .array(
      z.strictObject({
        kind: z.enum(["contract", "map", "crosswalk", "system", "flow"]),
        subject: z.string(),
        rule: z.string(),
        path: z.string().nullable(),
        because: z.string(),
        until: z.string(),
        by: z.array(z.string()),
      }),
    )
    .exactOptional(),
  held: z
    .strictObject({
      policies: z.array(
        z.strictObject({ name: z.string().min(1), version: version.nullable(), content: hash }),
      ),
      levels: z.array(z.tuple([z.string(), z.enum(["error", "warning", "information"])])),
      asked: z.array(z.string().refine(isDemand, "a demand of a policy is wanted")),
      regions: z.array(z.strictObject({ label: z.string(), regions: z.array(z.string()) })),
    })
    .exactOptional(),
})

export function readLock(text: string, file: string): { readonly lock: Lock } | { readonly problem: string } {
  const read = jsonFile(text, file)
  if ("problem" in read) return read
  const parsed = lockSchema.safeParse(read.data)
  if (!parsed.success) return { problem: `${file} is no lock of releases: ${firstIssue(parsed.error)}` }
  const { project, releases, consumers, agreed, systems, allowed, held } = parsed.data
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
      ...(systems === undefined ? {} : { systems }),
      ...(allowed === undefined ? {} : { allowed }),
      ...(held === undefined ? {} : { held }),
    },
  }
}

export function writeLock({
  project,
  releases,
  consumers = [],
  agreed = [],
  systems = [],
  allowed = [],
  held,
}: Lock): string {
  const sorted = releases.toSorted((a, b) => order(a, b))
  const lines = sorted.map(
    ({ kind, name, system, version: of, date, content, retired, approvals, owner, rows, manifest }) =>
      JSON.stringify({
        kind,
        name,
        system,
        version: of,
        date,
        content,
        retired,
        approvals,
        owner,
        rows,
        manifest,
      }),
  )
  const members = [
    `"format": "fmap.lock"`,
    `"formatVersion": 1`,
    `"project": ${JSON.stringify(project)}`,
    `"releases": ${listText(lines)}`,
    ...(consumers.length === 0
      ? []
      : [`"consumers": ${listText(consumers.toSorted().map(name => JSON.stringify(name)))}`]),
    ...(systems.length === 0
      ? []
      : [
          `"systems": ${listText(systems.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(one => JSON.stringify(one)))}`,
        ]),
    ...(allowed.length === 0 ? [] : [`"allowed": ${listText(allowed.map(one => JSON.stringify(one)))}`]),
    ...(held === undefined ? [] : [`"held": ${heldText(held)}`]),
    ...(agreed.length === 0 ? [] : [`"agreed": ${listText(agreed.map(one => JSON.stringify(one)))}`]),
  ]
  return `{\n  ${members.join(",\n  ")}\n}\n`
}

function heldText(held: HeldRules): string {
  const members = (["policies", "levels", "asked", "regions"] as const).map(
    name => `"${name}": ${listText(held[name].map(one => JSON.stringify(one)))}`,
  )
  return `{ ${members.join(", ")} }`
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

/** Is a path below the folder of releases one of a manifest? */
export function isManifestPath(path: string): boolean {
  const [folder = ""] = path.split("/")
  return Object.values(folders).includes(folder) && /\/[^/]+@\d+\.\d+\.\d+\.json$/u.test(path)
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
