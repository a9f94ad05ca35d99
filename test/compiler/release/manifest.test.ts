// What is kept of a release: a Plan of its own that works like the whole one, reads back, and notices when somebody changed it.

import { fileURLToPath } from "node:url"
import {
  interpret,
  isIntact,
  manifestsOf,
  readManifest,
  releaseSubjects,
  writeManifest,
} from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { analyseProject } from "../../../cli/project/analyse-project.ts"
import { openProject } from "../../../cli/project/open-project.ts"
import { planOf, shop } from "./project.ts"

const examples = ["closed-won", "closed-won-to-forecast", "stripe-to-ledger"]

function examplePlan(name: string) {
  const opening = openProject(fileURLToPath(new URL(`../../../examples/${name}/`, import.meta.url)), ".", [])
  if (opening.kind === "problems") throw new Error(opening.problems.join(" "))
  const { plan } = analyseProject(opening.opened)
  if (plan === null) throw new Error(`${name} has errors`)
  return plan
}

describe.each(examples)("%s", name => {
  const plan = examplePlan(name)
  const manifestOf = manifestsOf(plan)
  test.each(releaseSubjects(plan).map(subject => [`${subject.kind} ${subject.id}`, subject] as const))(
    "%s reads back as it was written",
    (_words, subject) => {
      const manifest = manifestOf(subject)
      const text = writeManifest(manifest)
      const read = readManifest(text, "a.json")
      if ("problem" in read) throw new Error(read.problem)
      expect(isIntact(read.manifest)).toBe(true)
      expect(writeManifest(read.manifest)).toBe(text)
    },
  )
  test("a part holds nothing of others", () => {
    for (const subject of releaseSubjects(plan)) {
      const { plan: part } = manifestOf(subject)
      expect(part.files.length).toBeLessThanOrEqual(plan.files.length)
      expect(part.maps.map(map => map.name)).toEqual(subject.kind === "map" ? [subject.id] : [])
      if (subject.kind === "crosswalk") expect(part.crosswalks.map(({ id }) => id)).toContain(subject.id)
      const places = new Set(
        plan.shapes.map(({ name: of, file, at }) => `${of} ${plan.files[file]?.path} ${at[1]}`),
      )
      for (const { name: of, file, at } of part.shapes) {
        expect(at[0]).toBe(file)
        expect(places).toContain(`${of} ${part.files[file]?.path} ${at[1]}`)
      }
    }
  })
})

describe("a map on its own", () => {
  const plan = planOf({ "shop.fmap": shop })
  const manifestOf = manifestsOf(plan)
  const order = {
    id: "1",
    currency: "EUR",
    region: "EMEA",
    lines: [{ sku: "A", amount: "2.00" }],
    total: "2.00",
  }
  test.each([order, { ...order, region: "MARS" }, { ...order, total: "2.001" }])(
    "does what the whole project does with %j",
    payload => {
      const part = manifestOf({ kind: "map", id: "Book", version: "1.0.0" }).plan
      const whole = interpret(plan, "Book", { order: payload }, {})
      expect(interpret(part, "Book", { order: payload }, {})).toEqual(whole)
    },
  )
})

describe("readManifest refuses in a sentence", () => {
  const plan = planOf({ "shop.fmap": shop })
  const text = writeManifest(manifestsOf(plan)({ kind: "contract", id: "Order", version: "1.0.0" }))
  test.each([
    ["no JSON", "{", "a.json is not JSON: "],
    ["something else", `{"format":"fmap.plan"}`, "a.json is no manifest of a release that this fmap reads."],
    [
      "a later format",
      text.replace(`"formatVersion": 1,\n"kind"`, `"formatVersion": 2,\n"kind"`),
      "a.json is no manifest of a release",
    ],
    ["no kind", text.replace(`"kind": "contract"`, `"kind": "thing"`), "a.json does not say what it is of."],
    ["another Plan", text.replace(`"fmap.plan"`, `"other"`), "a.json: This is no fmap plan"],
  ])("%s", (_words, broken, problem) => {
    const read = readManifest(broken, "a.json")
    expect("problem" in read ? read.problem : "read").toContain(problem)
  })
  test("and what was changed by hand is not intact", () => {
    const read = readManifest(text.replace(`"max": 4`, `"max": 5`), "a.json")
    expect("manifest" in read && isIntact(read.manifest)).toBe(false)
  })
})
