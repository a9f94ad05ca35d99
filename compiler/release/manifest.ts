// What is kept of a release: its Plan part, and of a contract its JSON Schema. Flows in: a Plan and a subject, or the text of a manifest. Flows
// out: the text, or the manifest and one sentence where it is none. What it holds is checked against the hash it says.
import { isPayloadObject, ownMember, readJson, writeJson } from "@fmap/runtime"
import type { Row } from "../diff/maps/crosswalk-rows.ts"
import { schemaOf } from "../emit/json-schema/index.ts"
import { readPlan, writePlan } from "../emit/plan/index.ts"
import type { Plan } from "../plan/index.ts"
import { contentHash, type Hash } from "./content-hash.ts"
import { type KeptRows, keptRows, rowLines, rowsOfJson } from "./kept-rows.ts"
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
  /** Of a crosswalk whose rows stand in a file of the project; null: they do not, or it could not be read. */
  readonly rows: KeptRows | null
}

interface Named {
  readonly kind: ReleasedKind
  /** In its Plan. */
  readonly id: string
  readonly version: string
}

/** Rows of the file of a crosswalk, by its id; null: there is none at hand. */
export type RowsOfFile = (id: string) => readonly Row[] | null

/** Ready to be asked for many. */
export function manifestsOf(
  plan: Plan,
  textOf: TextOf = () => undefined,
  rowsOf: RowsOfFile = () => null,
  hash?: Hash,
): (subject: Named) => Manifest {
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
    const rows = kind === "crosswalk" ? rowsOf(whole) : null
    return {
      kind,
      id,
      version,
      content: contentHash(part, kind, id, hash),
      plan: part,
      source,
      rows: rows === null ? null : keptRows(rows, hash),
    }
  }
}

export function writeManifest({ kind, id, version, content, plan, source, rows }: Manifest): string {
  const shape = plan.shapes.find(one => one.id === id)
  const schema = kind === "contract" && shape !== undefined ? schemaOf(shape, plan) : null
  const head = { format: "fmap.release", formatVersion: 1, kind, id, version, content }
  const lines = Object.entries(head).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  )
  const schemaText = JSON.stringify(schema, null, 2)
  const sourceLines = source === null ? [] : [`"source": ${JSON.stringify(source, null, 2)}`]
  const kept = rows?.rows ?? null
  const rowsLines =
    rows === null
      ? []
      : [
          `"rowsHash": ${JSON.stringify(rows.hash)}`,
          ...(kept === null ? [] : [`"rows": [\n${rowLines(kept).join(",\n")}\n]`]),
        ]
  return `{\n${[...lines, ...sourceLines, ...rowsLines, `"schema": ${schemaText}`, `"plan": ${writePlan(plan).trimEnd()}`].join(",\n")}\n}\n`
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
  const hash = member("rowsHash")
  const rows = typeof hash === "string" ? { hash, rows: rowsOfJson(member("rows")) } : null
  return { manifest: { kind, id, version, content, plan: reading.plan, source, rows } }
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

/** The hashes it says, and those that what it holds gives. */
export function isIntact({ kind, id, content, plan, rows }: Manifest, hash?: Hash): boolean {
  const kept = rows?.rows ?? null
  return (
    contentHash(plan, kind, id, hash) === content &&
    (kept === null || keptRows(kept, hash).hash === rows?.hash)
  )
}

/** Is it what was released? Rows are compared where both sides have them: a file may be at hand at one time only. */
export function isReleased(
  { content, rows }: Manifest,
  release: { readonly content: string; readonly rows?: string },
): boolean {
  if (content !== release.content) return false
  return rows === null || release.rows === undefined || rows.hash === release.rows
}
