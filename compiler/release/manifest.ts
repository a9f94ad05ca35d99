// What is kept of a release: its Plan part, and of a contract its JSON Schema. Flows in: a Plan and a subject, or the text of a manifest. Flows
// out: the text, or the manifest and one sentence where it is none. What it holds is checked against the hash it says.
import { isPayloadObject, ownMember, readJson, writeJson } from "@fmap/runtime"
import { schemaOf } from "../emit/json-schema/index.ts"
import { readPlan, writePlan } from "../emit/plan/index.ts"
import type { Plan } from "../plan/index.ts"
import { contentHash } from "./content-hash.ts"
import { type KeptSource, keptSource, type TextOf } from "./kept-source.ts"
import { planParts } from "./plan-part.ts"
import type { ReleasedKind } from "./subjects.ts"

export interface Manifest {
  readonly kind: ReleasedKind
  /** In its Plan: the part that is kept. */
  readonly id: string
  readonly version: string
  readonly content: string
  readonly plan: Plan
  /** Of a map, crosswalk or flow, for readers; null: it was not at hand. */
  readonly source: KeptSource | null
}

interface Named {
  readonly kind: ReleasedKind
  /** In its Plan. */
  readonly id: string
  readonly version: string
}

/** Ready to be asked for many. */
export function manifestsOf(plan: Plan, textOf: TextOf = () => undefined): (subject: Named) => Manifest {
  const partOf = planParts(plan)
  return ({ kind, id: whole, version }) => {
    const { id, plan: part } = partOf(kind, whole)
    const declared =
      kind === "map"
        ? part.maps.find(({ name }) => name === id)
        : kind === "crosswalk"
          ? part.crosswalks.find(one => one.id === id)
          : kind === "flow"
            ? part.flows?.find(({ name }) => name === id)
            : undefined
    const source = declared === undefined ? null : keptSource(declared, part, textOf)
    return { kind, id, version, content: contentHash(part, kind, id), plan: part, source }
  }
}

export function writeManifest({ kind, id, version, content, plan, source }: Manifest): string {
  const shape = plan.shapes.find(one => one.id === id)
  const schema = kind === "contract" && shape !== undefined ? schemaOf(shape, plan) : null
  const head = { format: "fmap.release", formatVersion: 1, kind, id, version, content }
  const lines = Object.entries(head).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  )
  const schemaText = JSON.stringify(schema, null, 2)
  const sourceLines = source === null ? [] : [`"source": ${JSON.stringify(source, null, 2)}`]
  return `{\n${[...lines, ...sourceLines, `"schema": ${schemaText}`, `"plan": ${writePlan(plan).trimEnd()}`].join(",\n")}\n}\n`
}

export type ManifestReading = { readonly manifest: Manifest } | { readonly problem: string }

const kinds: readonly ReleasedKind[] = ["contract", "map", "crosswalk", "flow"]

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
  const source = sourceOf(member("source"))
  return { manifest: { kind, id, version, content, plan: reading.plan, source } }
}

/** What is none says nothing: it is only shown. */
function sourceOf(json: unknown): KeptSource | null {
  if (!isPayloadObject(json)) return null
  const [path, first, lines] = [ownMember(json, "path"), ownMember(json, "first"), ownMember(json, "lines")]
  return typeof path === "string" &&
    typeof first === "number" &&
    Number.isSafeInteger(first) &&
    first > 0 &&
    Array.isArray(lines)
    ? { path, first, lines: lines.map(String) }
    : null
}

/** The hash it says, and the one that what it holds gives. */
export function isIntact({ kind, id, content, plan }: Manifest): boolean {
  return contentHash(plan, kind, id) === content
}
