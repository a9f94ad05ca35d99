// Runs every case of specs/conformance/reach: a change reaches exactly the consumers the case says, at the fields they selected and by the way it says.
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import {
  compareContracts,
  compareFlows,
  compareGovernance,
  compareMaps,
  type Plan,
  toldToConsumers,
} from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import * as z from "zod"
import { planOf } from "../release/project.ts"

const folder = join(import.meta.dirname, "../../../specs/conformance/reach")
const expectation = z.strictObject({
  description: z.string().min(20),
  /** Rule, subject and path of what changed. */
  findings: z.array(z.string()),
  consumers: z.record(z.string(), z.strictObject({ breaks: z.boolean(), reached: z.array(z.string()) })),
})

function side(name: string, which: "old" | "new"): Plan {
  const files = join(folder, name, which)
  return planOf(
    Object.fromEntries(readdirSync(files).map(file => [file, readFileSync(join(files, file), "utf8")])),
  )
}

const release = (plan: Plan) => ({ plan, textOf: () => undefined, rows: new Map() })

describe.each(readdirSync(folder).sort())("%s", name => {
  const [old, now] = [side(name, "old"), side(name, "new")]
  const changes = [
    ...compareContracts(old, now, { policy: "sound", today: null }),
    ...compareMaps(release(old), release(now), "standard"),
    ...compareFlows(release(old), release(now), "standard"),
    ...compareGovernance(old, now, { today: "", mode: "standard" }),
  ]
  const told = toldToConsumers(changes, old, now, "standard")
  const file = join(folder, name, "expect.json")
  const expected = expectation.parse(JSON.parse(readFileSync(file, "utf8")))
  const found = {
    findings: changes.map(({ rule, subject, path }) => [rule, subject, path].join(" ").trim()),
    consumers: Object.fromEntries(
      told.consumers.map(({ consumer, breaks, reached }) => [
        consumer,
        {
          breaks,
          reached: reached.map(one => `${one.rule} ${one.field} by ${one.path.join(" > ")}, ${one.gives}`),
        },
      ]),
    ),
  }
  if (process.env["FMAP_ACCEPT"] === "1")
    writeFileSync(file, `${JSON.stringify({ description: expected.description, ...found }, null, 2)}\n`)

  test(expected.description, () =>
    expect(found).toEqual({ findings: expected.findings, consumers: expected.consumers }),
  )

  test("each consumer that breaks is told once, and each finding names whom it reaches", () => {
    expect(told.breaks.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(
      told.consumers.flatMap(({ consumer, breaks }) => (breaks ? [`L007 ${consumer}`] : [])),
    )
    for (const { consumer, reached } of told.consumers)
      for (const { fingerprint } of reached)
        expect(told.findings.find(one => one.fingerprint === fingerprint)?.consumers).toContain(consumer)
  })
  test("without consumers nothing is added", () => {
    const { consumers: _, ...alone } = now
    expect(toldToConsumers(changes, old, alone, "standard")).toEqual({
      findings: changes,
      breaks: [],
      consumers: [],
    })
  })
})
