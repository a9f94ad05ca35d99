// The files of a project as they stood at a commit. Flows in: the project's folder and what git calls the commit. Flows out: a folder of its own that
// must be removed, or a plain sentence. Neither the working tree nor the index of the repository is touched, and no network is used.
import { spawnSync } from "node:child_process"
import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export type AtCommit =
  | { readonly kind: "files"; readonly folder: string; readonly commit: string; readonly remove: () => void }
  | { readonly kind: "problem"; readonly problem: string }

export function atCommit(folder: string, wanted: string): AtCommit {
  const top = git(folder, ["rev-parse", "--show-toplevel"])
  const prefix = git(folder, ["rev-parse", "--show-prefix"])
  if (top === null || prefix === null)
    return {
      kind: "problem",
      problem: `There is no file or folder "${wanted}", and no git repository whose commit it could be.`,
    }
  const commit = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${wanted}^{commit}`])
  if (commit === null) {
    const isCut = git(folder, ["rev-parse", "--is-shallow-repository"]) === "true"
    const why = isCut
      ? " The clone has only the last commits: `git fetch --unshallow` brings the others, in a pipeline `fetch-depth: 0`."
      : ""
    return {
      kind: "problem",
      problem: `"${wanted}" is no file, no folder and no commit of this repository.${why}`,
    }
  }
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), "fmap-diff-")))
  const remove = (): void => rmSync(temporary, { recursive: true, force: true })
  // an index of its own: what is staged stays as it is
  const environment = { GIT_INDEX_FILE: join(temporary, "index"), GIT_LFS_SKIP_SMUDGE: "1" }
  const files = join(temporary, "files")
  const tree = `${commit}:${prefix.replace(/\/$/u, "")}`
  const isRead =
    git(top, ["read-tree", tree], environment) !== null &&
    git(top, ["checkout-index", "--all", "--force", `--prefix=${files}/`], environment) !== null
  if (!isRead) {
    remove()
    return {
      kind: "problem",
      problem: `At ${wanted} there was no project in ${prefix === "" ? "this folder" : prefix}.`,
    }
  }
  return { kind: "files", folder: files, commit, remove }
}

/** What it said; null where it failed. */
function git(
  cwd: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string | null {
  const done = spawnSync("git", [...words], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  })
  return done.status === 0 ? done.stdout.trim() : null
}
