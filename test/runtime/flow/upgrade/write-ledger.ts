// `node --conditions=fmap-source test/runtime/flow/upgrade/write-ledger.ts > test/runtime/flow/upgrade/schema-N.sql`: the ledger of this fmap in the midst of work, as statements that
// both dialects take. Run at each release whose schema is new; the file stays as it is from then on.
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { stdout } from "node:process"
import { DatabaseSync } from "node:sqlite"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { getIntoTheMidst, systemsInTheMidst } from "../midst/midst-of-work.ts"

const file = join(mkdtempSync(join(tmpdir(), "fmap-ledger-")), "fmap.db")
const world = { ...systemWorld(), random: () => 0.999 }
const ledger = openSqliteLedger(file, world)
await getIntoTheMidst(
  flows => createEngine({ flows, ledger, world, worker: "w" }),
  ledger,
  systemsInTheMidst(),
  world,
)
ledger.close()

const database = new DatabaseSync(file, { readOnly: true })
const tables = database
  .prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name = 'inbox' DESC, name",
  )
  .all()
for (const { name } of tables)
  for (const row of database.prepare(`SELECT * FROM ${String(name)}`).all()) {
    const values = Object.values(row).map(value =>
      typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value ?? "NULL"),
    )
    stdout.write(
      `INSERT INTO ${String(name)} (${Object.keys(row).join(", ")}) VALUES (${values.join(", ")});\n`,
    )
  }
database.close()
