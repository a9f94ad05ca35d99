// One side of a comparison: a folder, a compiled Plan, or a commit. Flows in: the word for it. Flows out: the Plan with its sources and the rows of its
// files, or plain sentences why there is none. It must not know what is compared.
import { existsSync, readFileSync, statSync } from "node:fs"
import { resolve } from "node:path"
import { analyse, type Host, type Plan, type Release, readPlan } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { findProject } from "../config/find-project.ts"
import { openProject } from "../project/open-project.ts"
import { type Problem, problem } from "../terminal/problem.ts"
import { atCommit } from "./at-commit.ts"
import { rowsOfFiles } from "./rows-of-files.ts"

export interface ReadRelease extends Release {
  /** As a heading calls it. */
  readonly name: string
  /** Null: of a Plan only what it holds is known. */
  readonly host: Host | null
  /** Where its files lie. */
  readonly folder: string
  /** Removes what was written to read it. */
  readonly close: () => void
}

export type ReleaseRead =
  | { readonly kind: "release"; readonly release: ReadRelease }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

/** `project`: whose commits are meant. Null for the word: the project as it stands. */
export function readRelease(word: string | null, project: string | undefined, cwd: string): ReleaseRead {
  if (word === null) return releaseOfFolder(project, "the working tree", cwd, null, () => {})
  const path = resolve(cwd, word)
  const status = statSync(path, { throwIfNoEntry: false })
  if (status?.isDirectory() === true) return releaseOfFolder(word, word, cwd, null, () => {})
  if (status !== undefined) return releaseOfPlan(path, word)
  const found = findProject(cwd, project)
  if (found.kind === "problems") return found
  const here = found.project.folder
  const files = atCommit(here, word)
  if (files.kind === "problem") return { kind: "problems", problems: [problem("FM8301", files.problem)] }
  const read = releaseOfFolder(files.folder, word, cwd, here, files.remove)
  if (read.kind === "problems") files.remove()
  return read
}

function releaseOfFolder(
  folder: string | undefined,
  name: string,
  cwd: string,
  /** Where packages are installed, when that is elsewhere. */
  packages: string | null,
  close: () => void,
): ReleaseRead {
  const opening = openProject(cwd, folder, [])
  if (opening.kind === "problems") return opening
  const { project, entries } = opening.opened
  const host = packages === null ? nodeHost(project.folder) : withPackagesOf(project.folder, packages)
  const { plan, diagnostics } = analyse(host, entries)
  if (plan === null) {
    const errors = diagnostics.filter(({ severity }) => severity === "error")
    const [first] = errors
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ""
    return {
      kind: "problems",
      problems: [
        problem(
          "FM8109",
          `${name} has errors: ${first?.code ?? ""} ${(first?.message ?? "").replace(/\.$/u, "")}${more}. "fmap check" tells them.`,
        ),
      ],
    }
  }
  return {
    kind: "release",
    release: {
      name,
      host,
      plan,
      close,
      textOf: textsOf(host),
      rows: allRows(plan, rowsOfFiles(plan, host, project.folder)),
      folder: project.folder,
    },
  }
}

/** Packages are those installed now: a commit does not hold them. */
function withPackagesOf(folder: string, packages: string): Host {
  const files = nodeHost(folder)
  const installed = nodeHost(packages)
  const hostOf = (path: string): Host => (path.includes("node_modules/") ? installed : files)
  return {
    packageFolder: (from, name) => installed.packageFolder?.(from, name) ?? null,
    readFile: (path, limit) => hostOf(path).readFile(path, limit),
    exists: path => hostOf(path).exists(path),
  }
}

const largestText = 64 * 1024 * 1024

function textsOf(host: Host): Release["textOf"] {
  const texts = new Map<string, string | undefined>()
  return path => {
    if (!texts.has(path)) {
      const read = host.readFile(path, largestText)
      texts.set(path, read.kind === "bytes" ? new TextDecoder().decode(read.bytes) : undefined)
    }
    return texts.get(path)
  }
}

function allRows(plan: Plan, rowsOf: ReturnType<typeof rowsOfFiles>): Release["rows"] {
  return new Map(
    plan.crosswalks.flatMap(({ id }) => {
      const rows = rowsOf(id)
      return rows === null ? [] : [[id, rows] as const]
    }),
  )
}

function releaseOfPlan(path: string, word: string): ReleaseRead {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: "problems", problems: [problem("FM8102", `"${word}" cannot be read: ${reason}.`)] }
  }
  const read = readPlan(text)
  if ("problem" in read)
    return { kind: "problems", problems: [problem("FM8301", `${word}: ${read.problem}`)] }
  return {
    kind: "release",
    release: {
      name: word,
      host: null,
      plan: read.plan,
      close: () => {},
      textOf: () => undefined,
      rows: new Map(),
      folder: "",
    },
  }
}

/** Names that mean schema files, and no project. */
export function areSchemas(words: readonly string[], cwd: string): boolean {
  return words.some(word => {
    const path = resolve(cwd, word)
    if (!existsSync(path) || !statSync(path).isFile()) return false
    return !isPlan(path)
  })
}

function isPlan(path: string): boolean {
  try {
    return /^\s*\{\s*"format":\s*"fmap\.plan"/u.test(readFileSync(path, "utf8").slice(0, 200))
  } catch {
    return false
  }
}
