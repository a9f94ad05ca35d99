// What `fmap explain` and lineage say of a hierarchy: the way to the top and the level, or that there is no such member.
import { explainValue, formatExplanation, formatLineage, lineageOf } from "@fmap/compiler"
import { loadCrosswalk } from "@fmap/runtime"
import { readTable } from "@fmap/runtime/formats"
import { expect, test } from "vitest"
import { crosswalkSpec } from "../../../compiler/types/crosswalk-spec.ts"
import { planOf } from "../../conformance/plan-of.ts"

const text = `
hierarchy Regions(member: text(9)) version 1.2.0 levels All, Area, Country {
  "All"
  "EMEA" under "All"
  "DE" under "EMEA"
}
hierarchy Desks(code: int) version 2.0.0 levels Floor, Desk from csv "desks.csv" (code: "Code", parent: "Up")
contract In version 1.0.0 { place : text(9), desk : int, secret : text(9) pii }
contract Out version 1.0.0 { area? : text(9), floor : int, hidden? : text(9) }
map M version 1.0.0
  from i: In
  to   o: Out
{
  area   = rollup(Regions, i.place, Area)
  floor  = rollup(Desks, i.desk, Floor) else 0
  hidden = rollup(Regions, i.secret, All)
}`
const desks = "Code,Up\n1,\n12,1\n"
const plan = planOf(text, { "desks.csv": desks })

function explained(pointer: string, place: string): string {
  const table = readTable("csv", desks)
  const loaded =
    "ok" in table
      ? loadCrosswalk(crosswalkSpec(plan, plan.crosswalks.find(one => one.id === "Desks")!), table.ok)
      : null
  if (loaded === null || !("ok" in loaded)) throw new Error("the file does not load")
  const explanation = explainValue({
    plan,
    map: "M",
    input: { i: { place, desk: 12, secret: "DE" } },
    reference: { Desks: loaded.ok },
    pointer,
    textOf: path => (path === "main.fmap" ? text : undefined),
  })!
  return formatExplanation(explanation)
    .replace(/ {2,}main\.fmap:\d+:\d+$/gmu, "")
    .replace(/snapshot \w+/gu, "snapshot …")
    .replace(/(?<=\S) {2,}/gu, " | ")
    .trimEnd()
}

test("the way from the member to the top, and the level", () => {
  expect(explained("/area", "DE")).toMatchInlineSnapshot(`
    "/area of M 1.0.0, done: "EMEA"
      rollup(Regions, i.place, Area) | "EMEA" | DE → EMEA → All, the level Area of Regions 1.2.0, main.fmap:5:3
        i.place | "DE" | i /place"
  `)
  expect(explained("/floor", "DE")).toMatchInlineSnapshot(`
    "/floor of M 1.0.0, done: 1
      rollup(Desks, i.desk, Floor) else 0 | 1
        rollup(Desks, i.desk, Floor) | 1 | 12 → 1, the level Floor of Desks 2.0.0, snapshot …
          i.desk | 12 | i /desk
      hierarchy Desks 2.0.0 (12, Floor) found, snapshot …"
  `)
})

test("no member, and none on the level", () => {
  expect(explained("/area", "FR")).toMatchInlineSnapshot(`
    "/area of M 1.0.0, done: nothing
      rollup(Regions, i.place, Area) | missing | no member of Regions 1.2.0, main.fmap:2:11
        i.place | "FR" | i /place"
  `)
  expect(explained("/area", "All")).toMatchInlineSnapshot(`
    "/area of M 1.0.0, done: nothing
      rollup(Regions, i.place, Area) | missing | All, nothing on the level Area of Regions 1.2.0, main.fmap:2:11
        i.place | "All" | i /place"
  `)
})

test("personal data is not told by its branch", () => {
  expect(explained("/hidden", "DE")).not.toContain("EMEA")
})

test("lineage names the level", () => {
  expect(formatLineage(lineageOf(plan), plan).replace(/ *main\.fmap:\S+/gu, "")).toMatchInlineSnapshot(`
    "map M 1.0.0 to Out
      area
        value    Regions.Area 1.2.0  looked up
        decides  i.place             key
      floor
        value    Desks.Floor 2.0.0  looked up
        value    "0"                copied
        decides  i.desk             key
      hidden
        value    Regions.All 1.2.0  looked up
        decides  i.secret           key
    "
  `)
})
