// `fmap flow migrate` on PostgreSQL: who owns the tables makes them, and a role that makes none works on them. In a database of its own.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { connection, query, serverAnswers } from "../../runtime/flow/postgres/server.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"
import { stories } from "./stories.ts"

const database = "fmap_test_cli_role"
const role = "fmap_test_cli_worker"
const owners = connection.replace(/\/[^/]*$/u, `/${database}`)
const its = new URL(owners)
its.username = role
its.password = "of a test"

async function drop(): Promise<void> {
  await query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  await query(`DROP ROLE IF EXISTS ${role}`)
}

describe.skipIf(!(await serverAnswers()))("a ledger on PostgreSQL", () => {
  beforeAll(async () => {
    await drop()
    await query(`CREATE DATABASE ${database}`)
    await query(`CREATE ROLE ${role} LOGIN PASSWORD 'of a test'`)
  }, 60_000)
  afterAll(drop, 60_000)

  test("is made by its owner, and worked on by a role that makes no table", async () => {
    const [, story] = stories
    const folder = folderWith(story?.files ?? {})
    async function told(...words: readonly string[]) {
      const terminal = fakeTerminal(folder)
      const code = await runCommandLine(["flow", ...words], terminal)
      expect(terminal.written.out + terminal.written.comment).not.toContain("of a test")
      return { code, ...terminal.written }
    }
    const start = ["start", "--once", "--store", its.href]
    const without = expect.stringMatching(/run fmap flow migrate --store .*--grant/u)
    expect(await told(...start)).toMatchObject({ code: 2, comment: without })
    expect(await told("migrate", "--store", owners)).toMatchObject({
      code: 0,
      out: expect.stringContaining(
        'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA fmap, fmap_queue TO "fmap_worker";',
      ),
    })
    expect(await told(...start), "made, and nothing granted").toMatchObject({ code: 2, comment: without })
    expect(await told("migrate", "--store", owners, "--grant", role)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${role} may work on it`),
    })
    expect(await told("migrate", "--store", owners, "--grant", "fmap_test_nobody")).toMatchObject({
      code: 2,
      comment: expect.stringContaining("was granted nothing"),
    })
    expect(await told(...start)).toMatchObject({ code: 0, out: expect.stringContaining("done: 1200.00 EUR") })
    expect(await told("audit", "verify", "--store", its.href)).toMatchObject({ code: 0 })
    await expect(query("CREATE TABLE fmap.mine (a int)", its.href)).rejects.toMatchObject({ code: "42501" })
  }, 60_000)
})
