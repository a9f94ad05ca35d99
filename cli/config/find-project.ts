// Which project a command is about. Flows in: the working folder and --project. Flows out: the project's folder and its
// configuration, or why there is none. A folder without fmap.json is a project with all defaults only when it was asked for
// by name or holds the files that were named; nothing is written.
import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"
import { parseConfig } from "./parse-config.ts"
import type { Config } from "./schema.ts"

export interface Project {
  /** Absolute. */
  readonly folder: string
  /** Absolute path of its fmap.json; null when it has none and all defaults hold. */
  readonly file: string | null
  readonly config: Config
}

export type FoundProject =
  | { readonly kind: "project"; readonly project: Project }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

/** `wanted`: a folder or a configuration file, relative to `cwd`; without it fmap.json is looked for in `cwd` and above. */
export function findProject(cwd: string, wanted: string | undefined): FoundProject {
  if (wanted === undefined) {
    const file = above(cwd)
    return file === undefined ? defaults(cwd) : read(file, cwd)
  }
  const path = resolve(cwd, wanted)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined)
    return { kind: "problems", problems: [problem("FM8101", `--project: there is no "${wanted}".`)] }
  if (!stat.isDirectory()) return read(path, cwd)
  const file = join(path, "fmap.json")
  return existsSync(file) ? read(file, cwd) : defaults(path)
}

function above(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, "fmap.json")
    if (existsSync(file)) return file
    if (dirname(folder) === folder) return undefined
  }
}

function defaults(folder: string): FoundProject {
  const parsed = parseConfig("{}", "fmap.json")
  if (parsed.kind === "problems")
    throw new Error(`the defaults of fmap.json do not hold: ${parsed.problems.join(" ")}`)
  return { kind: "project", project: { folder, file: null, config: parsed.config } }
}

function read(file: string, cwd: string): FoundProject {
  const shown = relative(cwd, file) || file
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    return {
      kind: "problems",
      problems: [
        problem(
          "FM8102",
          `${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        ),
      ],
    }
  }
  const parsed = parseConfig(text, shown)
  if (parsed.kind === "problems") return { kind: "problems", problems: problemsOf("FM8107", parsed.problems) }
  return { kind: "project", project: { folder: dirname(file), file, config: parsed.config } }
}
