// One case, lived as often as there are moments at which a process can die: around each commit and on each way to and from a system. Flows in: a case and the moment.
// Flows out: what is there at the end, without what may differ, and how many moments there were.
import { createEngine } from "../../../../runtime/flow/engine/create-engine.ts"
import { brokenInvariants } from "../../../../runtime/flow/ledger/invariants.ts"
import type { Engine } from "../../../../runtime/flow/port/engine.ts"
import { runOperation } from "../../../../runtime/flow/stores/sqlite/run-operation.ts"
import { ledgerOn, newDisk } from "../simulation/faulty-store.ts"
import { randomOf } from "../simulation/random.ts"
import { type Process, virtualTime } from "../simulation/virtual-time.ts"
import type { FlowCase } from "./cases.ts"
import { flowOfCase, systemsOf } from "./flow-of-case.ts"

export interface Life {
  readonly end: string
  readonly moments: number
  readonly broken: readonly string[]
}

const person = { name: "mara", role: "operations" } as const
const most = 20_000

/** `killAt`: the moment of the only death; none where it never comes. */
export async function lifeOf(one: FlowCase, killAt: number): Promise<Life> {
  let moments = 0
  let process: Process = { alive: true }
  const moment = (of: Process) => {
    if (moments++ === killAt) of.alive = false
  }
  const disk = newDisk(() => false)
  const time = virtualTime(randomOf(1), { beforeCommit: moment, afterCommit: moment })
  const systems = systemsOf(one, async () => {
    const own = process
    await time.sleep(own, 1)
    moment(own)
    if (!own.alive) await new Promise(() => {})
  })
  let starts = 0
  function start(): Engine {
    process = { alive: true }
    const world = time.worldOf(process)
    const ledger = ledgerOn(disk, world)
    const engine = createEngine({
      flows: [flowOfCase(one, systems, { world, ledger })],
      ledger,
      world,
      worker: `w${++starts}`,
    })
    void engine.process({ lanes: 4, signal: new AbortController().signal })
    return engine
  }
  let engine = start()
  const rows = (text: string) => disk.database.prepare(text).all()

  /** Does something, and again in another process where this one dies, until the ledger has it. */
  async function until(has: () => boolean, work: (engine: Engine) => Promise<unknown>): Promise<void> {
    for (;;) {
      let failed: unknown
      if (!has()) work(engine).catch(error => (failed = error))
      const came = await time.run(() => !process.alive || failed !== undefined || (has() && atRest()), most)
      if (failed !== undefined && process.alive) throw failed
      if (process.alive && came) return
      if (process.alive) throw new Error("it does not come to rest")
      engine = start()
    }
  }
  const atRest = () => rows("SELECT 1 FROM lane WHERE state IN ('ready', 'running') LIMIT 1").length === 0

  for (const [index, payload] of one.events.entries())
    await until(
      () => rows(`SELECT 1 FROM inbox WHERE source_id = 'event-${index}'`).length > 0,
      on => on.append([{ flow: one.flow, source: "test", id: `event-${index}`, payload }]),
    )
  for (const [index, decision] of (one.decisions ?? []).entries())
    await until(
      () => rows("SELECT 1 FROM decision").length > index,
      on => {
        const [first] = rows("SELECT id FROM inbox WHERE state IN ('blocked', 'parked') ORDER BY seq")
        return on.decide(String(first?.["id"]), decision, person, "the test says so")
      },
    )

  const all = (title: string, text: string) => [
    `${title}:`,
    ...rows(text).map(row => `  ${Object.values(row).join(" | ")}`),
  ]
  return {
    moments,
    broken: runOperation(disk.database, new WeakMap(), brokenInvariants()),
    end: [
      ...all("events", "SELECT source_id, state, because, generation FROM inbox ORDER BY seq"),
      ...all(
        "effects",
        "SELECT inbox.source_id, effect.generation, effect.name, effect.state, undoes, receipt FROM effect JOIN inbox ON inbox.id = event ORDER BY 1, 2, 3",
      ),
      ...all(
        "exceptions",
        "SELECT inbox.source_id, code, exception.state, queue FROM exception JOIN inbox ON inbox.id = event ORDER BY exception.seq",
      ),
      ...all("links", "SELECT crosswalk, key, value FROM link ORDER BY seq"),
      ...all("outbox", "SELECT topic, payload FROM outbox ORDER BY seq"),
      ...systems.flatMap(({ system, told }) => [`${system}:`, ...happened(told)]),
    ]
      .join("\n")
      // An upsert that is sent again finds what the first one made.
      .replaceAll('"outcome":"updated"', '"outcome":"created"')
      // What was refused after a death is refused, and of the call before it nobody knows.
      .replaceAll("| written | doubt |", "| written | clean |"),
  }
}

/** Questions may be asked again, and what the target takes as the same may be sent again in a row; what creates may not. */
function happened(told: readonly string[]): readonly string[] {
  const acts = told.filter(line => !/^(?:read|find|prepare) /u.test(line))
  return acts
    .filter((line, index) => line !== acts[index - 1] || /^(?:create|ensure|load \S+ add) /u.test(line))
    .map(line => `  ${line}`)
}
