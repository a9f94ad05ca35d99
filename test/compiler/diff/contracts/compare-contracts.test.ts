// Contracts of two releases: each row changes one thing of a contract and says which findings that gives in which mode.
import { type ChangeFinding, compareContracts, compile, memoryHost, type Plan } from "@fmap/compiler"
import { describe, expect, test } from "vitest"

function planOf(text: string): Plan {
  const { plan, diagnostics } = compile(memoryHost(new Map([["a.fmap", text]])), ["a.fmap"], { emit: {} })
  if (plan === null) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"))
  return plan
}

const question = { policy: "sound", today: "2026-03-31" } as const
const findings = (old: string, now: string): readonly ChangeFinding[] =>
  compareContracts(planOf(old), planOf(now), question)
const told = (found: readonly ChangeFinding[]) =>
  found.map(({ rule, path, severity, direction }) => `${rule} ${path} ${severity} ${direction}`)

const contract = (body: string, clauses = "reads", before = "") =>
  `system Crm { kind crm }\nenum Status { Open, Done }\nopen enum Kind { A, B }\n${before}\ncontract Deal of Crm version 1.0.0\n  ${clauses}\n{\n  id : text(20) key\n${body}\n}\n`

interface Row {
  readonly name: string
  readonly old: string
  readonly now: string
  /** By the default of the direction. */
  readonly reads: readonly string[]
  readonly writes: readonly string[]
}

const rows: readonly Row[] = [
  { name: "nothing", old: "  a: text(10)", now: "  a: text(10)", reads: [], writes: [] },
  {
    name: "an optional field came",
    old: "",
    now: "  note?: text(10)",
    reads: ["S001 /note information none"],
    writes: ["S001 /note information none"],
  },
  {
    name: "a required field came",
    old: "",
    now: "  note: text(10)",
    reads: ["S003 /note error writers"],
    writes: ["S003 /note information writers"],
  },
  {
    name: "an optional field went",
    old: "  note?: text(10)",
    now: "",
    reads: ["S005 /note information none"],
    writes: ["S005 /note information none"],
  },
  {
    name: "a required field went",
    old: "  note: text(10)",
    now: "",
    reads: ["S005 /note information readers"],
    writes: ["S005 /note error readers"],
  },
  {
    name: "a field got another name on the wire",
    old: "  note: text(10)",
    now: '  note: text(10) as "Note__c"',
    reads: ["S006 /Note__c error both"],
    writes: ["S006 /Note__c error both"],
  },
  {
    name: "more digits after the point",
    old: "  rate: decimal(10,2)",
    now: "  rate: decimal(12,4)",
    reads: ["S014 /rate information readers"],
    writes: ["S014 /rate error readers"],
  },
  {
    name: "more digits after the point, of as many in all",
    old: "  rate: decimal(10,2)",
    now: "  rate: decimal(10,4)",
    reads: ["S014 /rate information readers", "S015 /rate error writers"],
    writes: ["S014 /rate error readers", "S015 /rate information writers"],
  },
  {
    name: "figures as text",
    old: "  rate: decimal(10,2)",
    now: "  rate: decimal(10,2) wire number",
    reads: ["S016 /rate error both"],
    writes: ["S016 /rate error both"],
  },
  {
    name: "amounts of another currency",
    old: "  total: money(10,2) in EUR",
    now: "  total: money(10,2) in USD",
    reads: ["S019 /total error both"],
    writes: ["S019 /total error both"],
  },
  {
    name: "a smaller range",
    old: "  rate: decimal(10,2)",
    now: "  rate: decimal(10,2) where value > 0",
    reads: ["S013 /rate error writers"],
    writes: ["S013 /rate information writers"],
  },
  {
    name: "a longer text",
    old: "  a: text(10)",
    now: "  a: text(20)",
    reads: ["S013 /a information readers"],
    writes: ["S013 /a error readers"],
  },
  {
    name: "a closed list opened",
    old: "  s: Status",
    now: "  s: Kind",
    reads: ["S012 /s information readers"],
    writes: ["S012 /s error readers"],
  },
  {
    name: "another form of dates",
    old: "  d: date",
    now: "  d: date wire odata2",
    reads: ["S016 /d error both"],
    writes: ["S016 /d error both"],
  },
  {
    name: "another default",
    old: '  a?: text(10) default "x"',
    now: '  a?: text(10) default "y"',
    reads: ["S024 /a warning none"],
    writes: ["S024 /a warning none"],
  },
  {
    name: "deprecated without a day",
    old: "  a?: text(10)",
    now: "  a?: text(10) deprecated",
    reads: ["S026 /a warning none"],
    writes: ["S026 /a warning none"],
  },
  {
    name: "a check came",
    old: "  n: int",
    now: "  n: int\n  check n > 0 else reject TOO_SMALL",
    reads: ["S023  error writers"],
    writes: ["S023  information writers"],
  },
]

describe.each(rows)("$name", ({ old, now, reads, writes }) => {
  test("as it is read", () => expect(told(findings(contract(old), contract(now)))).toEqual(reads))
  test("as it is written", () =>
    expect(told(findings(contract(old, "writes"), contract(now, "writes")))).toEqual(writes))
})

describe("the mode", () => {
  const [old, now] = ["  a: text(10)", "  a: text(20)"]
  test("a published contract has old readers and old data", () => {
    const published = (body: string) => `contract Deal version 1.0.0 {\n  id : text(20) key\n${body}\n}\n`
    expect(told(findings(published(old), published(now)))).toEqual(["S013 /a error readers"])
  })
  test("`compatible` says otherwise", () => {
    const said = (word: string) =>
      told(
        findings(contract(old, `reads\n  compatible ${word}`), contract(now, `reads\n  compatible ${word}`)),
      )
    expect(said("full")).toEqual(["S013 /a error readers"])
    expect(said("forward")).toEqual(["S013 /a error readers"])
    expect(said("backward")).toEqual(["S013 /a information readers"])
    expect(said("none")).toEqual(["S013 /a information readers"])
  })
  test("what was promised counts, not what is promised now", () =>
    expect(
      told(findings(contract(old, "reads\n  compatible full"), contract(now, "reads\n  compatible none"))),
    ).toEqual(["S013 /a error readers"]))
})

describe("beyond one field", () => {
  test("another key", () => {
    const now = contract("  b: text(5)").replace("(20) key", "(20)").replace("(5)", "(5) key")
    expect(told(findings(contract("  b: text(5)"), now))).toEqual(["S027  error both"])
  })
  test("inside a list of records, with places on both sides", () => {
    const line = (type: string) => `record Line {\n  qty: ${type}\n}\n`
    const [found] = findings(
      contract("  lines: Line[0..]", "reads", line("int")),
      contract("  lines: Line[0..]", "reads", line("int where value > 0")),
    )
    expect(found).toMatchObject({
      rule: "S013",
      subject: "Deal",
      path: "/lines/[]/qty",
      oldAt: "a.fmap:5:3",
      newAt: "a.fmap:5:3",
      old: "without limit",
      mode: "backward",
      bump: "major",
    })
  })
  test("a contract came, a contract went", () => {
    const other = contract("").replace("contract Deal", "contract Other")
    expect(told(findings(contract(""), other))).toEqual(["S001  information none", "S005  error both"])
  })
  test("promises about days", () => {
    const at = (sunset: string) => contract(`  a?: text(10) deprecated sunset ${sunset}`)
    expect(told(findings(contract("  a?: text(10)"), at("2026-04-30")))).toEqual(["S026 /a error none"])
    expect(told(findings(contract("  a?: text(10)"), at("2026-12-31")))).toEqual([])
    expect(told(findings(at("2026-04-30"), contract("")))).toEqual([
      "S026 /a error none",
      "S005 /a information none",
    ])
    expect(told(findings(at("2026-03-01"), contract("")))).toEqual(["S005 /a information none"])
  })
})

describe("columns in another order", () => {
  const file = (wire: string, ...columns: readonly string[]) =>
    `system Bank { wire ${wire} }\ncontract Entry of Bank version 1.0.0\n  reads\n{\n${columns.map(column => `  ${column} : text(10)${column === "id" ? "  key" : ""}\n`).join("")}}\n`
  const json = "json(decimal: number)"
  test.each([
    ['csv(delimiter: ";", header: no)', ["S025  error both"]],
    ['csv(delimiter: ";")', ["S025  information none"]],
    [json, []],
  ] as const)("with %s", (wire, expected) => {
    expect(told(findings(file(wire, "id", "a", "b"), file(wire, "id", "b", "a")))).toEqual(expected)
    expect(findings(file(wire, "id", "a", "b"), file(wire, "id", "a", "b"))).toEqual([])
  })
  test("a column that came between is another one, and moves no other", () => {
    const wire = 'csv(delimiter: ";")'
    expect(
      told(findings(file(wire, "id", "a", "b"), file(wire, "id", "a", "c", "b"))).filter(one =>
        one.startsWith("S025"),
      ),
    ).toEqual([])
  })
})

describe("checks and derived values are compared by meaning", () => {
  const amounts = "  net: decimal(12,2)\n  tax: decimal(12,2)\n"
  const checked = (condition: string, verb = "reject") =>
    `${amounts}  check ${condition} else ${verb} BAD_SUM`
  const derived = (value: string) => `${amounts}  derive gross : decimal(13,2) = ${value}`
  test.each([
    ["written the other way round", checked("net > 0 and tax >= 0"), checked("tax >= 0 and 0 < net"), []],
    ["the opposite of the opposite", checked("net >= tax"), checked("not (net < tax)"), []],
    ["stricter", checked("net >= 0"), checked("net > 0"), ["S023  error writers"]],
    ["one thing more", checked("net > 0"), checked("net > 0 and tax > 0"), ["S023  error writers"]],
    ["lets more through", checked("net > 0"), checked("net >= 0"), ["S023  error readers"]],
    ["something else", checked("net > 0"), checked("tax > 0"), ["S023  error both"]],
    ["held instead of rejected", checked("net > 0"), checked("net > 0", "hold"), ["S023  information none"]],
    ["derived by terms in another order", derived("net + tax"), derived("tax + net"), []],
    ["derived in another way", derived("net + tax"), derived("net - tax"), ["S023  error both"]],
    ["derived now", amounts, derived("net + tax"), ["S023  information none"]],
  ] as const)("%s", (_, old, now, expected) =>
    expect(told(findings(contract(old, "compatible full"), contract(now, "compatible full")))).toEqual(
      expected,
    ),
  )
  test("two checks of one code are two", () => {
    const both = (first: string) => `${checked(first)}\n  check tax > 5 else reject BAD_SUM`
    expect(told(findings(contract(both("net > 0")), contract(both("net > 1"))))).toEqual([
      "S023  error writers",
    ])
  })
  test("of records within, too", () => {
    const line = (condition: string) =>
      `record Line {\n  net : decimal(9,2)\n  check ${condition} else reject BAD_LINE\n}`
    const found = findings(
      contract("  lines: Line[]", "compatible full", line("net > 0")),
      contract("  lines: Line[]", "compatible full", line("net > 1")),
    )
    expect(told(found)).toEqual(["S023 /lines error writers"])
  })
})
