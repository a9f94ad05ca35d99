// Places over two processes on one ledger, a file and PostgreSQL: one process holds them all and is killed.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { expect, test } from "vitest"
import { systemWorld } from "../../../runtime/flow/host/system-world.ts"
import type { Ledger } from "../../../runtime/flow/ledger/ledger.ts"
import type { World } from "../../../runtime/flow/port/world.ts"
import { placeLeaseMs, placesOn } from "../../../runtime/flow/program/places.ts"
import { openPostgresLedger } from "../../../runtime/flow/stores/postgres/open-ledger.ts"
import { openSqliteGuest } from "../../../runtime/flow/stores/sqlite/open-guest.ts"
import { folderWith } from "../../cli/folder.ts"
import { connection, dropSchemas, serverAnswers } from "./postgres/server.ts"

const there = await serverAnswers()
const schema = "fmap_test_places"
const many = 3

interface Store {
  readonly name: string
  readonly words: readonly string[]
  beside(): Promise<Ledger & { close(): unknown }>
}

const file = join(folderWith({}), "fmap.db")
const stores: readonly Store[] = [
  { name: "a file", words: [file, ""], beside: async () => openSqliteGuest(file) },
  ...(there
    ? [
        {
          name: "PostgreSQL",
          words: [connection, schema],
          beside: () => openPostgresLedger({ connection, schema }, systemWorld()),
        },
      ]
    : []),
]

/** The clock of this machine, later. */
function later(ms: number): World {
  const world = systemWorld()
  return { ...world, now: () => world.now() + ms }
}

test.each(stores)(
  "on $name",
  async ({ words, beside }) => {
    if (there) await dropSchemas(schema)
    const script = join(import.meta.dirname, "places-holder.ts")
    const child = spawn(process.execPath, ["--conditions=fmap-source", script, ...words, String(many)], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    const ended = once(child, "exit")
    await Promise.race([once(child.stdout, "data"), ended])
    const ledger = await beside()
    const take = (world: World) =>
      placesOn(ledger, world).take("erp", many, 100, new AbortController().signal)
    try {
      await expect(take(systemWorld())).rejects.toMatchObject({ code: "NO_PLACE" })
      child.kill("SIGKILL")
      expect(await ended).toEqual([null, "SIGKILL"])
      await expect(take(systemWorld())).rejects.toMatchObject({ code: "NO_PLACE" })
      const leaves = []
      for (let i = 0; i < many; i++) leaves.push(await take(later(placeLeaseMs)))
      await expect(take(later(placeLeaseMs))).rejects.toMatchObject({ code: "NO_PLACE" })
      for (const leave of leaves) await leave()
      await (await take(systemWorld()))()
    } finally {
      child.kill("SIGKILL")
      await ledger.close()
      if (there) await dropSchemas(schema)
    }
  },
  60_000,
)
