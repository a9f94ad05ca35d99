// `fmap init`: a project that checks, compiles and tests green. Flows in: a folder. Flows out: the files of the scaffold that are not
// there yet; what exists is never touched. The templates are files in cli/scaffold.
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs"
import { basename, dirname, join, relative, resolve } from "node:path"
import Handlebars from "handlebars"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { scaffoldFolder } from "../resources.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import { shellWord } from "../terminal/shell-word.ts"
import type { Terminal } from "../terminal/terminal.ts"

/** Templates by where they go; the workflow goes to the top of the repository, all else into the project. */
const files = [
  "fmap.json",
  "contracts/shop.fmap",
  "contracts/ledger.fmap",
  "maps/bill-order.fmap",
  "samples/paid.json",
  "samples/open.json",
  "samples/nothing.json",
  "tests/bill-order.fmap",
] as const
const workflow = ".github/workflows/fmap.yml"

export async function init(folder: string, terminal: Terminal): Promise<ExitCode> {
  const project = resolve(terminal.cwd, folder)
  if (existsSync(project) && !statSync(project).isDirectory())
    return cannotStart(terminal, [problem("FM8104", `"${folder}" is a file.`)])
  const root = repositoryOf(project)
  const below = relative(root, project).replaceAll("\\", "/")
  const name = basename(project)
  const values = {
    name: safeLine(name),
    owner: "Finance Systems",
    project: below === "" ? "" : ` --project ${shellWord(below)}`,
  }

  const wanted = new Map<string, string>([
    ...files.map(file => [join(project, file), rendered(`${file}.hbs`, values)] as const),
    [join(root, workflow), rendered("github-workflow.yml.hbs", values)],
  ])
  // A project with its own .fmap files wants a configuration, not an example that may clash with it.
  const existing = [...wanted.keys()].filter(path => existsSync(path))
  const isProject = existing.includes(join(project, "fmap.json"))
  const missing = new Map(
    [...wanted]
      .filter(([path]) => !existing.includes(path))
      .map(([path, text]) => [path, Buffer.from(text, "utf8")] as const),
  )
  if (isProject)
    return cannotStart(terminal, [
      problem(
        "FM8104",
        `${shown(join(project, "fmap.json"), terminal)} exists: this is an fmap project already.`,
      ),
    ])

  const written = await writeAll(nodeFileSystem, missing, terminal.interrupted)
  if (written.kind === "failed")
    return cannotStart(terminal, [
      problem(
        "FM8103",
        `${shown(written.path, terminal)} cannot be written: ${written.reason}. Nothing was changed.`,
      ),
    ])
  if (written.kind === "interrupted") return exitCodes.interrupted
  for (const path of written.changed) terminal.comment(`  new   ${safeLine(shown(path, terminal))}\n`)
  for (const path of existing) terminal.comment(`  kept  ${safeLine(shown(path, terminal))}\n`)
  const option = folder === "." ? "" : ` --project ${shellWord(folder)}`
  terminal.comment(
    `\nNext:\n  npx fmap check${option}\n  npx fmap test${option}\n  npx fmap compile${option}\n` +
      `  npx fmap run BillOrder ${shown(join(project, "samples", "paid.json"), terminal)}${option}\n` +
      "\nThe emitted code imports @fmap/runtime: npm install @fmap/runtime\n",
  )
  return exitCodes.fine
}

function rendered(template: string, values: object): string {
  const source = readFileSync(new URL(template, scaffoldFolder), "utf8")
  // The targets are no HTML; names go in as they are and are checked by what reads them.
  return Handlebars.compile(source, { noEscape: true, strict: true })(values)
}

/** The folder above that git knows, else the folder itself. */
function repositoryOf(project: string): string {
  const start = existsSync(project) ? realpathSync(project) : project
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder
    if (dirname(folder) === folder) return start
  }
}

function shown(path: string, terminal: Terminal): string {
  return relative(terminal.cwd, path) || "."
}
