// `fmap docs`: writes the documentation of a project as pages that need no server and no JavaScript. Flows in: options. Flows out: the files,
// all of them or none. Tests run first: the pages tell their state.
import { resolve } from "node:path"
import { docsSite, emitFiles, type Plan, type Site } from "@fmap/compiler"
import { loadInput } from "../docs/load-input.ts"
import { siteRenderer } from "../docs/render-site.ts"
import { nodeFileSystem } from "../files/file-system.ts"
import { type EmittedFile, type OutputPlan, planOutput } from "../files/output-folder.ts"
import { tellDrift, writeOutput } from "../files/write-output.ts"
import { analyseProject } from "../project/analyse-project.ts"
import { openProject } from "../project/open-project.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { passedOf } from "../reporters/test-reports.ts"
import { isFileError } from "../run/file-error.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface DocsOptions {
  readonly project?: string
  readonly out?: string
  readonly check?: boolean
  readonly force?: boolean
}

export async function docs(options: DocsOptions, terminal: Terminal): Promise<ExitCode> {
  const opening = openProject(terminal.cwd, options.project, [])
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const { project } = opening.opened
  const analysed = analyseProject(opening.opened)
  tellDiagnostics(analysed, project.folder, terminal)
  if (analysed.plan === null) {
    terminal.comment("Nothing was written.\n")
    return exitCodes.findings
  }
  const { plan } = analysed
  const loaded = loadInput(plan, analysed, project.folder)
  if (loaded.kind === "problems") return cannotStart(terminal, loaded.problems)
  const { input } = loaded
  const failed = input.tests.length - passedOf(input.tests)
  if (failed > 0) terminal.comment(`${failed} of ${input.tests.length} tests failed; the pages say so.\n`)

  const folder =
    options.out === undefined ? resolve(project.folder, "site") : resolve(terminal.cwd, options.out)
  const site = docsSite(input)
  const files = [...siteRenderer()(site), ...schemaFiles(site, plan, project.config.emit.jsonSchema)]
  let output: OutputPlan
  try {
    output = planOutput(nodeFileSystem, folder, files, true)
  } catch (error) {
    // Only the disk may refuse; anything else is a bug of ours and is told as one.
    if (!isFileError(error)) throw error
    return cannotStart(terminal, [problem("FM8102", `${folder} cannot be read: ${error.message}.`)])
  }
  return options.check === true
    ? tellDrift(output, folder, "docs", terminal)
    : writeOutput(output, folder, foreignHelp, options.force === true, terminal)
}

const foreignHelp = "Choose another folder with --out, or overwrite with --force."

/** Beside the page of each contract. */
function schemaFiles(
  { contracts }: Site,
  plan: Plan,
  options: boolean | { readonly baseUrl?: string | undefined },
): readonly EmittedFile[] {
  const emitted = emitFiles(plan, { jsonSchema: options === false ? true : options })
  const shapes = plan.shapes.filter(({ kind }) => kind !== "inferred")
  return contracts.flatMap(({ id, path }) => {
    const file = emitted[shapes.findIndex(shape => shape.id === id)]
    return file === undefined ? [] : [{ path: `${path}.schema.json`, text: file.text }]
  })
}
