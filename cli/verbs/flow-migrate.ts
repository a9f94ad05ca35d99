// `fmap flow migrate`: makes the ledger, or brings its schema up to date, and runs nothing. Flows in: the store, a role that is to work on it. Flows out: what is there now; on PostgreSQL what such a role needs, granted
// with --grant, as SQL without.
import { NotPossible, StoreFailed, systemWorld } from "@fmap/runtime/flow"
import { type FlowOptions, openFlowProject } from "../flow/open-flows.ts"
import { openStore } from "../flow/open-store.ts"
import { postgresDrivers } from "../flow/postgres-drivers.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem, problemOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowMigrateOptions extends FlowOptions {
  readonly grant?: string
}

const shownRole = "fmap_worker"

export async function flowMigrate(options: FlowMigrateOptions, terminal: Terminal): Promise<ExitCode> {
  const found = openFlowProject(options, terminal)
  if (found.kind === "ended") return found.code
  const { store: text, folder } = found.ready.config
  const inDatabase = !text.startsWith("sqlite:")
  if (options.grant !== undefined && !inDatabase)
    return cannotStart(terminal, [
      problem("FM8004", "--grant is for PostgreSQL: who may write a file, the system says."),
    ])
  const told = (error: Error) => terminal.comment(`${safeLine(error.message)}\n`)
  const where = options.store === undefined ? folder : terminal.cwd
  const opened = await openStore(text, where, systemWorld(), "worker", told)
  if (opened.kind === "problem") return cannotStart(terminal, [opened.problem])
  const { name } = opened.store
  await opened.store.close()
  await terminal.out(`${safeLine(name)} is up to date.\n`)
  if (!inDatabase) return exitCodes.fine
  try {
    const { grantsFor, grantWork } = await postgresDrivers()
    const { grant } = options
    if (grant !== undefined) {
      await grantWork(text, grant)
      await terminal.out(`${safeLine(grant)} may work on it, and make or change no table.\n`)
      return exitCodes.fine
    }
    const grants = grantsFor(shownRole).map(one => `  ${one};\n`)
    await terminal.out(
      `A role that only works on it needs (--grant ${shownRole} does it):\n${grants.join("")}`,
    )
    return exitCodes.fine
  } catch (error) {
    if (!(error instanceof NotPossible || error instanceof StoreFailed)) throw error
    return cannotStart(terminal, [problemOf(error)])
  }
}
