// What a project keeps of its releases. Flows in: an opened project. Flows out: the state the check reads, where each file is, or plain sentences
// about what cannot be read. A project that never released anything has none of these files.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, sep } from "node:path"
import {
  emptyBook,
  emptyLock,
  isManifestPath,
  manifestHash,
  manifestPath,
  type ReleasePlaces,
  type ReleaseState,
  readApprovals,
  readLock,
  readManifest,
} from "@fmap/compiler"
import type { Project } from "../config/find-project.ts"
import { nodeHash } from "../project/node-hash.ts"
import { isFileError } from "../run/file-error.ts"
import { type Problem, problemsOf } from "../terminal/problem.ts"

export interface ReleaseFiles {
  readonly state: ReleaseState
  /** Of the package the project is in; null: none, or a private one. */
  readonly version: string | null
  /** Absolute paths. */
  readonly folder: string
  readonly lock: string
  readonly approvals: string
  readonly changelog: string
  readonly places: ReleasePlaces
}

export type ReadReleases =
  | { readonly kind: "read"; readonly files: ReleaseFiles }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

/** `shown`: a path of the project as the reader knows it. */
export function readReleases({ folder, config }: Project, shown: (file: string) => string): ReadReleases {
  const inReleases = (file: string) => `${config.releases.replace(/\/+$/u, "")}/${file}`
  const names = {
    lock: inReleases("fmap.lock.json"),
    approvals: inReleases("approvals.json"),
    changelog: "CHANGELOG.md",
    project: "package.json",
  }
  const texts = mapValues(names, file => readText(join(folder, file), shown(file)))
  const problems = Object.values(texts).flatMap(text => ("problem" in text ? [text.problem] : []))
  const lock = parsed(texts.lock, text => readLock(text, shown(names.lock)))
  const book = parsed(texts.approvals, text => readApprovals(text, shown(names.approvals)))
  for (const one of [lock, book]) if (one !== null && "problem" in one) problems.push(one.problem)
  if (problems.length > 0) return { kind: "problems", problems: problemsOf("FM8302", problems) }

  const approvalsText = textOf(texts.approvals) ?? ""
  const state: ReleaseState = {
    lock: lock !== null && "lock" in lock ? lock.lock : emptyLock,
    book: book !== null && "book" in book ? book.book : emptyBook,
    changelog: textOf(texts.changelog),
    manifestHashOf: release => {
      const read = readText(join(folder, inReleases(manifestPath(release))), "")
      return "text" in read && read.text !== null ? manifestHash(read.text, nodeHash) : null
    },
    hash: nodeHash,
    strays: straysOf(
      join(folder, config.releases),
      lock !== null && "lock" in lock ? lock.lock.releases.map(manifestPath) : [],
    ),
    manifestOf: release => {
      const file = inReleases(manifestPath(release))
      const read = readText(join(folder, file), shown(file))
      if ("problem" in read) return read
      return read.text === null
        ? { problem: `${shown(file)} is missing.` }
        : readManifest(read.text, shown(file))
    },
  }
  return {
    kind: "read",
    files: {
      state,
      version: packageVersion(textOf(texts.project)),
      folder: join(folder, config.releases),
      lock: join(folder, names.lock),
      approvals: join(folder, names.approvals),
      changelog: join(folder, names.changelog),
      places: {
        lock: shown(names.lock),
        project: shown(names.project),
        changelog: shown(names.changelog),
        approval: fingerprint => `${shown(names.approvals)}:${lineOf(approvalsText, fingerprint)}:1`,
      },
    },
  }
}

/** Manifests of releases that are not among these. */
function straysOf(folder: string, known: readonly string[]): readonly string[] {
  if (!existsSync(folder)) return []
  const paths = new Set(known)
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map(path => path.split(sep).join("/"))
    .filter(path => isManifestPath(path) && !paths.has(path))
    .toSorted()
}

type Text = { readonly text: string | null } | { readonly problem: string }

/** Null: there is no such file. */
function readText(path: string, shown: string): Text {
  if (!existsSync(path)) return { text: null }
  try {
    return { text: readFileSync(path, "utf8") }
  } catch (error) {
    if (!isFileError(error)) throw error
    return { problem: `${shown} cannot be read: ${error.message}.` }
  }
}

function textOf(text: Text): string | null {
  return "text" in text ? text.text : null
}

function parsed<T>(text: Text, parse: (text: string) => T): T | null {
  const found = textOf(text)
  return found === null ? null : parse(found)
}

function mapValues<K extends string, T>(
  from: Readonly<Record<K, string>>,
  change: (value: string) => T,
): Readonly<Record<K, T>> {
  return Object.fromEntries(
    Object.entries<string>(from).map(([name, value]) => [name, change(value)]),
  ) as Record<K, T>
}

function packageVersion(text: string | null): string | null {
  if (text === null) return null
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data !== "object" || data === null || ("private" in data && data.private === true)) return null
    const version = "version" in data ? data.version : null
    return typeof version === "string" && /^\d+\.\d+\.\d+$/u.test(version) ? version : null
  } catch {
    return null
  }
}

function lineOf(text: string, part: string): number {
  const at = part === "" ? -1 : text.indexOf(part)
  return at < 0 ? 1 : text.slice(0, at).split("\n").length
}
