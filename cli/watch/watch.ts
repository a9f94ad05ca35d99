// Doing a verb again when the project changes. Flows in: what to do. Flows out: the last exit code, when interrupted. A burst of
// changes counts once; what fmap itself writes does not count.
import { existsSync, watch as watchFolder } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import { openProject } from "../project/open-project.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

const quiet = 80

export async function watch(
  paths: readonly string[],
  project: string | undefined,
  terminal: Terminal,
  doIt: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const opening = openProject(terminal.cwd, project, paths)
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const { folder, config } = opening.opened.project
  const own = `${config.out.replace(/^\.\//u, "").replace(/\/+$/u, "")}/`

  const { interrupted } = terminal
  let changed: (() => void) | undefined
  let pending = false
  const note = (file: string | null) => {
    const path = (file ?? "").replaceAll("\\", "/")
    if (path.startsWith(own) || path.includes("node_modules/") || isNoise(path)) return
    pending = true
    changed?.()
  }
  const watcher = watchFolder(folder, { recursive: true, signal: interrupted }, (_event, file) => note(file))
  watcher.on("error", () => {})
  const stopped = new Promise<void>(resolve =>
    interrupted.addEventListener("abort", () => resolve(), { once: true }),
  )

  while (!interrupted.aborted) {
    pending = false
    await doIt()
    if (interrupted.aborted) break
    terminal.comment(`Watching ${folder}; Ctrl-C ends.\n`)
    if (!pending) await Promise.race([stopped, new Promise<void>(resolve => (changed = resolve))])
    changed = undefined
    // Editors write in several steps; wait until it is quiet.
    while (pending && !interrupted.aborted) {
      pending = false
      await wait(quiet)
    }
    if (!existsSync(folder))
      return cannotStart(terminal, [problem("FM8101", `The project folder ${folder} is gone.`)])
  }
  return exitCodes.interrupted
}

/** Hidden files, what editors leave beside a file, and logs: `fmap check --watch > check.log` must not see its own words. */
function isNoise(path: string): boolean {
  return /(?:^|\/)\.|~$|\.(?:log|out|err|tmp|swp)$/u.test(path)
}
