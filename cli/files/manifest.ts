// Which files of the output folder are fmap's. Flows in: the text of fmap.files.json. Flows out: path to sha256, and back. It is
// what lets `compile` remove what it no longer emits and refuse to touch what a person wrote.
import { createHash } from "node:crypto"

export const manifestName = "fmap.files.json"

/** Path relative to the output folder, with `/`, to the sha256 of what was written. */
export type Manifest = ReadonlyMap<string, string>

/** A missing or damaged manifest owns nothing. */
export function parseManifest(text: string | undefined): Manifest {
  if (text === undefined) return new Map()
  try {
    const data: unknown = JSON.parse(text)
    if (!isRecord(data) || data.format !== "fmap.files" || !isRecord(data.files)) return new Map()
    const files = Object.entries(data.files).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    )
    return new Map(files.filter(([path]) => isInside(path)))
  } catch {
    return new Map()
  }
}

export function formatManifest(files: Manifest): string {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))
  // A computed member, so that a file named `__proto__` is a member like any other.
  const members = sorted.map(([path, sum]) => `    ${JSON.stringify(path)}: ${JSON.stringify(sum)}`)
  const files_ = members.length === 0 ? "{}" : `{\n${members.join(",\n")}\n  }`
  return `{\n  "format": "fmap.files",\n  "files": ${files_}\n}\n`
}

export function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex")
}

function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..")
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
