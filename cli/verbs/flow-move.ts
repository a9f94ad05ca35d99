// `fmap flow move --from STORE --to STORE`: the whole ledger to another store. Flows in: both stores. Flows out: what is there now, the same as what was: counts, sums by currency and the chain of the audit on
// standard output. The source is marked, so that nobody starts on it.
import { resolve } from "node:path"
import { moneyText } from "@fmap/runtime"
import {
  type LedgerSource,
  type LedgerTarget,
  type Moved,
  moveLedger,
  NotPossible,
  StoreFailed,
  sqliteSource,
  sqliteTarget,
  systemWorld,
} from "@fmap/runtime/flow"
import { type ActorOptions, actorOf } from "../flow/actor.ts"
import { noStore } from "../flow/open-store.ts"
import { postgresDrivers } from "../flow/postgres-drivers.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem, problemOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowMoveOptions extends ActorOptions {
  readonly from: string
  readonly to: string
  readonly replace?: boolean
  /** Where the target is. */
  readonly region?: string
}

export async function flowMove(options: FlowMoveOptions, terminal: Terminal): Promise<ExitCode> {
  const world = systemWorld()
  const told = (error: Error) => terminal.comment(`${safeLine(error.message)}\n`)
  let source: LedgerSource | undefined
  let target: LedgerTarget | undefined
  try {
    const from = placeOf(options.from, terminal)
    if (from === undefined) return cannotStart(terminal, [noStore(options.from)])
    const to = placeOf(options.to, terminal)
    if (to === undefined) return cannotStart(terminal, [noStore(options.to)])
    if (JSON.stringify(from) === JSON.stringify(to))
      return cannotStart(terminal, [problem("FM8408", "A ledger cannot be moved to where it is.")])
    const troubled = (error: unknown) => told(error instanceof Error ? error : new Error(String(error)))
    source = await endAt(
      from,
      path => sqliteSource(path, world),
      ({ postgresSource }, connection) => postgresSource({ connection, troubled }, world),
    )
    target = await endAt(
      to,
      path => sqliteTarget(path, world),
      ({ postgresTarget }, connection) => postgresTarget({ connection, troubled }, world),
    )
    const moved = await moveLedger({
      source,
      target,
      world,
      by: actorOf(options, terminal).name,
      replace: options.replace === true,
      ...(options.region === undefined ? {} : { region: options.region }),
    })
    await terminal.out(movedText(moved, source.place, target.place))
    return exitCodes.fine
  } catch (error) {
    if (!(error instanceof NotPossible || error instanceof StoreFailed)) throw error
    return cannotStart(terminal, [problemOf(error)])
  } finally {
    await target?.close()
    await source?.close()
  }
}

type Place =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "database"; readonly connection: string }

function placeOf(text: string, { cwd }: Terminal): Place | undefined {
  if (text.startsWith("sqlite:")) return { kind: "file", path: resolve(cwd, text.slice("sqlite:".length)) }
  return /^postgres(?:ql)?:\/\//u.test(text) ? { kind: "database", connection: text } : undefined
}

async function endAt<End>(
  place: Place,
  inFile: (path: string) => End,
  inDatabase: (drivers: Awaited<ReturnType<typeof postgresDrivers>>, connection: string) => Promise<End>,
): Promise<End> {
  return place.kind === "file" ? inFile(place.path) : inDatabase(await postgresDrivers(), place.connection)
}

function movedText({ contents, auditRecords, finished }: Moved, from: string, to: string): string {
  const { tables, sums } = contents
  const lines = [
    `${finished ? "Finished the move of" : "Moved"} ${from} to ${to}; equal at both ends:`,
    ...tables.flatMap(({ table, rows }) =>
      rows === 0 ? [] : [`  ${table}: ${rows} row${rows === 1 ? "" : "s"}`],
    ),
    ...sums.map(
      ({ of, currency, value }) =>
        `  ${of === "events" ? "events" : "done at targets"}: ${moneyText(value, currency)}`,
    ),
    `  audit: unbroken, ${auditRecords} record${auditRecords === 1 ? "" : "s"}`,
    `Start it there: fmap flow start --store ${to}. Nobody can start on ${from} any more.`,
  ]
  return lines.map(line => `${safeLine(line)}\n`).join("")
}
