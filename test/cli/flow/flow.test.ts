// `fmap flow` on systems that are folders, from its first event to a decision: each story is a list of words and files, and stands in golden/ with what was told. FMAP_ACCEPT=1
// writes it: read it then.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { connection, dropSchemas, query, serverAnswers } from "../../runtime/flow/postgres/server.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"
import { type Story, stories } from "./stories.ts"

const server = await serverAnswers()
/** Of this process: whoever else runs the tests has another one. */
const database = `fmap_test_cli_${process.pid}`
const inDatabase = connection.replace(/\/[^/]*$/u, `/${database}`)

test.each(stories.map(story => [story.name, story] as const))("%s", async (name, { files, steps }) => {
  const folder = folderWith(files)
  const told = steady(await lived(folder, steps), folder)
  const golden = goldenOf(name)
  if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, told)
  expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
  expect(told).toBe(readFileSync(golden, "utf8"))
})

describe.skipIf(!server)("on PostgreSQL it is told the same:", () => {
  beforeAll(async () => {
    await query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    await query(`CREATE DATABASE ${database}`)
  })
  afterAll(async () => {
    await query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  })
  const onAnyStore = stories.filter(story => story.onlyInFile !== true)
  test.each(onAnyStore.map(story => [story.name, story] as const))(
    "%s",
    async (name, { files, steps }) => {
      await dropSchemas("fmap", inDatabase)
      const folder = folderWith(inStore(files))
      const told = steady(await lived(folder, steps), folder)
      const here = inDatabase.replace(/:\/\/[^@/]*@/u, "://•••@")
      expect(
        told
          .replaceAll(here, "sqlite:./fmap.db")
          .replaceAll(`There is no ledger ${inDatabase}`, "There is no ledger <folder>/fmap.db"),
      ).toBe(readFileSync(goldenOf(name), "utf8"))
    },
    60_000,
  )

  test("a ledger goes there by command, works on, and comes back", async () => {
    await dropSchemas("fmap", inDatabase)
    const [, story] = stories
    const folder = folderWith(story?.files ?? {})
    const told = await lived(folder, [
      "flow start --once",
      `flow move --from sqlite:./fmap.db --to ${inDatabase}`,
      "flow stats",
      `flow start --once --store ${inDatabase}`,
      `flow move --from ${inDatabase} --to sqlite:./fmap.db --replace`,
      `flow stats --store ${inDatabase}`,
      "flow stats",
      "flow audit verify",
    ])
    const codes = [...told.matchAll(/^→ (\d+)$/gmu)].map(([, code]) => Number(code))
    expect(codes, told).toEqual([0, 0, 2, 0, 0, 2, 0, 0])
    expect(told).toContain("audit: unbroken, 2 records")
  }, 60_000)

  test("several services share the work, and each change is dealt with once", async () => {
    await dropSchemas("fmap", inDatabase)
    const [, story] = stories
    const many = Array.from({ length: 24 }, (_, index) => ({
      Id: `006X${index}`,
      AccountId: `001${index % 6}`,
      StageName: "Closed Won",
      CurrencyIsoCode: "EUR",
      Amount: `${index + 1}.25`,
      SystemModstamp: `2026-03-31T09:00:${10 + index}Z`,
    }))
    const lines = (records: readonly object[]) =>
      records.map(record => `${JSON.stringify(record)}\n`).join("")
    const folder = folderWith({
      ...story?.files,
      "fmap.flows.json": JSON.stringify({
        ...JSON.parse(story?.files["fmap.flows.json"] ?? "{}"),
        store: inDatabase,
      }),
      "crm/Account.ndjson": lines(
        [0, 1, 2, 3, 4, 5].map(number => ({ Id: `001${number}`, Name: `A${number}` })),
      ),
      "crm/Opportunity.ndjson": lines(many),
      "erp/SalesOrder.ndjson": lines(
        many.map(({ Id }) => ({ id: Id, externalId: `SF-${Id}`, tranId: `SO-${Id}` })),
      ),
    })
    const terminals = [fakeTerminal(folder), fakeTerminal(folder), fakeTerminal(folder)]
    const ended = terminals.map(terminal => runCommandLine(["flow", "start"], terminal))
    const stats = async () => {
      const looking = fakeTerminal(folder)
      await runCommandLine(["flow", "stats", "--format", "json"], looking)
      return looking.written.out
    }
    for (let looks = 0; looks < 100 && !(await stats()).includes('"done": 24,'); looks++)
      await new Promise(wake => setTimeout(wake, 200))
    const told = await stats()
    for (const terminal of terminals) terminal.interrupt()
    expect(await Promise.all(ended)).toEqual([130, 130, 130])
    expect(JSON.parse(told)).toMatchObject({
      flows: [
        {
          events: { done: 24, open: 0, blocked: 0 },
          amounts: [{ state: "done", currency: "EUR", value: "306.00" }],
        },
      ],
      exceptions: [],
    })
    const orders = readFileSync(join(folder, "erp/SalesOrder.ndjson"), "utf8").trim().split("\n")
    expect(orders.length).toBe(24)
    const verdict = fakeTerminal(folder)
    expect(await runCommandLine(["flow", "audit", "verify"], verdict), verdict.written.out).toBe(0)
  }, 90_000)
})

const goldenOf = (name: string) =>
  join(import.meta.dirname, "golden", `${name.replaceAll(/[^a-z]+/gu, "-")}.txt`)

/** Each configuration names the database. */
function inStore(files: Story["files"]): Record<string, string> {
  const isConfig = (path: string) => path.endsWith(".json") && /"(?:systems|watch)"/u.test(files[path] ?? "")
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      isConfig(path) ? JSON.stringify({ ...JSON.parse(text), store: inDatabase }) : text,
    ]),
  )
}

/** Every step, and what was told. */
async function lived(folder: string, steps: Story["steps"]): Promise<string> {
  const lines: string[] = []
  for (const step of steps) {
    if (typeof step !== "string") {
      put(folder, step)
      lines.push(...Object.entries(step).map(([path, text]) => `${path}:\n${indented(shortly(text))}`), "")
      continue
    }
    const terminal = fakeTerminal(folder, { environment: { FMAP_ACTOR: "mara" } })
    const code = await runCommandLine(wordsOf(step), terminal)
    const { out, comment } = terminal.written
    lines.push(
      `$ fmap ${step}`,
      indented(out),
      ...(comment === "" ? [] : [`(${comment.trimEnd()})`]),
      `→ ${code}`,
      "",
    )
  }
  return lines.join("\n")
}

function wordsOf(step: string): string[] {
  return [...step.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? "")
}

function shortly(text: string): string {
  const lines = text.split("\n").length
  return lines > 20 ? `(${lines} lines, as the story says)` : text
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^(?=.)/gmu, "  ")
}

/** Events of two lanes end in any order. */
const inAnyOrder = /(?<=; )[0-9a-f]{8}(?: [0-9a-f]{8})+/gu

/** Times, ages and folders are those of the run. */
function steady(text: string, folder: string): string {
  return text
    .replaceAll(folder, "<folder>")
    .replaceAll(inAnyOrder, ids => ids.split(" ").toSorted().join(" "))
    .replaceAll(/(?<=the last is \d+:)[0-9a-f]{64}/gu, "<hash>")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/gu, "<time>")
    .replaceAll(
      /(?<=oldest |oldest open: |open, |acknowledged, |open {2}|acknowledged {2})\d+ s\b/gu,
      "<age>",
    )
}

test("a service runs until it is interrupted, and tells what stops meanwhile", async () => {
  const [, , story] = stories
  const folder = folderWith(story?.files ?? {})
  const terminal = fakeTerminal(folder)
  const ended = runCommandLine(["flow", "start"], terminal)
  for (let looks = 0; looks < 200 && !terminal.written.comment.includes("NO_ACCOUNT"); looks++)
    await new Promise(wake => setTimeout(wake, 50))
  // Beside it somebody looks, and decides.
  const beside = fakeTerminal(folder)
  const words = ["flow", "exceptions", "skip", "1", "--reason", "not now"]
  expect(await runCommandLine(words, beside), beside.written.comment).toBe(0)
  terminal.interrupt()
  expect(await ended).toBe(130)
  expect(terminal.written.out).toBe("")
  expect(terminal.written.comment).toContain("#1 QuoteToOrder 006B")
  expect(terminal.written.comment).toContain("goes on at the next start")
})
