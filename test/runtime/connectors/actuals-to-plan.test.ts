// The whole way of the month into the plan: the flow of the example, compiled, from a simulated NetSuite to a simulated Anaplan, file in pieces, import, dump of failures, with three of ten requests
// going wrong on both sides, or each of them once in one way. Loaded, ignored and rejected are what was sent; each cell has its figure, once; what the load replaces is gone, and nothing else is.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { openFlowProject } from "../../../cli/flow/open-flows.ts"
import { planFacts } from "../../../cli/flow/plan-facts.ts"
import { planMaps } from "../../../cli/flow/plan-maps.ts"
import { createAnaplan } from "../../../runtime/connectors/anaplan/anaplan.ts"
import { createNetSuite } from "../../../runtime/connectors/netsuite/netsuite.ts"
import { createEngine } from "../../../runtime/flow/engine/create-engine.ts"
import { brokenInvariants } from "../../../runtime/flow/ledger/invariants.ts"
import type { Operation, Row } from "../../../runtime/flow/ledger/operation.ts"
import { sql } from "../../../runtime/flow/ledger/statement.ts"
import type { FlowSpec } from "../../../runtime/flow/program/flow-spec.ts"
import { makeFlow } from "../../../runtime/flow/program/make-flow.ts"
import { openSqliteLedger } from "../../../runtime/flow/stores/sqlite/open-ledger.ts"
import { simulatedAnaplan } from "../../../runtime/simulators/anaplan/anaplan-platform.ts"
import { type FaultKind, type Faults, seededFaults } from "../../../runtime/simulators/kernel/faults.ts"
import type { Seen } from "../../../runtime/simulators/kernel/serve.ts"
import { simulatedNetSuite } from "../../../runtime/simulators/netsuite/netsuite-platform.ts"
import { fakeTerminal } from "../../cli/fake-terminal.ts"
import { folderWith } from "../../cli/folder.ts"
import { fastWorld, faultsAlone } from "./fast-world.ts"
import { canary, stageOf, testSecrets } from "./harness.ts"

const example = join(import.meta.dirname, "../../../examples/actuals-to-plan")
const found = openFlowProject({}, fakeTerminal(example))
if (found.kind === "ended") throw new Error("the example does not compile")
const { plan, specs, config } = found.ready
const patient = { retry: { attempts: 400, baseMs: 200, longestMs: 2_000 } }
const nightly = specs.find(({ name }) => name === "NightlyActuals")!
const spec: FlowSpec = {
  ...nightly,
  steps: nightly.steps.map(step =>
    step.kind === "load" ? { ...step, effect: { ...step.effect, ...patient } } : step,
  ),
}

const accounts = ["121000", "211000", "410000", "610000", "620000", "700000"]
const currencies = ["EUR", "GBP", "USD"]
/** Two lines a cell, and as much on the other side. */
const lines = ["2026-02", "2026-03"].flatMap((period, month) =>
  currencies.flatMap((currency, c) =>
    accounts.flatMap((account, a) =>
      [0, 1].map(i => ({
        id: `${period} ${currency} ${account} ${i}`,
        period,
        account,
        currency,
        amount: (a % 2 === 0 ? 1 : -1) * (100_000.25 + Math.floor(a / 2) * 1_000 + c * 10 + i + month),
      })),
    ),
  ),
)
const cents = (amount: number) => BigInt(Math.round(amount * 100))
const textOf = (sum: bigint) => {
  const digits = `${sum < 0n ? -sum : sum}`.padStart(3, "0")
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
const sums = new Map<string, bigint>()
for (const { period, account, currency, amount } of lines.filter(({ period }) => period === "2026-03")) {
  const cell = `${account} | Actual | ${period} | ${currency}`
  sums.set(cell, (sums.get(cell) ?? 0n) + cents(amount))
}
const march = new Map([...sums].map(([cell, sum]) => [cell, textOf(sum)]))
const ofBefore = { "121000 | Actual | 2026-02 | EUR": "7.00", "121000 | Budget | 2026-03 | EUR": "8.00" }
const gone = { "999999 | Actual | 2026-03 | EUR": "9.00" }

const readJson = (name: string) => JSON.parse(readFileSync(join(example, "platforms", name), "utf8"))

/** `knows`: of which currencies the model has members; absent: it takes each as it is. */
function model(knows: readonly string[] | undefined) {
  const { lists, imports } = readJson("anaplan.json")
  const [name, one] = Object.entries(imports)[0] as [string, { file: string; into: object }]
  const { members, free } = one.into as { members: { Account: string }; free: readonly string[] }
  const into =
    knows === undefined
      ? { ...one.into, members: { Account: members.Account }, free: [...free, "Currency"] }
      : { ...one.into, members: { ...members, Currency: "101000000009" } }
  const items = (knows ?? []).map(code => ({ name: code, code }))
  const anaplan = simulatedAnaplan()
  anaplan.load({
    lists: { ...lists, "101000000009": { name: "Currencies", items } },
    imports: { [name]: { ...one, into } },
    modules: { Actuals: { ...inOrder(ofBefore, knows), ...inOrder(gone, knows) } },
  })
  return anaplan
}

/** Cells are named by members first, then by what is taken as it is. */
function inOrder(cells: object, knows: readonly string[] | undefined): object {
  if (knows === undefined) return cells
  return Object.fromEntries(
    Object.entries(cells).map(([cell, figure]) => {
      const [account, version, period, currency] = cell.split(" | ")
      return [[account, currency, version, period].join(" | "), figure]
    }),
  )
}

interface Night {
  readonly cells: object
  readonly receipt: {
    readonly sent: number
    readonly loaded: number
    readonly ignored: number
    readonly rejected: readonly { readonly index: number; readonly code: string }[]
  }
  readonly events: object
  readonly exceptions: readonly { readonly code: string; readonly open: number }[]
  /** Rows that each import read, as often as its end was asked for. */
  readonly imported: readonly string[]
  readonly wrong: number
  readonly pieces: number
}

async function night(
  [before, behind]: readonly [Faults, Faults],
  knows: readonly string[] | undefined,
): Promise<Night> {
  const erp = simulatedNetSuite()
  erp.load({ tables: { glline: lines } })
  const target = model(knows)
  const world = fastWorld()
  const [from, to] = [
    await stageOf(erp, { now: world.now, faults: before }),
    await stageOf(target, { now: world.now, faults: behind }),
  ]
  const secrets = testSecrets({
    NETSUITE_CONSUMER_KEY: "consumer-key",
    NETSUITE_CONSUMER_SECRET: canary,
    NETSUITE_TOKEN_ID: "token-number-1",
    NETSUITE_TOKEN_SECRET: canary,
    ANAPLAN_USER: "user-number-1",
    ANAPLAN_PASSWORD: canary,
  })
  const around = { world, secrets }
  const of = (name: string, url: string) => {
    const { kind: _, ...options } = config.systems[name]!
    return { ...options, system: name, baseUrl: url, totalMs: 2_000 } as never
  }
  const anaplanSays = of("Anaplan", `${to.url}/2/0`) as object
  const connectors = [
    createNetSuite(of("NetSuite", from.url), around),
    createAnaplan(
      {
        ...anaplanSays,
        auth: {
          kind: "basic",
          user: "env:ANAPLAN_USER",
          password: "env:ANAPLAN_PASSWORD",
          url: `${to.url}/token/authenticate`,
        },
        chunkBytes: 200,
      } as never,
      around,
    ),
  ]
  const file = join(folderWith({}), "flows.db")
  const ledger = openSqliteLedger(file, world)
  const maps = planMaps(plan, {})
  const facts = planFacts(plan)
  const flow = makeFlow({
    spec,
    ask: maps.ask,
    call: maps.call,
    connectors: new Map(connectors.map(one => [one.system, one])),
    world,
    facts: facts.facts,
    amountOf: facts.amountOf,
  })
  const engine = createEngine({ flows: [flow], ledger, world, worker: "w" })
  await engine.append([
    {
      flow: "NightlyActuals",
      source: "test",
      id: "night",
      payload: { occurrence: "2026-03-31T00:00:00Z" },
    },
  ])
  const stop = new AbortController()
  const running = engine.process({ lanes: 2, signal: stop.signal })
  const counts = async () => (await engine.stats()).flows[0]?.events
  while ((await counts())?.open !== 0) await new Promise(resolve => setTimeout(resolve, 20))
  stop.abort()
  await running
  expect(await ledger.run(() => brokenInvariants())).toEqual([])
  const { flows, exceptions } = await engine.stats()
  const [row] = await ledger.run(receiptOfLoad)
  ledger.close()
  await Promise.all(connectors.map(one => one.close()))
  expect(readFileSync(file).includes(canary)).toBe(false)
  const { modules } = target.dump() as { readonly modules: { readonly Actuals: object } }
  const puts = to.seen.filter(({ request }) => request.method === "PUT").map(({ request }) => request.path)
  return {
    cells: modules.Actuals,
    receipt: JSON.parse(String(row?.["receipt"])),
    events: flows[0]?.events ?? {},
    exceptions,
    imported: to.seen.flatMap(rowsRead),
    wrong: [...from.seen, ...to.seen].filter(({ fault }) => fault !== undefined).length,
    pieces: new Set(puts).size,
  }
}

function* receiptOfLoad(): Operation<readonly Row[]> {
  return yield sql`SELECT receipt FROM effect WHERE name = ${"loaded"}`
}

/** What the end of an import says it read. */
function rowsRead({ answer }: Seen): readonly string[] {
  return [...String(answer?.body ?? "").matchAll(/"totalRowCount","(\d+)"/gu)].map(([, rows]) => String(rows))
}

/** Everything that is asked goes wrong in this way when it is asked for the first time: the token, each piece of the file, the task, its end, the dump. */
function onceEverywhere(kind: FaultKind): Faults {
  const asked = new Set<string>()
  return (_, { method, path }) => {
    const what = `${method} ${path.replace(/TASK\d+/u, "TASK")}`
    if (asked.has(what)) return undefined
    asked.add(what)
    return kind
  }
}

/** `least`: requests that go wrong. */
type Way = readonly [name: string, faults: () => readonly [Faults, Faults], least: number]
const ways: readonly Way[] = [
  ...[3, 11].map(
    (seed): Way => [
      `everyday faults, seed ${seed}`,
      () => [seededFaults(seed, 0.3), seededFaults(seed + 100, 0.3)],
      3,
    ],
  ),
  ...faultsAlone.map((kind): Way => [`${kind} alone`, () => [onceEverywhere(kind), onceEverywhere(kind)], 9]),
]

test.each(ways)(
  "the month is in the plan, cell by cell: %s",
  async (_, faults, least) => {
    const { cells, receipt, events, imported, wrong, pieces } = await night(faults(), undefined)
    expect(cells).toEqual({ ...ofBefore, ...Object.fromEntries(march) })
    expect(receipt).toMatchObject({ sent: march.size, loaded: march.size, ignored: 0, rejected: [] })
    expect(events).toMatchObject({ done: 1, open: 0, blocked: 0, parked: 0 })
    // no import read half a file, and none a row twice
    expect(new Set(imported)).toEqual(new Set([String(march.size)]))
    expect(pieces).toBeGreaterThan(2)
    expect(wrong).toBeGreaterThanOrEqual(least)
  },
  120_000,
)

test.each(ways)(
  "what the model refuses is told row by row, and holds: %s",
  async (_, faults, least) => {
    const { cells, receipt, events, exceptions, imported, wrong } = await night(faults(), ["EUR", "USD"])
    const refused = [...march.keys()].filter(cell => cell.endsWith("GBP"))
    const taken = [...march].filter(([cell]) => !cell.endsWith("GBP"))
    expect(cells).toEqual(inOrder({ ...ofBefore, ...Object.fromEntries(taken) }, ["EUR", "USD"]))
    expect([receipt.sent, receipt.loaded, receipt.ignored, receipt.rejected.length]).toEqual([
      march.size,
      taken.length,
      0,
      refused.length,
    ])
    expect(new Set(receipt.rejected.map(({ index }) => index)).size).toBe(refused.length)
    expect(receipt.loaded + receipt.ignored + receipt.rejected.length).toBe(receipt.sent)
    expect(events).toMatchObject({ done: 0, open: 0, blocked: 1, parked: 0 })
    expect(exceptions).toMatchObject([{ code: "RECONCILE", open: 1 }])
    expect(new Set(imported)).toEqual(new Set([String(march.size)]))
    expect(wrong).toBeGreaterThanOrEqual(least)
  },
  120_000,
)
