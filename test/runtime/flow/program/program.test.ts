// Compiled flows on the engine: what happens to each case, beside what went in. FMAP_ACCEPT=1 writes it: read it then.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { writeJson } from "../../../../runtime/formats/json/write-json.ts"
import { engineWith } from "../engine-on-disk.ts"
import { cases, type FlowCase } from "./cases.ts"
import { flowOfCase, systemsOf } from "./flow-of-case.ts"
import { whatHappened } from "./what-happened.ts"

const person = { name: "mara", role: "operations" } as const

test.each(cases.map(one => [one.name, one] as const))("%s", async (name, one) => {
  const told = `${input(one)}\n\n${await live(one)}\n`
  const golden = new URL(`./golden/${name.replaceAll(/[^a-z]+/gu, "-")}.txt`, import.meta.url)
  if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, told)
  expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
  expect(told).toBe(readFileSync(golden, "utf8"))
})

function input({ flow, events, faults = [], decisions = [], lines = [] }: FlowCase): string {
  return [
    flow,
    ...events.map(event => `  event ${writeJson(event)}`),
    ...lines.map(line => `  line ${writeJson(line)}`),
    ...faults.map(fault => `  fault ${writeJson(fault)}`),
    ...decisions.map(decision => `  decision ${writeJson(decision)}`),
  ].join("\n")
}

async function live(one: FlowCase): Promise<string> {
  const { flow, events, decisions = [] } = one
  const systems = systemsOf(one)
  const running = engineWith(around => [flowOfCase(one, systems, around)])
  const { engine, ended, settled, rows } = running
  for (const [index, payload] of events.entries()) {
    await ended(engine.append([{ flow, source: "test", id: `event-${index}`, payload }]))
    await settled()
  }
  for (const decision of decisions) {
    const [first] = rows("SELECT id FROM inbox WHERE state IN ('blocked', 'parked') ORDER BY seq")
    await ended(engine.decide(String(first?.["id"]), decision, person, "the test says so"))
    await settled()
  }
  return whatHappened(running, systems)
}
