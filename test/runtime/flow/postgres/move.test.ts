// A ledger in the midst of work goes from a file to PostgreSQL and back: drained, it is what it would have been without. Killed wherever it may be, the move is run again, and at no moment may both be worked on.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import { type Moved, moveLedger } from "../../../../runtime/flow/move/move-ledger.ts"
import { NotPossible } from "../../../../runtime/flow/port/failures.ts"
import { openSqliteGuest } from "../../../../runtime/flow/stores/sqlite/open-guest.ts"
import { folderWith } from "../../../cli/folder.ts"
import { drain, getIntoTheMidst, looks, rowsOf, systemsInTheMidst } from "../midst/midst-of-work.ts"
import { openPlace, sourceAt, targetAt } from "./ends.ts"
import { dropSchemas, serverAnswers } from "./server.ts"

const there = await serverAnswers()
const world = systemWorld()
/** What fails waits as long as it may, so that it waits still when the process has ended. */
const slow = { ...world, random: () => 0.999 }
const fileIn = () => join(folderWith({}), "fmap.db")
const schema = "fmap_test_move"
const inPostgres = `postgres:${schema}`

async function midst(place: string) {
  const systems = systemsInTheMidst()
  const open = await openPlace(place, slow)
  await getIntoTheMidst(open.engineOf, open.ledger, systems, slow)
  await open.close()
  return systems
}

async function end(place: string, systems: ReturnType<typeof systemsInTheMidst>) {
  const open = await openPlace(place, world)
  try {
    await drain(open.engineOf, open.ledger, systems, world)
    expect(await open.ledger.run(brokenInvariants)).toEqual([])
    const found: Record<string, unknown> = {}
    for (const [name, text] of Object.entries(looks))
      found[name] = (await rowsOf(open.ledger, text)).map(row =>
        Object.fromEntries(Object.entries(row).map(([column, value]) => [column, same(value)])),
      )
    return { found, told: systems.map(({ system, told }) => [system, told.map(unnumbered).toSorted()]) }
  } finally {
    await open.close()
  }
}

/** Counts are text in one store and numbers in the other. */
function same(value: unknown): unknown {
  return value === null ? null : String(typeof value === "boolean" ? Number(value) : value)
}

/** Which of two lanes is quicker is chance, and with it who gets which number. */
function unnumbered(line: string): string {
  return line.replaceAll(/(?<=SO-|CUST-)\d+/gu, "…")
}

async function move(from: string, to: string, more: { readonly replace?: boolean } = {}): Promise<Moved> {
  const source = await sourceAt(from, world)
  try {
    const target = await targetAt(to, world)
    try {
      return await moveLedger({ source, target, world, by: "mara", ...more })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

const startable = async (place: string) => {
  try {
    await (await openPlace(place, world)).close()
    return true
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error
    return false
  }
}

async function events(place: string): Promise<number | string> {
  try {
    const open = await openPlace(place, world)
    const rows = await rowsOf(open.ledger, "SELECT 1 AS one FROM inbox")
    await open.close()
    return rows.length
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error
    return "not to be worked on"
  }
}

describe.skipIf(!there)("a ledger in the midst of work", () => {
  test("goes to PostgreSQL and is drained there as it would have been in its file", async () => {
    await dropSchemas(schema)
    const [stayed, went] = [fileIn(), fileIn()]
    const [systems, others] = [await midst(stayed), await midst(went)]
    const { contents, auditRecords, finished } = await move(went, inPostgres)
    expect([auditRecords, finished]).toEqual([5, false])
    expect(contents.sums).toEqual([{ of: "events", currency: "KWD", value: "12.345" }])
    expect(Object.fromEntries(contents.tables.map(({ table, rows }) => [table, rows]))).toMatchObject({
      audit: 5,
      decision: 1,
      exception: 3,
      inbox: 7,
      lane: 6,
      outbox: 2,
      watermark: 1,
      link: 3,
      seen: 5,
    })
    expect(() => openSqliteGuest(went)).toThrow("was moved to postgres://")
    expect(await startable(went)).toBe(false)
    const [here, moved] = [await end(stayed, systems), await end(inPostgres, others)]
    for (const name of Object.keys(looks)) expect(moved.found[name], name).toEqual(here.found[name])
    expect(moved.told).toEqual(here.told)
    await dropSchemas(schema)
  }, 120_000)

  test("comes back from PostgreSQL, and is drained in its file as it would have been there", async () => {
    await dropSchemas(schema)
    const [stayed, back] = [fileIn(), fileIn()]
    const [systems, others] = [await midst(stayed), await midst(inPostgres)]
    await move(inPostgres, back)
    expect(await startable(inPostgres)).toBe(false)
    const [here, moved] = [await end(stayed, systems), await end(back, others)]
    for (const name of Object.keys(looks)) expect(moved.found[name], name).toEqual(here.found[name])
    expect(moved.told).toEqual(here.told)
    await dropSchemas(schema)
  }, 120_000)

  test("is not moved while somebody has it, over another one, or twice", async () => {
    await dropSchemas(schema)
    const [file, other] = [fileIn(), fileIn()]
    await midst(file)
    const worker = await openPlace(file, world)
    await expect(move(file, inPostgres)).rejects.toThrow("is held by process")
    await worker.close()
    await move(file, inPostgres)
    await expect(move(file, inPostgres)).rejects.toThrow("was moved to postgres://")
    const workers = await openPlace(inPostgres, world)
    await expect(move(inPostgres, other)).rejects.toThrow("A process has the ledger")
    await workers.close()
    // Back to where it came from: what stands there was moved, and is written over only when that is said.
    await expect(move(inPostgres, file)).rejects.toThrow("--replace writes over it")
    await move(inPostgres, file, { replace: true })
    expect([await startable(file), await startable(inPostgres)]).toEqual([true, false])
    await midst(other)
    await expect(move(other, file)).rejects.toThrow("There is a ledger at")
    expect(await startable(other)).toBe(true)
    const open = await openPlace(file, world)
    expect(await rowsOf(open.ledger, "SELECT actor, action FROM audit WHERE action = 'move'")).toEqual([
      { actor: "mara", action: "move" },
      { actor: "mara", action: "move" },
    ])
    expect(await open.ledger.run(brokenInvariants)).toEqual([])
    await open.close()
    await dropSchemas(schema)
  }, 120_000)

  describe.each([
    ["a file", "PostgreSQL"],
    ["PostgreSQL", "a file"],
  ])("that goes from %s to %s", from => {
    test.each(["copying inbox", "copying step", "filled", "compared", "left"])(
      "and is killed at %s",
      async word => {
        await dropSchemas(schema)
        const file = fileIn()
        const [source, target] = from === "a file" ? [file, inPostgres] : [inPostgres, file]
        await midst(source)
        const words = [
          "--conditions=fmap-source",
          join(import.meta.dirname, "move-until.ts"),
          source,
          target,
          word,
        ]
        const { signal, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" })
        expect(signal, stderr).toBe("SIGKILL")
        // The server may need a moment to see that nobody is there any more.
        await new Promise(resolve => setTimeout(resolve, 300))
        expect(await startable(source), "the source stays as it was until it left").toBe(word !== "left")
        expect(await events(target), "nobody works on half a ledger, or on both").toBe(
          word.startsWith("copying") ? 0 : "not to be worked on",
        )
        const { finished } = await move(source, target)
        expect(finished).toBe(word === "left")
        expect([await startable(source), await startable(target)]).toEqual([false, true])
        const open = await openPlace(target, world)
        expect(await open.ledger.run(brokenInvariants)).toEqual([])
        expect((await rowsOf(open.ledger, "SELECT 1 AS one FROM inbox")).length).toBe(7)
        await open.close()
        await dropSchemas(schema)
      },
      60_000,
    )
  })
})
