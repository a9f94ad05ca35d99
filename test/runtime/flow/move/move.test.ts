// The promises of a move, between two files: all of it or nothing, compared before the source is left, and one of the two at most to be worked on. Both stores, drained after, stand in ../postgres/move.test.ts.
import { existsSync, mkdtempSync, readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import type { LedgerSource, LedgerTarget } from "../../../../runtime/flow/move/ledger-end.ts"
import { moveLedger } from "../../../../runtime/flow/move/move-ledger.ts"
import { openSqliteGuest } from "../../../../runtime/flow/stores/sqlite/open-guest.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { sqliteSource, sqliteTarget } from "../../../../runtime/flow/stores/sqlite/sqlite-end.ts"
import { getIntoTheMidst, rowsOf, systemsInTheMidst } from "../midst/midst-of-work.ts"

const world = systemWorld()
const slow = { ...world, random: () => 0.999 }
const newFile = () => join(mkdtempSync(join(tmpdir(), "fmap-move-")), "fmap.db")

async function midst(): Promise<string> {
  const file = newFile()
  const ledger = openSqliteLedger(file, slow)
  const engineOf = (flows: Parameters<typeof createEngine>[0]["flows"]) =>
    createEngine({ flows, ledger, world: slow, worker: "w" })
  await getIntoTheMidst(engineOf, ledger, systemsInTheMidst(), slow)
  ledger.close()
  return file
}

interface Ends {
  readonly source?: (source: LedgerSource) => LedgerSource
  readonly target?: (target: LedgerTarget) => LedgerTarget
  readonly told?: (done: string) => void
}

async function move(
  from: string,
  to: string,
  { source: own = one => one, target: other = one => one, told }: Ends = {},
) {
  const source = sqliteSource(from, world)
  const target = sqliteTarget(to, world)
  try {
    const ends = { source: own(source), target: other(target) }
    return await moveLedger({ ...ends, world, by: "mara", ...(told === undefined ? {} : { told }) })
  } finally {
    await target.close()
    await source.close()
  }
}

const opens = (file: string): true | string => {
  try {
    openSqliteLedger(file, world).close()
    return true
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test("a ledger goes with all that is in it, and nobody starts on the old one", async () => {
  const [from, to] = [await midst(), newFile()]
  const done: string[] = []
  const { contents, auditRecords } = await move(from, to, { told: one => void done.push(one) })
  expect(done.filter(one => !one.startsWith("copying"))).toEqual(["filled", "compared", "left"])
  expect(done.indexOf("copying inbox"), "what others refer to goes first").toBeLessThan(
    done.indexOf("copying effect"),
  )
  expect(auditRecords).toBe(5)
  expect(contents.tables.find(({ table }) => table === "inbox")?.rows).toBe(7)
  expect(opens(from)).toContain("was moved to sqlite:")
  expect(() => openSqliteGuest(from)).toThrow("its work goes on there")
  const ledger = openSqliteLedger(to, world)
  expect(await ledger.run(brokenInvariants)).toEqual([])
  expect(await rowsOf(ledger, "SELECT count(*) AS n FROM audit")).toEqual([{ n: 6 }])
  ledger.close()
  await expect(move(from, newFile())).rejects.toThrow("was moved to")
})

test.each([
  ["a row is lost", (rows: readonly (readonly unknown[])[]) => rows.slice(1)],
  [
    "a cell is another",
    (rows: readonly (readonly unknown[])[]) =>
      rows.map((row, at) => (at === 0 ? row.map(cell => (cell === "mara" ? "olaf" : cell)) : row)),
  ],
])("what arrives is compared with what left: where %s nothing has moved", async (_, spoilt) => {
  const [from, to] = [await midst(), newFile()]
  const spoiling = (target: LedgerTarget): LedgerTarget => ({
    place: target.place,
    get ledger() {
      return target.ledger
    },
    tables: () => target.tables(),
    pages: table => target.pages(table),
    mark: () => target.mark(),
    close: () => target.close(),
    fill: (tables, pagesOf, mark) =>
      target.fill(
        tables,
        async function* (table) {
          for await (const rows of pagesOf(table))
            yield table.name === "decision" ? (spoilt(rows) as typeof rows) : rows
        },
        mark,
      ),
  })
  await expect(move(from, to, { target: spoiling })).rejects.toThrow("is not what left: decision")
  expect(opens(from)).toBe(true)
  expect(opens(to)).toContain("was not filled to the end")
  // The next one fills it anew.
  await move(from, to)
  expect([opens(from) === true, opens(to)]).toEqual([false, true])
})

test("one that fails in the middle leaves both as they were", async () => {
  const [from, to] = [await midst(), newFile()]
  const told = (done: string) => {
    if (done === "copying step") throw new Error("the disk is full")
  }
  await expect(move(from, to, { told })).rejects.toThrow("the disk is full")
  expect(readdirSync(dirname(to)), "nothing is left of what was begun").toEqual([])
  const ledger = openSqliteLedger(to, world)
  expect(await rowsOf(ledger, "SELECT count(*) AS n FROM inbox")).toEqual([{ n: 0 }])
  ledger.close()
  expect(opens(from)).toBe(true)
})

test("a refused one leaves no file where none was", async () => {
  const [from, to] = [await midst(), newFile()]
  await move(from, to)
  const third = newFile()
  await expect(move(from, third)).rejects.toThrow("was moved to")
  expect(readdirSync(dirname(third))).toEqual([])
  await expect(move(third, third)).rejects.toThrow("There is no ledger")
  expect(readdirSync(dirname(third))).toEqual([])
})

test("one that fails after the source was left is finished by the next one", async () => {
  const [from, to] = [await midst(), newFile()]
  const told = (done: string) => {
    if (done === "left") throw new Error("the power went")
  }
  await expect(move(from, to, { told })).rejects.toThrow("the power went")
  expect([opens(from) === true, opens(to) === true], "neither may be worked on").toEqual([false, false])
  expect((await move(from, to)).finished).toBe(true)
  expect(opens(to)).toBe(true)
})

test("nothing is written over, nor moved while somebody has it", async () => {
  const [from, to] = [await midst(), await midst()]
  await expect(move(from, to)).rejects.toThrow("There is a ledger at")
  const worker = openSqliteLedger(from, world)
  expect(() => sqliteSource(from, world)).toThrow("is held by process")
  worker.close()
  expect(() => sqliteSource(newFile(), world)).toThrow("There is no ledger")
  expect([opens(from), opens(to), existsSync(`${to}.moving`)]).toEqual([true, true, false])
})

test("a table that only one store has is no table to lose", async () => {
  const [from, to] = [await midst(), newFile()]
  const richer = (source: LedgerSource): LedgerSource => ({
    ...source,
    tables: async () => [
      ...(await source.tables()),
      { name: "ledgerbook", columns: ["x"], key: ["x"], refersTo: [] },
    ],
  })
  await expect(move(from, to, { source: richer })).rejects.toThrow(
    "do not both have ledgerbook: it would be lost",
  )
})
