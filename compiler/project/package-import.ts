// An import from an npm package. Flows in: what was written and who wrote it. Flows out: the project paths of the files that are
// meant and the package's version, or null after a diagnostic. A package says itself what may be imported: `fmap` in its
// package.json is a path, or a table from `.` and `./orders` to paths or lists of paths. Nothing else of it can be reached.
import { diagnostic, type Place } from "@fmap/grammar"
import { readJsonBytes } from "@fmap/runtime"
import type { Host } from "../host/host.ts"
import { packageName, packageRootOf, resolvePath } from "../host/paths.ts"
import type { Findings } from "./findings.ts"

export interface ImportedPackage {
  readonly name: string
  readonly version: string
  /** Its folder as a project path. */
  readonly path: string
}

const manifestLimit = 1024 * 1024

export function packageImport(
  host: Host,
  from: string,
  written: string,
  place: Place,
  found: Pick<Findings, "report">,
): { readonly paths: readonly string[]; readonly from: ImportedPackage } | null {
  const named = packageName(written)
  const folder = named === null ? null : (host.packageFolder?.(from, named.name) ?? null)
  if (named === null || folder === null) {
    const isFile = written.endsWith(".fmap")
    found.report(
      diagnostic("FM7070", { name: named?.name ?? written }, place, {
        label: "not installed",
        help: isFile
          ? `Write "./${written}" for a file beside this one.`
          : "Add it to the dependencies of the project and install it.",
        edits: isFile ? [{ place, text: JSON.stringify(`./${written}`) }] : [],
      }),
    )
    return null
  }
  const manifest = readManifest(host, folder)
  if (manifest === null) {
    found.report(diagnostic("FM7072", { name: named.name }, place))
    return null
  }
  const wanted = named.subpath === "" ? "." : `./${named.subpath}`
  const targets = manifest.offers.get(wanted)
  if (targets === undefined) {
    const offered = [...manifest.offers.keys()].map(key =>
      key === "." ? named.name : `${named.name}${key.slice(1)}`,
    )
    found.report(
      diagnostic("FM7071", { name: written }, place, {
        help:
          offered.length === 0
            ? `${named.name} has no "fmap" in its package.json.`
            : `It offers ${offered.slice(0, 5).join(", ")}.`,
      }),
    )
    return null
  }
  const paths: string[] = []
  for (const target of targets) {
    const resolved = resolvePath(`${folder}/package.json`, target)
    if (resolved.kind !== "path" || packageRootOf(resolved.path) !== folder) {
      found.report(diagnostic("FM7073", { name: named.name, path: target }, place))
      return null
    }
    paths.push(resolved.path)
  }
  return {
    paths: [...new Set(paths)],
    from: { name: named.name, version: manifest.version, path: folder },
  }
}

interface Manifest {
  readonly version: string
  /** The files behind each door; never none. */
  readonly offers: ReadonlyMap<string, readonly string[]>
}

function readManifest(host: Host, folder: string): Manifest | null {
  const read = host.readFile(`${folder}/package.json`, manifestLimit)
  if (read.kind !== "bytes") return null
  const json = readJsonBytes(read.bytes)
  if (!("ok" in json) || !isObject(json.ok)) return null
  const version = member(json.ok, "version")
  const entry = member(json.ok, "fmap")
  const offers = new Map<string, readonly string[]>()
  for (const [key, behind] of isObject(entry) ? Object.entries(entry) : [[".", entry] as const]) {
    const files: readonly unknown[] = Array.isArray(behind) ? behind : [behind]
    const paths = files.filter(file => typeof file === "string")
    if (paths.length > 0 && paths.length === files.length) offers.set(key, paths)
  }
  return { version: typeof version === "string" ? version : "", offers }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function member(of: object, name: string): unknown {
  return Object.hasOwn(of, name) ? (of as Readonly<Record<string, unknown>>)[name] : undefined
}
