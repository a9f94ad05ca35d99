// From the words on the command line to a project and its entry files. Flows in: the working folder, --project and the paths
// named. Flows out: the project and project-relative paths, or plain sentences why it cannot start. Compiles nothing.
import { realpathSync, statSync } from "node:fs"
import { dirname, isAbsolute, relative, resolve, sep } from "node:path"
import { globSync } from "tinyglobby"
import { findProject, type Project } from "../config/find-project.ts"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"

export interface OpenedProject {
  readonly project: Project
  /** Project-relative, with `/`, sorted. */
  readonly entries: readonly string[]
}

export type Opened =
  | { readonly kind: "opened"; readonly opened: OpenedProject }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

/** Without `paths` the entries are what fmap.json includes; a folder among them stands for the included files below it. */
export function openProject(cwd: string, wanted: string | undefined, paths: readonly string[]): Opened {
  const absolute = paths.map(path => resolve(cwd, path))
  const missing = paths.filter((_, i) => !isThere(absolute[i] ?? ""))
  if (missing.length > 0)
    return {
      kind: "problems",
      problems: problemsOf(
        "FM8101",
        missing.map(path => `There is no file or folder "${path}".`),
      ),
    }

  const found = findProject(wanted === undefined ? startFolder(cwd, absolute) : cwd, wanted)
  if (found.kind === "problems") return found
  // Links are followed once, here, so that every later comparison of paths is one of real ones.
  const folder = realpathSync(found.project.folder)
  const project = { ...found.project, folder }
  const outside = paths.filter((_, i) => !isInside(folder, realpathSync(absolute[i] ?? "")))
  if (outside.length > 0) {
    return {
      kind: "problems",
      problems: problemsOf(
        "FM8106",
        outside.map(path => `"${path}" lies outside the project folder ${folder}.`),
      ),
    }
  }

  if (absolute.length === 0) {
    const entries = included(project)
    if (entries.length > 0) return { kind: "opened", opened: { project, entries } }
    const where =
      project.file === null
        ? `No .fmap file below ${folder}`
        : `fmap.json includes no .fmap file (${project.config.include.join(", ")})`
    return {
      kind: "problems",
      problems: [problem("FM8105", `${where}. Run "fmap init" for a start, or name the files.`)],
    }
  }
  const entries = absolute
    .map(path => realpathSync(path))
    .flatMap(path => {
      if (!statSync(path).isDirectory()) return [projectPath(folder, path)]
      const below = projectPath(folder, path)
      return included(project).filter(entry => below === "" || entry.startsWith(`${below}/`))
    })
  if (entries.length === 0)
    return { kind: "problems", problems: [problem("FM8105", `No .fmap file below ${paths.join(", ")}.`)] }
  return { kind: "opened", opened: { project, entries: [...new Set(entries)].toSorted() } }
}

/** The files of the project that fmap.json includes. */
function included(project: Project): string[] {
  const { include, exclude, out } = project.config
  return globSync([...include], {
    cwd: project.folder,
    ignore: ["**/node_modules/**", `${out.replace(/^\.\//u, "").replace(/\/+$/u, "")}/**`, ...exclude],
    onlyFiles: true,
    expandDirectories: false,
    followSymbolicLinks: false,
  })
    .map(path => path.replaceAll("\\", "/"))
    .filter(path => path.endsWith(".fmap"))
    .toSorted()
}

/** Named files say which project is meant; without them it is the working folder's. */
function startFolder(cwd: string, absolute: readonly string[]): string {
  const [first] = absolute
  if (first === undefined) return cwd
  const folder = statSync(first).isDirectory() ? first : dirname(first)
  const found = findProject(folder, undefined)
  const hasFile = found.kind === "problems" || found.project.file !== null
  return !hasFile && isInside(cwd, folder) ? cwd : folder
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function projectPath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/")
}
