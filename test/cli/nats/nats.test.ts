// `fmap flow start` between two streams of a real NATS server, with the flow file unchanged on both stores: every message is an event once, whatever is killed; what flows publish is in the
// stream once; what is no event is a dead letter; what cannot be is told before anything is read.
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { serverAnswers as natsAnswers, servers } from "../../runtime/brokers/server.ts"
import { connection, serverAnswers as postgresAnswers, query } from "../../runtime/flow/postgres/server.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"
import { type Listener, listen, type Post, until } from "../observe/listener.ts"
import { natsOf, streamProject } from "./project.ts"
import { makeStreams, type Streams } from "./streams.ts"

const bin = join(import.meta.dirname, "../../../cli/bin/fmap.cjs")
const [nats, postgres] = [await natsAnswers(), await postgresAnswers()]
let streams: Streams
let erp: Listener

const idOf = ({ path }: Post): string => path.split("/").at(-1) ?? ""
const place = () => ({ ...streams.names, erp: erp.url, servers })

describe.skipIf(!nats)(`with NATS at ${servers} (skipped where it does not answer)`, () => {
  beforeEach(async () => {
    streams = await makeStreams()
    erp = await listen(post => ({ status: 200, body: JSON.stringify({ number: `SO-${idOf(post)}` }) }))
  })
  afterEach(async () => {
    await erp.stop()
    await streams.remove()
  })

  test("--once takes what the stream holds, carries out what was published, and ends", async () => {
    for (const id of ["a", "b", "a"]) await streams.publish({ id, account: "A1", total: "12.50" })
    await streams.publish("no JSON")
    const folder = folderWith(streamProject(place()))
    const terminal = fakeTerminal(folder)
    expect(await runCommandLine(["flow", "start", "--once"], terminal), terminal.written.comment).toBe(0)
    expect(terminal.written.out).toContain("Book 1.0.0: 3 done\n  done: 37.50 EUR")
    const out = await streams.messages("out")
    expect(out.map(({ text }) => JSON.parse(text).dealId)).toEqual(["a", "b", "a"])
    expect((await streams.messages("dead")).map(({ problem }) => problem)).toEqual([
      "The message is no JSON.",
    ])
    const again = fakeTerminal(folder)
    expect(await runCommandLine(["flow", "start", "--once"], again)).toBe(0)
    expect(await streams.messages("out")).toHaveLength(3)
  })

  test("what cannot be is told before anything is read", async () => {
    const { stream, out } = streams.names
    const good = natsOf(place())
    const [entry] = good.in
    const cases: readonly (readonly [object, string])[] = [
      [{ ...good, servers: ["127.0.0.1:1"] }, '"nats" does not reach 127.0.0.1:1: '],
      [
        { ...good, in: [{ ...entry, flow: "Bok" }] },
        '"nats.in.0.flow": there is no flow "Bok"; did you mean "Book".',
      ],
      [
        { ...good, in: [{ ...entry, stream: `${stream}_not` }] },
        `"nats.in.0.stream": there is no stream ${stream}_not.`,
      ],
      [
        { ...good, in: [{ ...entry, deadLetters: "nowhere.at.all" }] },
        '"nats.in.0.deadLetters": no stream keeps nowhere.at.all',
      ],
      [{ ...good, in: [{ ...entry, deadLetters: `${stream}.dead` }] }, "and would bring it again."],
      [
        { ...good, out: { ...good.out, prefix: `${out}_not.` } },
        `"nats.out": no stream keeps ${out}_not.Booked, which flows publish`,
      ],
      [
        { ...good, out: { ...good.out, events: ["Boked"] } },
        '"nats.out.events.0": no flow publishes "Boked"; did you mean "Booked".',
      ],
      [{ ...good, password: "hunter2" }, '"nats.password": name a secret: env:NAME'],
      [{ ...good, servers: ["me:secret@127.0.0.1:4222"] }, "and name credentials beside it"],
      [{ ...good, user: "env:NOT_THERE" }, "There is nothing at env:NOT_THERE."],
    ]
    for (const [section, told] of cases) {
      const terminal = fakeTerminal(folderWith(streamProject(place(), { nats: section })))
      expect(await runCommandLine(["flow", "start", "--once"], terminal)).toBe(2)
      expect(terminal.written.comment).toContain(told)
      expect(terminal.written.comment).not.toMatch(/hunter2|me:secret/u)
    }
    expect(erp.posts).toEqual([])
  })

  const stores: readonly (readonly [string, number])[] = [
    ["one process on SQLite", 1],
    ...(postgres ? ([["three processes on PostgreSQL", 3]] as const) : []),
  ]
  test.each(stores)(
    "%s: kill -9 in the middle of work loses nothing and doubles nothing",
    { timeout: 300_000 },
    async (name, workers) => {
      const database = name.includes("PostgreSQL") ? `fmap_nats_${process.pid}` : undefined
      if (database !== undefined) await query(`CREATE DATABASE ${database}`)
      const store = database === undefined ? [] : ["--store", connection.replace(/\/[^/]*$/u, `/${database}`)]
      const folder = folderWith(streamProject(place()))
      const running = new Set<ChildProcess>()
      const start = () => {
        const child = spawn(process.execPath, [bin, "flow", "start", ...store], {
          cwd: folder,
          stdio: "ignore",
        })
        running.add(child)
        child.once("exit", () => running.delete(child))
        return child
      }
      try {
        const [events, accounts, kills] = [400, 20, 5]
        const deals = Array.from({ length: events }, (_, i) => ({
          id: `D${i}`,
          account: `A${i % accounts}`,
          total: `${(i % 97) + 1}.${String(i % 100).padStart(2, "0")}`,
        }))
        const publishing = (async () => {
          for (const deal of deals) await streams.publish(deal)
        })()
        for (let i = 1; i < workers; i++) start()
        for (let kill = 1; kill <= kills; kill++) {
          const child = start()
          const enough = (events * kill) / (kills + 2)
          await until(() => erp.posts.length >= enough, 60_000)
          child.kill("SIGKILL")
          await once(child, "exit")
        }
        await publishing
        const last = start()
        await until(async () => (await streams.messages("out")).length >= events, 120_000)
        // nothing comes behind them
        await new Promise(wake => setTimeout(wake, 2_000))
        last.kill("SIGTERM")
        await once(last, "exit")

        const out = (await streams.messages("out")).map(({ id, text }) => ({
          id,
          ...(JSON.parse(text) as { dealId: string; account: string; number: string; total: string }),
        }))
        expect(out).toHaveLength(events)
        expect(new Set(out.map(({ id }) => id)).size).toBe(events)
        const cents = (all: readonly { readonly total: string }[]) =>
          all.reduce((sum, { total }) => sum + BigInt(total.replace(".", "")), 0n)
        expect(cents(out)).toBe(cents(deals))
        const booked = new Map(
          erp.posts.map(post => [idOf(post), JSON.parse(post.body) as { total: string }]),
        )
        expect(booked.size).toBe(events)
        expect(cents([...booked.values()])).toBe(cents(deals))
        // an answer that was lost with its process is asked for again by the same key, and nothing else is
        expect(erp.posts.length).toBeLessThanOrEqual(events + kills * 16)
        const firsts = [...new Set(erp.posts.map(idOf))]
        for (let account = 0; account < accounts; account++) {
          const wanted = deals.filter(deal => deal.account === `A${account}`).map(({ id }) => id)
          expect(out.filter(one => one.account === `A${account}`).map(({ dealId }) => dealId)).toEqual(wanted)
          expect(firsts.filter(id => wanted.includes(id))).toEqual(wanted)
        }
        const audit = fakeTerminal(folder)
        for (const child of running) child.kill("SIGTERM")
        await until(() => running.size === 0)
        expect(await runCommandLine(["flow", "audit", "verify", ...store], audit), audit.written.out).toBe(0)
      } finally {
        for (const child of running) child.kill("SIGKILL")
        if (database !== undefined) await query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
      }
    },
  )
})
