// Secrets stay where they are: everything that fmap tells machines and people outside of the ledger is read for words that stood in credentials, payloads and answers. What is looked through
// must hold something: an empty log leaks nothing.
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { pathToFileURL } from "node:url"
import { afterEach, expect, test } from "vitest"
import { folderWith } from "../folder.ts"
import { canaryProject, credential, personal, talkative } from "./canary-project.ts"
import { type Listener, listen, until } from "./listener.ts"

const root = join(import.meta.dirname, "../../..")
const bin = join(root, "cli/bin/fmap.cjs")
const sdk = pathToFileURL(join(root, "examples/order-to-cash/traces.mjs")).href
const hookSecret = `whsec_${Buffer.from(`${credential} and more`).toString("base64")}`
const open: (Listener | ChildProcess)[] = []
afterEach(async () => {
  for (const one of open.splice(0))
    if ("stop" in one) await one.stop()
    else one.kill("SIGKILL")
})

test("neither a credential nor a payload is in logs, metrics, traces and alerts; and no credential in the ledger", {
  timeout: 120_000,
}, async () => {
  const [erp, hook] = [await listen(talkative), await listen()]
  open.push(erp, hook)
  const folder = folderWith(
    canaryProject(erp.url, {
      watch: { every: "1s", by: { Book: { region: "/region" } } },
      alerts: { webhooks: [{ url: `${hook.url}/alerts`, secret: "env:ALERTS", reach: "loopback" }] },
      logs: { level: "debug", to: "stderr" },
      metrics: { port: 0, amounts: true },
      traces: true,
      lineage: { to: "./lineage.ndjson", namespace: "test" },
    }),
  )
  const env = { ...process.env, ERP_TOKEN: credential, ALERTS: hookSecret, NODE_OPTIONS: `--import ${sdk}` }
  const child = spawn(process.execPath, [bin, "flow", "start"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  })
  open.push(child)
  let said = ""
  child.stdout.on("data", data => (said += String(data)))
  child.stderr.on("data", data => (said += String(data)))
  const ended = once(child, "exit")
  const metrics = async () => {
    const url = /http:\/\/[\d.:]+\/metrics/u.exec(said)?.[0] ?? ""
    const [found, other, post] = [
      await fetch(url),
      await fetch(url.replace("metrics", "")),
      await fetch(url, { method: "POST" }),
    ]
    expect([found.status, other.status, post.status]).toEqual([200, 404, 405])
    return found.text()
  }
  const lines = () =>
    said
      .trimEnd()
      .split("\n")
      .map(line => JSON.parse(line) as Readonly<Record<string, unknown>>)
  const states = () => {
    const ledger = new DatabaseSync(join(folder, "fmap.db"), { readOnly: true, timeout: 5_000 })
    try {
      return ledger
        .prepare("SELECT state FROM inbox ORDER BY source_id")
        .all()
        .map(row => String(row["state"]))
    } finally {
      ledger.close()
    }
  }
  await until(
    () => said.includes("Book 1.0.0 on") && states().filter(state => state === "blocked").length === 3,
    60_000,
  )
  await until(() => hook.posts.length >= 2 && lines().some(({ alert }) => alert !== undefined))
  const scraped = await metrics()
  child.kill("SIGTERM")
  expect(await ended).toEqual([130, null])
  const lineage = readFileSync(join(folder, "lineage.ndjson"), "utf8")
  const traces = readFileSync(join(folder, "traces.ndjson"), "utf8")
  const alerts = hook.posts
    .map(({ body, headers, path }) => JSON.stringify({ body, headers, path }))
    .join("\n")

  // each of them tells something
  expect(states()).toEqual(["blocked", "blocked", "blocked", "done"].toSorted())
  const told = lines()
  const done = told.find(({ msg }) => msg === "event done")
  expect(done).toMatchObject({ level: "info", flow: "Book", flowVersion: "1.0.0", outcome: "done" })
  expect(done?.["event"]).toBe(done?.["correlationId"])
  expect(told.filter(({ msg }) => msg === "an exception opened").length).toBe(3)
  expect(told.filter(({ msg }) => msg === "call failed").length).toBeGreaterThanOrEqual(2)
  expect(told.filter(({ msg }) => msg === "events taken")).toMatchObject([{ flows: ["Book"], accepted: 4 }])
  expect(scraped).toContain('fmap_accepted_total{outcome="accepted"} 4')
  expect(scraped).toContain('fmap_events{flow="Book",version="1.0.0",state="done"} 1')
  expect(scraped).toContain('fmap_amount{flow="Book",version="1.0.0",state="blocked",currency="EUR"} 37.5')
  expect(scraped).toContain('fmap_watch_waiting{watch="Book waiting",group="EMEA",region="EMEA"} 3')
  expect(scraped).toContain("nodejs_eventloop_lag_seconds")
  expect(traces).toContain('"name":"flow Book"')
  expect(traces).toContain('"name":"Erp sent"')
  expect(alerts).toContain("queue desk")
  expect(lineage).toContain('"eventType":"COMPLETE"')

  for (const [where, text] of Object.entries({ said, scraped, traces, alerts, lineage }))
    for (const word of [credential, personal, hookSecret, Buffer.from(credential).toString("base64")])
      expect(text.includes(word), `${word} in ${where}: ${around(text, word)}`).toBe(false)
  const ledger = readFileSync(join(folder, "fmap.db"), "latin1") + wal(join(folder, "fmap.db-wal"))
  expect(ledger).toContain(personal)
  for (const word of [credential, hookSecret]) expect(ledger.includes(word), around(ledger, word)).toBe(false)
})

function wal(path: string): string {
  return existsSync(path) ? readFileSync(path, "latin1") : ""
}

function around(text: string, word: string): string {
  const at = text.indexOf(word)
  return at === -1 ? "" : text.slice(Math.max(0, at - 200), at + 200)
}
