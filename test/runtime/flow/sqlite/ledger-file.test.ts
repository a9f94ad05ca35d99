// The file of the ledger: durable settings, one process, no network disks, schemas, backups, and what happens when it cannot be written.
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { describe, expect, test } from "vitest"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import { countOf, type Operation, type Row } from "../../../../runtime/flow/ledger/operation.ts"
import { sql } from "../../../../runtime/flow/ledger/statement.ts"
import { NotPossible, StoreFailed } from "../../../../runtime/flow/port/failures.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import { networkFileSystem } from "../../../../runtime/flow/stores/sqlite/file-system.ts"
import { groupCommit } from "../../../../runtime/flow/stores/sqlite/group-commit.ts"
import { takeLock } from "../../../../runtime/flow/stores/sqlite/lock-file.ts"
import { migrate } from "../../../../runtime/flow/stores/sqlite/migrate.ts"
import { openDatabase, openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { folderWith } from "../../../cli/folder.ts"

const world = systemWorld()
const newFile = () => join(folderWith({}), "deep/fmap.db")

test("the file is opened with what durability needs", () => {
  const file = newFile()
  openSqliteLedger(file, world).close()
  const database = openDatabase(file)
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  expect([
    pragma("journal_mode"),
    pragma("synchronous"),
    pragma("busy_timeout"),
    pragma("foreign_keys"),
  ]).toEqual(["wal", 2, 5000, 1])
  const tables = database
    .prepare(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all()
  expect(tables.length).toBeGreaterThan(10)
  expect(tables.filter(table => table["strict"] !== 1)).toEqual([])
  expect(() => database.exec("INSERT INTO watermark (name, value, at) VALUES ('x', x'00', '')")).toThrow(
    "cannot store BLOB",
  )
  database.close()
})

test("a database that cannot be what it must is refused", () => {
  expect(() => openDatabase(":memory:")).toThrow("journal_mode = wal")
})

test("one process at a time; the next one may when it has ended", () => {
  const file = newFile()
  const first = openSqliteLedger(file, world)
  expect(() => openSqliteLedger(file, world)).toThrow(
    new RegExp(`held by process ${process.pid} on ${hostname()}`),
  )
  const other = spawnSync(
    process.execPath,
    [
      "--conditions=fmap-source",
      "-e",
      `import("@fmap/runtime/flow").then(m => m.openSqliteLedger(${JSON.stringify(file)}, m.systemWorld()))`,
    ],
    { encoding: "utf8" },
  )
  expect(other.stderr).toContain(`held by process ${process.pid}`)
  first.close()
  expect(existsSync(`${file}.lock`)).toBe(false)
  openSqliteLedger(file, world).close()
})

describe("a lock that is there", () => {
  const me = { pid: process.pid, host: hostname(), started: "1" }
  const lockOf = (owner: object | string) =>
    join(
      folderWith({ "fmap.db.lock": typeof owner === "string" ? owner : JSON.stringify(owner) }),
      "fmap.db.lock",
    )
  const dead = spawnSync("true").pid

  test("of a dead process is taken over", () => {
    const path = lockOf({ pid: dead, host: hostname(), started: "5" })
    takeLock(path, me)
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(me)
  })
  test("of another process with the same number is taken over", () => {
    expect(() =>
      takeLock(lockOf({ pid: process.ppid, host: hostname(), started: "not this" }), me),
    ).not.toThrow()
  })
  test.each([
    ["of a process that lives", { pid: process.ppid, host: hostname(), started: "" }, "held by process"],
    [
      "of another host, where nobody here can look",
      { pid: dead, host: "elsewhere", started: "5" },
      "on elsewhere",
    ],
    ["that is something else", "hello", "no lock of fmap"],
    ["with half of it", { pid: 1 }, "no lock of fmap"],
  ])("%s is respected", (_, owner, why) => {
    const path = lockOf(owner)
    const before = readFileSync(path, "utf8")
    expect(() => takeLock(path, me)).toThrow(why)
    expect(readFileSync(path, "utf8")).toBe(before)
  })
  test("is released only by whom it belongs to", () => {
    const path = lockOf({ pid: dead, host: hostname(), started: "5" })
    const lock = takeLock(path, me)
    writeFileSync(path, JSON.stringify({ ...me, started: "2" }))
    lock.release()
    expect(existsSync(path)).toBe(true)
  })
})

test("disks of other machines are refused by their name", () => {
  expect(networkFileSystem("/x", () => 0x6969)).toBe("NFS")
  expect(networkFileSystem("/x", () => 0xff534d42)).toBe("CIFS")
  expect(networkFileSystem("/x", () => 0xef53)).toBeUndefined()
})

test("a schema of a newer fmap is refused, a failed migration leaves the old one", () => {
  const database = new DatabaseSync(":memory:")
  const one = { number: 1, name: "0001-a.sql", text: "CREATE TABLE a (x INTEGER) STRICT;" }
  const bad = {
    number: 2,
    name: "0002-b.sql",
    text: "CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (x INTEGER) STRICT;",
  }
  migrate(database, [one], "t")
  migrate(database, [one], "t")
  expect(() => migrate(database, [one, bad], "t")).toThrow("already exists")
  expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'b'").all()).toEqual([])
  migrate(database, [one, { number: 2, name: "0002-c.sql", text: "CREATE TABLE c (x INTEGER) STRICT;" }], "t")
  expect(() => migrate(database, [one], "t")).toThrow(NotPossible)
})

test("a backup is a whole ledger, taken while it is open, and never over another file", async () => {
  const file = newFile()
  const ledger = openSqliteLedger(file, world)
  await ledger.run(mark)
  ledger.backup(`${file}.copy`)
  expect(() => ledger.backup(`${file}.copy`)).toThrow("is there already")
  ledger.close()
  const copy = openSqliteLedger(`${file}.copy`, world)
  const rows = await copy.run(function* (): Operation<readonly Row[]> {
    return yield sql`SELECT name FROM watermark`
  })
  expect(rows).toEqual([{ name: "x" }])
  copy.close()
})

function* mark() {
  yield sql`INSERT INTO watermark (name, value, at) VALUES ('x', '1', 't')`
}

test("a full disk: nothing is acknowledged, and work goes on by itself when there is space", async () => {
  const file = newFile()
  const ledger = openSqliteLedger(file, world)
  const seen: string[] = []
  const flow: Flow = {
    name: "f",
    version: "1",
    lane: event => event.id,
    handler: event => void seen.push(event.sourceId),
  }
  const engine = createEngine({
    flows: [flow],
    ledger,
    world,
    worker: "w",
  })
  const event = (id: string) => ({ flow: "f", source: "s", id, payload: { text: "x".repeat(200_000) } })
  await engine.append([event("a")])
  // SQLite's own limit fails as a full disk does. The connection that failed is given up, and the limit with it: that is the space.
  const pages = await ledger.run(function* (): Operation<number> {
    const [row] = yield sql`SELECT page_count FROM pragma_page_count`
    return countOf(row ?? {}, "page_count")
  })
  const full = { kind: "sql", pieces: [`PRAGMA max_page_count = ${pages + 2}`], values: [] } as const
  await ledger.run(function* (): Operation<void> {
    yield full
  })
  await expect(engine.append([event("b")])).rejects.toThrow(StoreFailed)
  const ended = new AbortController()
  await ledger.run(function* (): Operation<void> {
    yield full
  })
  const processed = engine.process({ lanes: 2, signal: ended.signal })
  expect(
    await engine.append([event("a"), event("b")]).catch(() => engine.append([event("a"), event("b")])),
  ).toEqual({
    accepted: 1,
    duplicates: 1,
    conflicts: [],
  })
  while (seen.length < 2) await world.sleep(20, ended.signal)
  ended.abort()
  await processed
  expect(seen.toSorted()).toEqual(["a", "b"])
  expect(await ledger.run(brokenInvariants)).toEqual([])
  ledger.close()
})

describe("group commit", () => {
  function grouped() {
    const database = new DatabaseSync(":memory:")
    database.exec("CREATE TABLE t (x TEXT NOT NULL UNIQUE) STRICT")
    const said: string[] = []
    const deferred: (() => void)[] = []
    let failing: string | undefined
    const spy = new Proxy(database, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (name !== "exec") return typeof value === "function" ? value.bind(target) : value
        return (text: string) => {
          if (text === failing) throw Object.assign(new Error("disk full"), { errcode: 13 })
          said.push(text)
          target.exec(text)
        }
      },
    })
    const commit = groupCommit(
      () => ({ database: spy, prepared: new WeakMap() }),
      () => {
        if (database.isTransaction) database.exec("ROLLBACK")
      },
      work => void deferred.push(work),
    )
    const put = (x: string, error?: Error) =>
      commit.run(function* () {
        yield sql`INSERT INTO t (x) VALUES (${x})`
        if (error !== undefined) throw error
        return x
      })
    return {
      put,
      said,
      turn: () => deferred.splice(0).forEach(work => void work()),
      fail: (text: string | undefined) => {
        failing = text
      },
      rows: () =>
        database
          .prepare("SELECT x FROM t ORDER BY x")
          .all()
          .map(row => row["x"]),
    }
  }

  test("one transaction for all of a turn, and nothing is answered before it", async () => {
    const { put, said, turn, rows } = grouped()
    const answered: string[] = []
    for (const x of ["a", "b", "c"]) void put(x).then(one => answered.push(one))
    await new Promise(setImmediate)
    expect([said, answered]).toEqual([[], []])
    turn()
    await new Promise(setImmediate)
    expect([said, answered, rows()]).toEqual([
      ["BEGIN IMMEDIATE", "COMMIT"],
      ["a", "b", "c"],
      ["a", "b", "c"],
    ])
  })
  test("one that throws takes nobody with it", async () => {
    const { put, turn, rows } = grouped()
    const results = Promise.allSettled([put("a"), put("b", new Error("no")), put("a"), put("c")])
    turn()
    expect((await results).map(one => (one.status === "fulfilled" ? one.value : one.reason.message))).toEqual(
      ["a", "no", "UNIQUE constraint failed: t.x", "c"],
    )
    expect(rows()).toEqual(["a", "c"])
  })
  test.each(["BEGIN IMMEDIATE", "COMMIT"])(
    "a store that fails at %s keeps nothing, says so, and works again later",
    async where => {
      const { put, turn, fail, rows } = grouped()
      fail(where)
      const results = Promise.allSettled([put("a"), put("b")])
      turn()
      expect(
        (await results).map(one => one.status === "rejected" && one.reason instanceof StoreFailed),
      ).toEqual([true, true])
      expect(rows()).toEqual([])
      fail(undefined)
      const again = put("a")
      turn()
      expect(await again).toBe("a")
      expect(rows()).toEqual(["a"])
    },
  )
})
