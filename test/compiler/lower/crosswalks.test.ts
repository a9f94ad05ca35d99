import { crosswalkSpec } from "@fmap/compiler"
import { loadCrosswalk } from "@fmap/runtime"
import { describe, expect, it } from "vitest"
import { lowered } from "./lowered.ts"

describe("crosswalks of the Plan", () => {
  const plan = lowered(
    `
    enum Region { EMEA, "North America" }
    record Customer { id: text }
    record Account { number: text(4) as "no", share: percent(5,2), limit?: money(9,2) in EUR, since: date, vip: bool, n: int, tags: text[] }
    crosswalk Rows(region: Region, active: bool, n: int) -> Account version 2.1.0
      owner "Books"
      key trimmed
      unmapped hold NONE "no account for {region} and {n}"
    {
      EMEA, true, -5 -> { number = "4000", share = 12.5%, limit = 99.5, since = 2026-03-31, vip = true, n = 12345678901234567890, tags = ["a", "b"] }
      "North America", false, 7 -> { number = "4100", share = 0%, since = 2026-01-01, vip = false, n = 1, tags = [] }
    }
    crosswalk Fallback(code: text) -> Region version 1.0.0
      unmapped .EMEA
    { "x" -> "North America" }
    crosswalk Csv(account: text(5)) -> Customer version 1.0.0
      key folded
      from csv "data/c.csv" (account: "sf", id: "erp") where active == true and kind != "test"
    `,
    { "data/c.csv": "sf,erp,active,kind\na1,E1,true,x\na2,E2,true,test\na3,E3,false,x\n" },
  )
  const crosswalk = (name: string) => plan.crosswalks.find(c => c.name === name)!

  it("hold keys as canonical text and values as they stand on the wire", () => {
    expect(crosswalk("Rows").rows?.map(r => [r.keys, JSON.stringify(r.value)])).toEqual([
      [
        ["EMEA", "true", "-5"],
        '{"no":"4000","share":"12.50","limit":"99.50","since":"2026-03-31","vip":true,"n":12345678901234567890,"tags":["a","b"]}',
      ],
      [
        ["North America", "false", "7"],
        '{"no":"4100","share":"0.00","since":"2026-01-01","vip":false,"n":1,"tags":[]}',
      ],
    ])
    expect(crosswalk("Rows")).toMatchObject({
      version: "2.1.0",
      owner: "Books",
      keyForm: "trimmed",
      external: null,
    })
  })

  it("say what happens without a row, over their parameters", () => {
    const { unmapped } = crosswalk("Rows")
    expect(unmapped).toMatchObject({ kind: "exit", verb: "hold", code: "NONE", type: { kind: "never" } })
    expect(unmapped?.kind === "exit" && unmapped.message).toMatchObject({
      parts: [
        "no account for ",
        { value: { kind: "variable", variable: 0 } },
        " and ",
        { value: { variable: 2 } },
      ],
    })
    expect(crosswalk("Fallback").unmapped).toMatchObject({ kind: "literal", value: "EMEA" })
  })

  it("name files from the project's root, and load from what the Plan says", () => {
    const csv = crosswalk("Csv")
    expect(csv.external).toEqual({
      format: "csv",
      path: "data/c.csv",
      columns: [
        { name: "account", column: "sf" },
        { name: "id", column: "erp" },
      ],
      where: [
        { column: "active", operator: "==", value: true },
        { column: "kind", operator: "!=", value: "test" },
      ],
      days: null,
      wildcard: null,
    })
    const loaded = loadCrosswalk(crosswalkSpec(plan, csv), {
      columns: ["sf", "erp", "active", "kind"],
      rows: [
        { line: 2, cells: ["A1", "E1", "true", "x"] },
        { line: 3, cells: ["a2", "E2", "true", "test"] },
      ],
    })
    expect("ok" in loaded && [loaded.ok.find("a1"), loaded.ok.find("a2")]).toEqual([{ id: "E1" }, undefined])
  })
})
