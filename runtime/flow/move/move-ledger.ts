// Takes a whole ledger from one store to another. Flows in: both ends, held alone. Flows out: the ledger at the target, row for row, and the source marked so that nobody starts on it; or a refusal, and nothing changed.
// At every moment one of the two may be worked on at most, and neither is lost: whoever is killed runs the move again.
import { randomUUID } from "node:crypto"
import { verifyAudit } from "../ledger/audit.ts"
import { arrive } from "../ledger/move-mark.ts"
import { instantText } from "../ledger/operation.ts"
import { reclaimAll } from "../ledger/reclaim.ts"
import { refuseHeld, residence, settleIn } from "../ledger/residence.ts"
import { NotPossible } from "../port/failures.ts"
import type { World } from "../port/world.ts"
import { commonTables } from "./common-tables.ts"
import { type Contents, contentsOf, contentsReader } from "./contents.ts"
import {
  inOrder,
  type LedgerSource,
  type LedgerTable,
  type LedgerTarget,
  type MoveMark,
} from "./ledger-end.ts"

export interface MoveOptions {
  readonly source: LedgerSource
  readonly target: LedgerTarget
  readonly world: World
  /** Who moves it, for the audit. */
  readonly by: string
  /** Where the target is; absent: as was said of it before. */
  readonly region?: string
  /** What stands at the target was moved from there, and may be replaced. */
  readonly replace?: boolean
  /** Told of each thing that is done. */
  readonly told?: (done: string) => void
}

export interface Moved {
  /** Equal at both ends. */
  readonly contents: Contents
  /** Audit records at both ends; the target has one more, of the move. */
  readonly auditRecords: number
  /** An earlier move got as far as that, and this one finished it. */
  readonly finished: boolean
}

export async function moveLedger(options: MoveOptions): Promise<Moved> {
  const { source, target, world, by, told = () => undefined } = options
  if (source.place === target.place)
    throw new NotPossible("FM8408", "A ledger cannot be moved to where it is")
  const [left, standing] = [await source.mark(), await target.mark()]
  const now = instantText(world.now())
  if (left?.state === "moved") {
    const same = standing?.state === "arriving" && standing.id === left.id
    if (!same)
      throw new NotPossible("FM8408", `The ledger ${source.place} was moved to ${left.place} at ${left.at}`)
    // All rows are there: only the last word is missing.
    const compared = await compare(source, target, await tablesOf(options))
    await settle(options)
    await target.ledger.run(() => arrive(standing, by, detailOf(options, compared.contents), now))
    return { ...compared, finished: true }
  }
  if (left !== undefined)
    throw new NotPossible(
      "FM8408",
      `The ledger ${source.place} was not filled to the end; it cannot be moved`,
    )
  await refuseFull(options, standing)
  await settle(options)
  const region = options.region ?? (await target.ledger.run(residence))
  await source.ledger.run(() => refuseHeld(region))
  const id = randomUUID()
  await source.ledger.run(() => reclaimAll(now))
  await source.freeze()
  const tables = await tablesOf(options)
  const reader = contentsReader()
  const pagesOf = (table: LedgerTable) => {
    told(`copying ${table.name}`)
    return reader.through(table, source.pages(table))
  }
  await target.fill(tables, pagesOf, { id, state: "arriving", place: source.place, at: now })
  told("filled")
  const compared = await compare(source, target, tables)
  told("compared")
  await settle({ ...options, ...(region === undefined ? {} : { region }) })
  await source.leave({ id, state: "moved", place: target.place, at: now })
  told("left")
  const mark: MoveMark = { id, state: "arriving", place: source.place, at: now }
  await target.ledger.run(() => arrive(mark, by, detailOf(options, compared.contents), now))
  return { ...compared, finished: false }
}

async function settle({ target, region, world }: MoveOptions): Promise<void> {
  if (region !== undefined) await target.ledger.run(() => settleIn(region, instantText(world.now())))
}

async function tablesOf({ source, target }: MoveOptions): Promise<readonly LedgerTable[]> {
  return inOrder(commonTables(await source.tables(), await target.tables()))
}

async function refuseFull({ target, replace }: MoveOptions, standing: MoveMark | undefined): Promise<void> {
  // What an earlier move left unfinished was never worked on.
  if (standing?.state === "arriving") return
  if (standing?.state === "moved") {
    if (replace === true) return
    throw new NotPossible(
      "FM8408",
      `At ${target.place} stands a ledger that was moved to ${standing.place}; --replace writes over it`,
    )
  }
  for (const table of await target.tables())
    for await (const page of target.pages(table))
      if (page.length > 0)
        throw new NotPossible(
          "FM8408",
          `There is a ledger at ${target.place} already, with rows in ${table.name}`,
        )
}

async function compare(
  source: LedgerSource,
  target: LedgerTarget,
  tables: readonly LedgerTable[],
): Promise<Pick<Moved, "contents" | "auditRecords">> {
  const [here, there] = [await contentsOf(source, tables), await contentsOf(target, tables)]
  const other = here.tables.find(
    ({ table, rows, digest }) =>
      !there.tables.some(one => one.table === table && one.rows === rows && one.digest === digest),
  )
  if (other !== undefined || JSON.stringify(here.sums) !== JSON.stringify(there.sums))
    throw new NotPossible(
      "FM8408",
      `What arrived at ${target.place} is not what left: ${other?.table ?? "sums"}; nothing was moved`,
    )
  const audit = await target.ledger.run(verifyAudit)
  if (audit.kind === "broken")
    throw new NotPossible(
      "FM8408",
      `The audit of the ledger is broken at record ${audit.seq}: ${audit.why}; nothing was moved`,
    )
  return { contents: there, auditRecords: audit.records }
}

function detailOf({ source, target }: MoveOptions, { tables, sums }: Contents): unknown {
  const rows = Object.fromEntries(tables.map(({ table, rows }) => [table, rows]))
  return { from: source.place, to: target.place, rows, sums }
}
