// `npm run test:soak`: R10 and R11. A steady stream of events for half an hour (`npm run test:soak -- 2` for two minutes, `-- 2 400` at 400 a second), each with an effect over HTTP, while another
// process reads the same file as a console does. Prints one line a promise; ends with 1 when the ledger is not sound, with 3 when it is, and something took longer or grew more than wanted.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createHistogram } from "node:perf_hooks"
import process, { argv, exit } from "node:process"
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import { eventIdOf } from "../../../../runtime/flow/ledger/keys.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import { openSqliteLedger } from "../../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { postTo } from "../chaos/http-call.ts"

const [minutes = 30, rate = 200] = argv.slice(2).map(Number)
const tickMs = 10
const windowMs = 10_000
/** Below this the slope of the memory says nothing: a process grows until it has seen everything once. */
const fewestMinutes = 10

interface Window {
  readonly rssMiB: number
  readonly logMiB: number
}

const folder = mkdtempSync(join(tmpdir(), "fmap-soak-"))
const file = join(folder, "fmap.db")
const world = systemWorld()
const ledger = openSqliteLedger(file, world)
const child = (name: string, ...words: readonly string[]) =>
  spawn(process.execPath, ["--conditions=fmap-source", join(import.meta.dirname, name), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  })
const target = child("../../../../bench/flow/target-server.ts")
const url = await new Promise<string>(
  resolve => void target.stdout.once("data", data => resolve(String(data).trim())),
)
const reader = child("reader.ts", file)
const { post, close } = postTo(url)
const begun = new Map<string, number>()
/** Histograms take the same memory at the last event as at the first: what grows is not what measures. */
const acknowledged = times()
const ended = times()
const endedInFirstThird = times()
const endedInLastThird = times()

const flow: Flow = {
  name: "orders",
  version: "1",
  lane: event => `customer-${Number(event.id) % 500}`,
  async handler(event, ctx) {
    const request = { order: event.sourceId }
    await ctx.effect({
      name: "post",
      target: { name: "erp", idempotency: { upsert: true } },
      request,
      send: call => post(JSON.stringify(request), call.key),
    })
  },
}
const engine = createEngine({
  flows: [flow],
  ledger,
  world,
  worker: "soak",
  observer: {
    attempt({ event, outcome }) {
      const from = begun.get(event)
      if (outcome !== "done" || from === undefined) return
      begun.delete(event)
      const now = performance.now()
      ended.add(now - from)
      const share = (now - started) / (minutes * 60_000)
      if (share < 1 / 3) endedInFirstThird.add(now - from)
      if (share >= 2 / 3) endedInLastThird.add(now - from)
    },
  },
})
const stop = new AbortController()
const processed = engine.process({ lanes: 64, signal: stop.signal })
const windows: Window[] = []
const started = performance.now()
let sent = 0
let nextWindow = started + windowMs
const appends: Promise<void>[] = []
while (performance.now() - started < minutes * 60_000) {
  const due = Math.floor(((performance.now() - started) / 1_000) * rate)
  if (due > sent) appends.push(send(sent, due))
  sent = Math.max(sent, due)
  if (performance.now() >= nextWindow) {
    const logMiB = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) / 2 ** 20
    windows.push({ rssMiB: process.memoryUsage.rss() / 2 ** 20, logMiB })
    nextWindow += windowMs
    await Promise.all(appends.splice(0))
  }
  await world.sleep(tickMs, stop.signal)
}
await Promise.all(appends)
while (begun.size > 0) await world.sleep(tickMs, stop.signal)
stop.abort()
await processed
const broken = [...(await ledger.run(brokenInvariants))]
const reads = await new Promise<string>(resolve => {
  reader.stdout.on("data", data => resolve(String(data).trim()))
  reader.kill("SIGTERM")
})
close()
target.kill()
ledger.close()
rmSync(folder, { recursive: true, force: true })

const round = (value: number) => Math.round(value * 10) / 10
const [ack, end] = [acknowledged.p99(), ended.p99()]
tell(
  "R11, latency with a reader on the same file",
  { rate, reads: Number(reads), ackP99Ms: round(ack), endToEndP99Ms: round(end) },
  [
    ...(ack < 15 ? [] : [`acknowledged in ${round(ack)} ms, below 15 was wanted`]),
    ...(end < 60 ? [] : [`end to end in ${round(end)} ms, below 60 was wanted`]),
  ],
)
const slope =
  slopeOf(windows.slice(Math.floor(windows.length / 5)).map(({ rssMiB }) => rssMiB)) * (60_000 / windowMs)
const log = Math.max(0, ...windows.map(({ logMiB }) => logMiB))
const [first, last] = [endedInFirstThird.p99(), endedInLastThird.p99()]
const flat = last <= first * 1.5 + 5
tell(
  "R10, soak",
  {
    minutes,
    events: sent,
    rssMiB: round(windows.at(-1)?.rssMiB ?? 0),
    rssMiBAMinute: round(slope),
    logMiB: round(log),
    p99FirstMs: round(first),
    p99LastMs: round(last),
  },
  [
    ...(minutes < fewestMinutes || slope < 1 ? [] : [`memory grows by ${round(slope)} MiB a minute`]),
    ...(log < 64 ? [] : [`the log was ${round(log)} MiB long`]),
    ...(flat ? [] : [`p99 went from ${round(first)} to ${round(last)} ms`]),
  ],
)
tell("the ledger", { events: sent }, broken, 1)
exit(process.exitCode ?? 0)

async function send(from: number, to: number): Promise<void> {
  const events = Array.from({ length: to - from }, (_, i) => ({
    flow: "orders",
    source: "soak",
    id: String(from + i),
    payload: { order: from + i },
  }))
  const at = performance.now()
  for (const { id } of events) begun.set(eventIdOf("", "orders", "soak", id), at)
  await engine.append(events)
  acknowledged.add(performance.now() - at)
}

/** Times in milliseconds, kept to three figures. */
function times() {
  const histogram = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 })
  return {
    add: (ms: number) => histogram.record(Math.max(1, Math.round(ms * 1_000))),
    p99: () => (histogram.count === 0 ? 0 : histogram.percentile(99) / 1_000),
  }
}

/** Of the line nearest to the values, by one value. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const spread = values.reduce((sum, _, x) => sum + (x - middle) ** 2, 0)
  return spread === 0 ? 0 : values.reduce((sum, value, x) => sum + (x - middle) * (value - mean), 0) / spread
}

function tell(name: string, figures: object, found: readonly string[], code = 3): void {
  console.log(`${name}: ${JSON.stringify(figures)}${found.length === 0 ? "; 0 promises broken" : ""}`)
  for (const one of found) console.log(`  BROKEN ${one}`)
  if (found.length > 0) process.exitCode = code
}
