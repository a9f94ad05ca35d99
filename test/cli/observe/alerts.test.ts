// Who is told of what a watch finds, by `fmap flow start`: once when it begins and once when it ends, signed, never behind a redirect, by one of all processes on a ledger.
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Webhook } from "standardwebhooks"
import { afterEach, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { connection, query, serverAnswers } from "../../runtime/flow/postgres/server.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"
import { type Listener, listen, until } from "./listener.ts"
import { ndjson, orderProject } from "./project.ts"

const secret = `whsec_${Buffer.from("a secret of 24 bytes....").toString("base64")}`
const environment = { ALERTS: secret, FMAP_ACTOR: "mara" }
const open: Listener[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop()
})

async function hook(...answer: Parameters<typeof listen>): Promise<Listener> {
  const listener = await listen(...answer)
  open.push(listener)
  return listener
}

const heldDeal = { id: "006B", account: "001X", amount: "5.00" }
const watched = (alerts: object) => ({ watch: { every: "1s" }, alerts })

test("a queue that fills up and empties is told twice, signed, to a webhook and to a program", async () => {
  const { url, posts } = await hook()
  const folder = folderWith(
    orderProject(
      [heldDeal],
      watched({
        webhooks: [{ url: `${url}/alerts?team=o2c`, secret: "env:ALERTS", reach: "loopback" }],
        commands: [{ file: "/bin/sh", arguments: ["-c", "cat >> told.ndjson"] }],
      }),
    ),
  )
  // the program runs where fmap does
  const before = process.cwd()
  process.chdir(folder)
  try {
    const terminal = fakeTerminal(folder, { environment })
    const ended = runCommandLine(["flow", "start"], terminal)
    await until(() => posts.length === 1)
    put(folder, {
      "crm/Account.ndjson": ndjson([{ Id: "001X", Name: "New" }]),
      "erp/SalesOrder.ndjson": ndjson([{ id: "96", externalId: "SF-006B", tranId: "SO-6" }]),
    })
    const words = ["flow", "exceptions", "retry", "1", "--reason", "it is there now"]
    expect(await runCommandLine(words, fakeTerminal(folder, { environment }))).toBe(0)
    await until(() => posts.length === 2 && terminal.written.comment.includes("well again"))
    terminal.interrupt()
    expect(await ended).toBe(130)
    const [first, second] = posts
    expect(posts.map(({ path }) => path)).toEqual(["/alerts?team=o2c", "/alerts?team=o2c"])
    const firing = new Webhook(secret).verify(first?.body ?? "", first?.headers ?? {}) as {
      readonly id: string
      readonly data: object
    }
    expect(firing).toMatchObject({
      type: "firing",
      id: "alert-1-firing",
      data: { watch: "queue order-desk", reading: { late: 1 } },
    })
    expect(JSON.parse(second?.body ?? "")).toMatchObject({ type: "resolved", id: "alert-1-resolved" })
    expect(terminal.written.comment).toMatch(
      /queue order-desk: 1 too late, the oldest since .*; 5\.00 EUR\./u,
    )
    expect(existsSync(join(folder, "told.ndjson"))).toBe(true)
    const told = readFileSync(join(folder, "told.ndjson"), "utf8").trimEnd().split("\n")
    expect(told.map(line => JSON.parse(line).kind)).toEqual(["firing", "resolved"])
  } finally {
    process.chdir(before)
  }
})

test("a webhook that leads elsewhere is not followed, and what nobody heard is told at the next look with the same id", async () => {
  const elsewhere = await hook()
  let redirects = 2
  const { url, posts } = await hook(() =>
    redirects-- > 0 ? { status: 307, location: `${elsewhere.url}/stolen` } : { status: 200 },
  )
  const folder = folderWith(
    orderProject([heldDeal], watched({ webhooks: [{ url, secret: "env:ALERTS", reach: "loopback" }] })),
  )
  const terminal = fakeTerminal(folder, { environment })
  const ended = runCommandLine(["flow", "start"], terminal)
  await until(() => terminal.written.comment.includes("queue order-desk"))
  terminal.interrupt()
  await ended
  expect(elsewhere.posts).toEqual([])
  expect(new Set(posts.map(({ body }) => JSON.parse(body).id))).toEqual(new Set(["alert-1-firing"]))
  expect(terminal.written.comment).toContain("alert-1-firing could not be told")
})

const isThere = await serverAnswers()

test.skipIf(!isThere)("several processes on PostgreSQL tell an alert once", async () => {
  const database = `fmap_alerts_${process.pid}`
  await query(`CREATE DATABASE ${database}`)
  const store = connection.replace(/\/[^/]*$/u, `/${database}`)
  const { url, posts } = await hook()
  try {
    const folder = folderWith(
      orderProject([heldDeal], watched({ webhooks: [{ url, secret: "env:ALERTS", reach: "loopback" }] })),
    )
    const terminals = Array.from({ length: 3 }, () => fakeTerminal(folder, { environment }))
    const ended = terminals.map(terminal => runCommandLine(["flow", "start", "--store", store], terminal))
    await until(() =>
      terminals.some(({ written }) => written.comment.includes("queue order-desk: 1 too late")),
    )
    // each of them looks twice more
    await new Promise(wake => setTimeout(wake, 2_500))
    for (const terminal of terminals) terminal.interrupt()
    expect(await Promise.all(ended)).toEqual([130, 130, 130])
    expect(posts.map(({ body }) => JSON.parse(body).id)).toEqual(["alert-1-firing"])
    expect(
      terminals.filter(({ written }) => written.comment.includes("order-desk: 1 too late")),
    ).toHaveLength(1)
  } finally {
    await query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  }
})
