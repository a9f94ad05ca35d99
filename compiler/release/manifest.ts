// What is kept of a release: its Plan part, and of a contract its JSON Schema. Flows in: a Plan and a subject, or the text of a manifest. Flows
// out: the text, or the manifest and one sentence where it is none. What it holds is checked against the hash it says.
import { isPayloadObject, ownMember, readJson, writeJson } from "@fmap/runtime"
import { schemaOf } from "../emit/json-schema/index.ts"
import { readPlan, writePlan } from "../emit/plan/index.ts"
import type { Plan } from "../plan/index.ts"
import { contentHash } from "./content-hash.ts"
import { planParts } from "./plan-part.ts"
import type { ReleasedKind } from "./subjects.ts"

export interface Manifest {
  readonly kind: ReleasedKind
  /** In its Plan: the part that is kept. */
  readonly id: string
  readonly version: string
  readonly content: string
  readonly plan: Plan
}

interface Named {
  readonly kind: ReleasedKind
  /** In its Plan. */
  readonly id: string
  readonly version: string
}

/** Ready to be asked for many. */
export function manifestsOf(plan: Plan): (subject: Named) => Manifest {
  const partOf = planParts(plan)
  return ({ kind, id: whole, version }) => {
    const { id, plan: part } = partOf(kind, whole)
    return { kind, id, version, content: contentHash(part, kind, id), plan: part }
  }
}

export function writeManifest({ kind, id, version, content, plan }: Manifest): string {
  const shape = plan.shapes.find(one => one.id === id)
  const schema = kind === "contract" && shape !== undefined ? schemaOf(shape, plan) : null
  const head = { format: "fmap.release", formatVersion: 1, kind, id, version, content }
  const lines = Object.entries(head).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  )
  const schemaText = JSON.stringify(schema, null, 2)
  return `{\n${[...lines, `"schema": ${schemaText}`, `"plan": ${writePlan(plan).trimEnd()}`].join(",\n")}\n}\n`
}

export type ManifestReading = { readonly manifest: Manifest } | { readonly problem: string }

const kinds: readonly ReleasedKind[] = ["contract", "map", "crosswalk"]

export function readManifest(text: string, file: string): ManifestReading {
  const read = readJson(text)
  if ("refused" in read) return { problem: `${file} is not JSON: ${read.refused.message}` }
  const json = read.ok
  const member = (name: string) => (isPayloadObject(json) ? ownMember(json, name) : undefined)
  if (member("format") !== "fmap.release" || member("formatVersion") !== 1)
    return { problem: `${file} is no manifest of a release that this fmap reads.` }
  const [id, version, content] = [member("id"), member("version"), member("content")]
  const kind = kinds.find(one => one === member("kind"))
  if (
    kind === undefined ||
    typeof id !== "string" ||
    typeof version !== "string" ||
    typeof content !== "string"
  )
    return { problem: `${file} does not say what it is of.` }
  const reading = readPlan(writeJson(member("plan") ?? null))
  if ("problem" in reading) return { problem: `${file}: ${reading.problem}` }
  return { manifest: { kind, id, version, content, plan: reading.plan } }
}

/** The hash it says, and the one that what it holds gives. */
export function isIntact({ kind, id, content, plan }: Manifest): boolean {
  return contentHash(plan, kind, id) === content
}
