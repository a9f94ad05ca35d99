// One life of a system of flows under one seed: a source that sends everything until it is acknowledged (and again), processes that are killed,
// a disk that fails, targets that fail; then the faults end, a person decides about what is stopped, and everything has to drain.
// Flows in: a seed. Flows out: a sentence for each promise that was broken, and what happened, in numbers.
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import { textOf } from "../../../../runtime/flow/ledger/operation.ts"
import { mostCrashes } from "../../../../runtime/flow/ledger/reclaim.ts"
import type { Engine } from "../../../../runtime/flow/port/engine.ts"
import type { EventAmount, Inbound } from "../../../../runtime/flow/port/event.ts"
import { BackPressure, StoreFailed } from "../../../../runtime/flow/port/failures.ts"
import type { Ctx, Flow } from "../../../../runtime/flow/port/flow.ts"
import { runOperation } from "../../../../runtime/flow/stores/sqlite/run-operation.ts"
import { ledgerOn, newDisk } from "./faulty-store.ts"
import { checkEnd } from "./promises.ts"
import { type Random, randomOf, shuffled } from "./random.ts"
import { replayChanges } from "./replay-changes.ts"
import { type SimTargets, simTargets, type TargetName, targets } from "./sim-targets.ts"
import { type Process, virtualTime } from "./virtual-time.ts"

export interface OrderPayload {
  readonly order: string
  readonly lane: string
  readonly refused: boolean
  /** Kills whoever works on it. */
  readonly poison: boolean
  readonly amount: EventAmount
}

export interface SimResult {
  readonly broken: readonly string[]
  readonly figures: Readonly<
    Record<"events" | "effects" | "kills" | "storeFaults" | "decided" | "steps", number>
  >
}

const mostSteps = 60_000
export const simAttempts = 6
const person = { name: "mara", role: "operations" } as const

export async function simulate(seed: number): Promise<SimResult> {
  const random = randomOf(seed)
  const broken: string[] = []
  let process: Process = { alive: false }
  let faults = true
  let storeFaults = 0
  let kills = 0
  let decided = 0

  const killRate = random.next() * 0.02
  const kill = (one: Process) => {
    if (!faults || one !== process || !random.chance(killRate)) return
    one.alive = false
    kills += 1
  }
  const storeRate = random.chance(0.5) ? 0 : random.next() * 0.05
  const disk = newDisk(() => {
    const fails = faults && random.chance(storeRate)
    if (fails) storeFaults += 1
    return fails
  })
  const time = virtualTime(random, { beforeCommit: kill, afterCommit: kill })
  const faultRate = random.next()
  const world = simTargets(time, random, () => faults && random.chance(faultRate))
  const events = ordersOf(random)
  const acknowledged = new Set<string>()

  /** A new process on the same disk, with its source sending again what is not acknowledged, and some of what is. */
  let starts = 0
  const deaths = new Map<string, number>()
  function start(): Engine {
    const own: Process = { alive: true }
    process = own
    starts += 1
    const ownWorld = time.worldOf(own)
    const poisoned = (id: string) => {
      deaths.set(id, (deaths.get(id) ?? 0) + 1)
      own.alive = false
      kills += 1
      if ((deaths.get(id) ?? 0) > mostCrashes) broken.push(`one event killed ${deaths.get(id)} workers`)
    }
    const flows = [ordersFlow(own, world, poisoned), invoicesFlow(own, world)]
    const engine = createEngine({
      flows,
      ledger: ledgerOn(disk, ownWorld),
      world: ownWorld,
      worker: `w${starts}`,
    })
    void engine
      .process({ lanes: 1 + random.whole(8), signal: new AbortController().signal })
      .catch(error => void broken.push(`the engine stopped: ${error}`))
    void produce(engine)
    return engine
  }

  async function produce(engine: Engine): Promise<void> {
    const again = events.filter(event => !acknowledged.has(event.id) || random.chance(0.2))
    for (let at = 0; at < again.length; ) {
      const batch = again.slice(at, at + 1 + random.whole(5))
      try {
        const { conflicts } = await engine.append(batch)
        if (conflicts.length > 0) broken.push(`a conflict about ${conflicts[0]?.id}`)
        for (const event of batch) acknowledged.add(event.id)
        at += batch.length
      } catch (error) {
        if (!(error instanceof StoreFailed) && !(error instanceof BackPressure))
          broken.push(`append: ${error}`)
        await time.sleep(process, 100)
      }
    }
  }

  const query = (text: string) => disk.database.prepare(text).all()
  const atRest = () => query("SELECT 1 FROM lane WHERE state IN ('ready', 'running') LIMIT 1").length === 0
  const checkLedger = (when: string) => {
    if (disk.database.isTransaction) return
    for (const one of runOperation(disk.database, new WeakMap(), brokenInvariants()))
      broken.push(`${when}: ${one}`)
  }

  // Faults.
  let engine = start()
  const faultsEnd = time.now() + 20_000 + random.whole(60_000)
  for (let round = 0; round < 200 && broken.length === 0; round++) {
    await time.run(() => !process.alive || time.now() >= faultsEnd, mostSteps / 10)
    if (process.alive) break
    checkLedger("after a kill")
    engine = start()
  }
  // And their end: what is left has to drain, with a person deciding about what is stopped.
  faults = false
  if (!process.alive) engine = start()
  for (let round = 0; round < 60 && broken.length === 0; round++) {
    const rested = await time.run(
      () => !process.alive || (acknowledged.size === events.length && atRest()),
      mostSteps,
    )
    if (!process.alive) {
      engine = start()
      continue
    }
    if (!rested) {
      broken.push("it does not come to rest when the faults have ended")
      break
    }
    const stopped = query(
      "SELECT inbox.id, exception.code FROM inbox JOIN exception ON exception.event = inbox.id AND closed_at IS NULL WHERE inbox.state IN ('blocked', 'parked')",
    )
    if (stopped.length === 0) break
    for (const row of stopped) {
      let over = false
      void decideAbout(engine, textOf(row, "id"), textOf(row, "code"))
        .catch(error => void broken.push(`a decision about ${textOf(row, "code")}: ${error}`))
        .finally(() => {
          over = true
        })
      await time.run(() => over, mostSteps)
      decided += 1
    }
  }
  checkLedger("at the end")
  broken.push(...checkEnd({ disk, world, events, attempts: simAttempts }))
  if (broken.length === 0)
    broken.push(
      ...(await replayChanges(disk, never => [
        ordersFlow(process, never, () => {}),
        invoicesFlow(process, never),
      ])),
    )

  disk.database.close()

  /** As a person would: looks whether it was done, and tries again; skips what is refused. */
  async function decideAbout(of: Engine, id: string, code: string): Promise<void> {
    if (code === "CRASHED") {
      const poisoned = deaths.get(id)
      if (poisoned !== undefined)
        return void (await of.decide(id, { kind: "skip" }, person, "it kills workers"))
    }
    if (code === "REJECTED")
      return void (await of.decide(id, { kind: "skip" }, person, "the item does not exist"))
    if (code !== "IN_DOUBT")
      return void (await of.decide(id, { kind: "retry" }, person, "it should work now"))
    const [row] = query(
      `SELECT effect.name, effect.target, inbox.payload FROM effect JOIN inbox ON inbox.id = effect.event WHERE event = '${id}' AND effect.state = 'doubt'`,
    )
    if (row === undefined) throw new Error("no effect in doubt")
    const { order } = JSON.parse(textOf(row, "payload")) as OrderPayload
    const known = world.done.find(
      one => one.target === textOf(row, "target") && one.object === objectOf(order, one.target),
    )
    const outcome =
      known === undefined
        ? ({ kind: "not-done" } as const)
        : ({ kind: "done", receipt: known.receipt } as const)
    await of.decide(id, { kind: "settle", effect: textOf(row, "name"), outcome }, person, "looked it up")
  }

  return {
    broken,
    figures: {
      events: events.length,
      effects: world.done.length,
      kills,
      storeFaults,
      decided,
      steps: starts,
    },
  }
}

export function objectOf(order: string, target: string): string {
  return `${target}/${order}`
}

function ordersOf(random: Random): readonly Inbound[] {
  const lanes = 1 + random.whole(6)
  const count = 5 + random.whole(20)
  const orders = Array.from({ length: count }, (_, index): Inbound => {
    const amount = {
      value: `${random.whole(100_000)}.${10 + random.whole(90)}`,
      currency: random.chance(0.5) ? "EUR" : "USD",
    }
    const payload: OrderPayload = {
      order: `order-${index}`,
      lane: `customer-${random.whole(lanes)}`,
      refused: random.chance(0.05),
      poison: random.chance(0.01),
      amount,
    }
    return { flow: "orders", source: "shop", id: `order-${index}`, payload, amount }
  })
  return random.chance(0.5) ? orders : shuffled(orders, random)
}

function laneOf(event: Inbound): string {
  return (event.payload as OrderPayload).lane
}

/** Through the whole journal: a step, an effect of each kind, an event with a receipt and one at the end. */
function ordersFlow(process: Process, world: SimTargets, poisoned: (eventId: string) => void): Flow {
  return {
    name: "orders",
    version: "1",
    lane: laneOf,
    retry: { attempts: simAttempts, baseMs: 50, longestMs: 5_000 },
    async handler(event, ctx) {
      const payload = event.payload as OrderPayload
      if (payload.poison) {
        poisoned(event.id)
        await new Promise(() => {})
      }
      const priced = await ctx.step("price", () => ({ order: payload.order, uuid: ctx.uuid() }))
      if (priced.order !== payload.order) throw new Error("the journal gave another order")
      const does = (target: TargetName, refused: boolean) =>
        effectOn(process, world, ctx, target, event.laneSeq, payload, refused)
      await does("billing", false)
      await does("erp", payload.refused)
      await does("letter", false)
      ctx.emit({ name: "invoice", to: { kind: "flow", flow: "invoices" }, payload, amount: payload.amount })
      ctx.emit({
        name: "told",
        to: { kind: "topic", topic: "orders.done" },
        payload: { order: payload.order },
      })
    },
  }
}

function invoicesFlow(process: Process, world: SimTargets): Flow {
  return {
    name: "invoices",
    version: "1",
    lane: laneOf,
    retry: { attempts: simAttempts, baseMs: 50, longestMs: 5_000 },
    async handler(event, ctx) {
      await effectOn(process, world, ctx, "crm", event.laneSeq, event.payload as OrderPayload, false)
    },
  }
}

function effectOn(
  process: Process,
  world: SimTargets,
  ctx: Ctx,
  target: TargetName,
  laneSeq: number,
  payload: OrderPayload,
  refused: boolean,
): Promise<string> {
  const object = objectOf(payload.order, target)
  const request = { object, lane: payload.lane, laneSeq, refused }
  return ctx.effect({
    name: `${target}-create`,
    target: targets[target],
    request,
    amount: payload.amount,
    send: call => world.send(process, target, request, call),
    ...(target === "erp" ? { find: () => world.find(process, target, object) } : {}),
  })
}
