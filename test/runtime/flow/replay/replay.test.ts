// Replays of compiled flows: what a rehearsal finds for each way in which a flow may have become another, and what delivering again does at the systems. FMAP_ACCEPT=1 writes the goldens: read them then.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import type { Ledger } from "../../../../runtime/flow/ledger/ledger.ts"
import type { Figures } from "../../../../runtime/flow/port/event.ts"
import type { Flow } from "../../../../runtime/flow/port/flow.ts"
import type { World } from "../../../../runtime/flow/port/world.ts"
import { linkBook } from "../../../../runtime/flow/program/filled-rows.ts"
import { makeFlow } from "../../../../runtime/flow/program/make-flow.ts"
import { applyReplay, reissueOf } from "../../../../runtime/flow/replay/apply-replay.ts"
import { rehearse } from "../../../../runtime/flow/replay/rehearse.ts"
import type { RehearsedEvent } from "../../../../runtime/flow/replay/rehearsed.ts"
import { summariser } from "../../../../runtime/flow/replay/summarise.ts"
import { deltaOf } from "../../../../runtime/flow/replay/sums-of.ts"
import { writeJson } from "../../../../runtime/formats/json/write-json.ts"
import { engineWith, type TestEngine } from "../engine-on-disk.ts"
import type { FakeSystem } from "../program/fake-system.ts"
import { systemsOf } from "../program/flow-of-case.ts"
import { handMaps } from "../program/hand-maps.ts"
import { quoteMaps, quoteToOrder } from "../program/quote-to-order.ts"
import { cases, type ReplayCase } from "./cases.ts"

const mara = { name: "mara", role: "operations" } as const
const olaf = { name: "olaf", role: "controller" } as const

const figures: Readonly<Record<string, Figures>> = {
  SalesOrder: { masked: [], money: [{ path: ["total"], currency: { code: "EUR" } }] },
  Customer: { masked: [["companyName"]], money: [] },
}

interface Around {
  readonly world: World
  readonly ledger: Ledger
}

function flowOf(systems: readonly FakeSystem[], { world, ledger }: Around, one?: ReplayCase): Flow {
  const own = handMaps(one?.maps ?? {})
  const has = (map: string) => one?.maps !== undefined && Object.hasOwn(one.maps, map)
  return makeFlow({
    spec: one?.spec?.(quoteToOrder) ?? quoteToOrder,
    ask: (map, scope, filled) => (has(map) ? own : quoteMaps).ask(map, scope, filled),
    call: (map, input, filled) => (has(map.name) ? own : quoteMaps).call(map, input, filled),
    world,
    connectors: new Map(systems.map(system => [system.system, system])),
    links: linkBook(ledger),
    facts: ({ system, contract }) => ({
      key: system === "Salesforce" ? "Id" : "externalId",
      fields: null,
      ...(figures[contract] === undefined ? {} : { figures: figures[contract] }),
    }),
  })
}

interface Lived {
  readonly systems: readonly FakeSystem[]
  /** The flow as it is now, on the same disk. */
  readonly now: TestEngine
  readonly around: Around
  readonly flow: Flow
}

/** The events under the flow as it was; then a process with the flow as it is now. */
async function lived(one: ReplayCase): Promise<Lived> {
  const systems = systemsOf({})
  const before = engineWith(around => [flowOf(systems, around)])
  for (const [index, payload] of one.events.entries()) {
    await before.ended(
      before.engine.append([{ flow: "QuoteToOrder", source: "test", id: `event-${index}`, payload }]),
    )
    await before.settled()
  }
  if (one.account !== undefined) systems[0]?.put("Account", { Id: one.account, Name: "Another" })
  let around: Around | undefined
  let flow: Flow | undefined
  const now = before.restart(own => {
    around = own
    flow = flowOf(systems, own, one)
    return [flow]
  })
  if (around === undefined || flow === undefined) throw new Error("no engine")
  return { systems, now, around, flow }
}

/** What was done at the systems, without questions, behind what was done before. */
function told(
  systems: readonly FakeSystem[],
  before: readonly number[] = [],
  questions = false,
): readonly string[] {
  return systems.flatMap(({ system, told: lines }, index) =>
    lines
      .slice(before[index] ?? 0)
      .filter(line => questions || !/^(?:read|find) /u.test(line))
      .map(line => `${system}: ${line}`),
  )
}

const counts = (systems: readonly FakeSystem[]) => systems.map(({ told: lines }) => lines.length)

async function rehearsed({ around, flow, now }: Lived, read = false): Promise<readonly RehearsedEvent[]> {
  const found: RehearsedEvent[] = []
  const all = async () => {
    const options = { flows: [flow], ledger: around.ledger, read }
    for await (const event of rehearse({ flow: "QuoteToOrder" }, options, new AbortController().signal))
      found.push(event)
  }
  await now.ended(all())
  return found
}

function lines(events: readonly RehearsedEvent[]): readonly string[] {
  const sums = summariser()
  for (const event of events) sums.add(event)
  const { money, stops } = sums.summary()
  return [
    ...events.flatMap(({ sourceId, verdict, why, before, now, parts, behind }) => [
      `${sourceId}: ${verdict}${why === undefined ? "" : ` (${why})`}, ${writeJson(before)} → ${writeJson(now)}`,
      ...parts.map(
        ({ kind, what, name, target, state, fields, money: own, request }) =>
          `  ${kind} ${what} ${name} at ${target}${state === undefined ? "" : ` (${state})`}${request === undefined ? "" : ` ${writeJson(request)}`}${fields
            .map(
              change =>
                ` ${change.field}: ${writeJson(change.before ?? null)} → ${writeJson(change.now ?? null)}`,
            )
            .join(
              ",",
            )}${own.map(sum => ` [${sum.field} ${sum.before} → ${sum.now} ${sum.currency}]`).join("")}`,
      ),
      ...(behind.length === 0 ? [] : [`  behind what is new: ${behind.join(", ")}`]),
    ]),
    ...stops.map(({ before, now, count }) => `stops: ${count} × ${before ?? "done"} → ${now}`),
    ...money.map(
      sum => `${sum.target} ${sum.field}: ${sum.before} → ${sum.now} ${sum.currency} (${deltaOf(sum)})`,
    ),
  ]
}

/** Delivered again by this process, which works on it. */
async function delivered(life: Lived, events: readonly RehearsedEvent[]) {
  const { around, now } = life
  const options = { ...around, by: mara, reason: "the flow was mended" }
  const done = await now.ended(applyReplay(events, options, new AbortController().signal))
  await now.settled()
  return done
}

describe("what a rehearsal finds, and what comes of it", () => {
  test.each(cases.map(one => [one.name, one] as const))("%s", async (name, one) => {
    const life = await lived(one)
    const before = counts(life.systems)
    const found = await rehearsed(life, one.read === true)
    const read = one.read !== true
    expect(
      told(life.systems, before, read),
      "nothing is done, and nothing asked that was not allowed",
    ).toEqual([])
    const asked = counts(life.systems)
    const done = await delivered(life, found)
    const did = told(life.systems, asked, true)
    const text = [
      ...one.events.map(event => `event ${writeJson(event)}`),
      ...(one.read === true ? ["reads what was not read"] : []),
      "",
      ...lines(found),
      "",
      `delivered again: ${done.delivered}`,
      ...did.map(line => `  ${line}`),
      ...life.now
        .rows("SELECT source_id, state, last_failure FROM inbox ORDER BY seq")
        .map(
          row =>
            `${row["source_id"]}: ${row["state"]}${row["last_failure"] === null ? "" : ` ${row["last_failure"]}`}`,
        ),
      "",
    ].join("\n")
    const golden = new URL(`./golden/${name.replaceAll(/[^a-z]+/gu, "-")}.txt`, import.meta.url)
    if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, text)
    expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
    expect(text).toBe(readFileSync(golden, "utf8"))
    // What was delivered has nothing new any more.
    const again = await rehearsed(life)
    expect(again.filter(({ verdict }) => verdict === "redeliver")).toEqual([])
  })
})

describe("requests that differ", () => {
  const rounded = cases.find(({ name }) => name === "an amount is rounded otherwise") as ReplayCase

  test("are sent anew by two people who mean the same, and nothing else is", async () => {
    const life = await lived(rounded)
    const { now, systems } = life
    const [event] = await rehearsed(life)
    if (event === undefined) throw new Error("no event")
    const decision = reissueOf(event)
    expect(decision).toEqual({
      kind: "reissue",
      parts: { anew: ["accepted", "accepted links", "publish 1"], version: "1.0.0" },
    })
    const before = counts(systems)
    const decide = (what: typeof decision, by: typeof mara | typeof olaf) =>
      now.ended(now.engine.decide(event.id, what, by, "the amounts were wrong"))
    const awaits = { kind: "awaits-second-person" }
    expect(await decide(decision, mara)).toEqual(awaits)
    expect(await decide(decision, mara)).toEqual(awaits)
    expect(await decide({ kind: "reissue" }, olaf), "everything is something else").toEqual(awaits)
    await now.settled()
    expect(told(systems, before, true)).toEqual([])
    expect(await decide(decision, olaf)).toEqual({ kind: "applied" })
    await now.settled()
    expect(told(systems, before, true)).toEqual([
      'NetSuite: upsert salesOrder {"externalId":"006A","item":"A-1","total":"1180.00","entity":"CUST-1"}',
    ])
    expect((await rehearsed(life)).map(({ verdict }) => verdict)).toEqual(["equal", "equal"])
    expect(
      now
        .rows("SELECT payload FROM outbox ORDER BY seq")
        .map(row => JSON.parse(String(row["payload"]))["total"]),
    ).toEqual(["1179.50", "20.00", "1180.00"])
  })

  test("are never sent by delivering again, whatever was rehearsed", async () => {
    const life = await lived(rounded)
    const before = counts(life.systems)
    const [event] = await rehearsed(life)
    if (event === undefined) throw new Error("no event")
    // As if the flow became another between the rehearsal and the delivery.
    await delivered(life, [{ ...event, verdict: "redeliver" }])
    expect(told(life.systems, before, true)).toEqual([])
    expect(life.now.rows("SELECT state, last_failure FROM inbox WHERE source_id = 'event-0'")).toEqual([
      { state: "blocked", last_failure: "REQUEST_CHANGED" },
    ])
  })
})

describe("delivering again", () => {
  const added = cases.find(({ name }) => name === "a step was added") as ReplayCase
  const event = (Id: string, minute: number) => ({
    Id,
    AccountId: "001A",
    StageName: "Closed Won",
    Amount: `${minute}.00`,
    SystemModstamp: `2026-03-31T10:0${minute}:00Z`,
  })
  const many = {
    ...added,
    events: [1, 2, 3, 4, 5].map(minute => event(minute % 2 === 0 ? "006B" : "006A", minute)),
  }

  test("keeps the order of the lane, takes no more at once than is said, and is audited", async () => {
    const objects = { ...added, events: [event("006A", 1), event("006B", 2)] }
    const life = await lived(objects)
    const found = await rehearsed(life)
    let most = 0
    const { ledger } = life.around
    const watched: Ledger = {
      run: async operation => {
        const result = await ledger.run(operation)
        most = Math.max(
          most,
          Number(life.now.rows("SELECT count(*) AS n FROM inbox WHERE state = 'open'")[0]?.["n"]),
        )
        return result
      },
    }
    const options = {
      ledger: watched,
      world: life.around.world,
      by: mara,
      reason: "a notice was forgotten",
      atOnce: 1,
    }
    expect(await life.now.ended(applyReplay(found, options, new AbortController().signal))).toEqual({
      delivered: 2,
      changedSince: 0,
    })
    expect(most).toBe(1)
    expect(life.systems.at(-1)?.told.map(line => /006./u.exec(line)?.[0])).toEqual(["006A", "006B"])
    expect(life.now.rows("SELECT actor, action FROM audit WHERE action = 'replay'")).toEqual([
      { actor: "mara", action: "replay" },
      { actor: "mara", action: "replay" },
    ])
    expect(life.now.rows("SELECT state, flow_version FROM inbox")).toEqual([
      { state: "done", flow_version: "1.1.0" },
      { state: "done", flow_version: "1.1.0" },
    ])
  })

  test("of what somebody decided about meanwhile changes nothing", async () => {
    const life = await lived(added)
    const found = await rehearsed(life)
    expect((await delivered(life, found)).delivered).toBe(2)
    expect(await delivered(life, [{ ...(found[0] as RehearsedEvent), state: "blocked" }])).toEqual({
      delivered: 0,
      changedSince: 1,
    })
  })

  test("needs a reason", async () => {
    const life = await lived(added)
    const options = { ...life.around, by: mara, reason: " " }
    const found = await rehearsed(life)
    await expect(life.now.ended(applyReplay(found, options, new AbortController().signal))).rejects.toThrow(
      "A replay needs a reason",
    )
  })

  test("that is killed between any two events ends the same when it is begun again", async () => {
    const whole = await lived(many)
    await delivered(whole, await rehearsed(whole))
    const wanted = whole.systems.at(-1)?.told
    expect(wanted?.length).toBe(2)
    for (const after of [0, 1, 2]) {
      const life = await lived(many)
      const found = await rehearsed(life)
      const killed = new AbortController()
      async function* until() {
        let count = 0
        for (const one of found) {
          if (one.verdict === "redeliver" && count++ === after) {
            killed.abort()
            return
          }
          yield one
        }
      }
      const options = { ...life.around, by: mara, reason: "a notice was forgotten" }
      await life.now.ended(applyReplay(until(), options, killed.signal))
      // The process that worked on it dies, too.
      let around: Around | undefined
      let flow: Flow | undefined
      const next = life.now.restart(own => {
        around = own
        flow = flowOf(life.systems, own, many)
        return [flow]
      })
      if (around === undefined || flow === undefined) throw new Error("no engine")
      await next.settled()
      const again = { ...life, now: next, around, flow }
      await delivered(again, await rehearsed(again))
      expect(life.systems.at(-1)?.told).toEqual(wanted)
    }
  })
})
