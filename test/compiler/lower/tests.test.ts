import { describe, expect, it } from "vitest"
import { lowered } from "./lowered.ts"

describe("test blocks of the Plan", () => {
  const plan = lowered(
    `
    system S { wire json(decimal: number, instant: odata2) }
    record Line(ccy: currency) { amount: money(18,2) in ccy wire minor, rate?: percent(5,2) wire fraction }
    contract In of S version 1.0.0 reads {
      id: text as "ID", ccy: currency, total: decimal(20,2), at: instant, lines: Line(ccy)[] wire under rows, flag: bool wire "T"|"F", \`__proto__\`?: text
    }
    contract Out version 1.0.0 writes { id: text, on: date, total: money in EUR, lines: Line(EUR)[], constructor?: text }
    crosswalk Ext(code: text, n: int) -> decimal(9,2) version 1.0.0
      from csv "up/ext.csv" (code: "c")
    map M version 1.0.0 from src: In given asOf: date, fee: decimal(9,2) to out: Out { }
    test "all of it" of M {
      given src = {
        id = "A", ccy = "JPY", total = 123456789012345678.9, at = 2026-03-31T12:00:00Z,
        lines = [{ amount = 500, rate = 12.5% }, { amount = 0 }], flag = false, \`__proto__\` = "p"
      }
      given asOf = 2026-03-31, fee = 1.5
      assume Ext("a", 5) == 1.25
      assume Ext("b", 6) == missing
      expect out.id == "A", 2026-01-01 < on, total >= 66.67, lines[0].amount == 5, constructor is missing, lines[1] is present
      expect hold NO_ITEM at out.lines[0].amount, reject BAD, skip row EMPTY, dropped == 1
    }
    test "a file" of M {
      given src = file "samples/a.json", asOf = 2026-03-31, fee = 0
      expect reject BAD
    }`,
    { "up/ext.csv": "c,n,value\nx,1,2.50\n", "samples/a.json": "{}" },
  )
  const [first, second] = plan.tests

  it("give sources in the wire form of their contract and other inputs in the language's", () => {
    expect(first?.givens.map(g => [g.name, JSON.stringify("json" in g.value && g.value.json)])).toEqual([
      [
        "src",
        '{"ID":"A","ccy":"JPY","total":123456789012345678.9,"at":"/Date(1774958400000)/","lines":{"rows":[{"amount":500,"rate":0.125},{"amount":0}]},"flag":"F","__proto__":"p"}',
      ],
      ["asOf", '"2026-03-31"'],
      ["fee", '"1.50"'],
    ])
    expect(second?.givens[0]?.value).toEqual({ file: "samples/a.json" })
  })

  it("assume answers, and none", () => {
    expect(first?.assumes.map(({ crosswalk, keys, value }) => [crosswalk, keys, value])).toEqual([
      ["Ext", ["a", "5"], "1.25"],
      ["Ext", ["b", "6"], undefined],
    ])
  })

  it("expect values at places, the constant last", () => {
    const short = first?.expectations.map(e =>
      e.kind === "value"
        ? [e.path, e.operator, e.value]
        : e.kind === "presence"
          ? [e.path, e.present]
          : e.kind === "dropped" || e.kind === "count"
            ? [e.count]
            : e.kind === "like"
              ? [e.file, e.ignoring]
              : [e.verb, e.code, e.path],
    )
    expect(short).toEqual([
      [["id"], "==", "A"],
      [["on"], ">", "2026-01-01"],
      [["total"], ">=", "66.67"],
      [["lines", 0, "amount"], "==", 500],
      [["constructor"], false],
      [["lines", 1], true],
      ["hold", "NO_ITEM", ["lines", 0, "amount"]],
      ["reject", "BAD", null],
      ["skip", "EMPTY", null],
      [1],
    ])
  })

  it("know their variables: target, sources, givens", () => {
    expect(first?.variables.map(v => v.name)).toEqual(["out", "src", "asOf", "fee"])
  })
})
