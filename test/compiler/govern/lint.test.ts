// Policies as a whole: whose rules count, what is asked only of some, packages, and the laws of labels.
import { analyse, lint, memoryHost, type Plan, scorecardOf } from "@fmap/compiler"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { landscapeOf } from "../../../compiler/govern/landscape.ts"

const today = "2026-06-30"

function planOf(files: Readonly<Record<string, string>>): Plan {
  const entries = Object.keys(files).filter(path => path.endsWith(".fmap") && !path.includes("node_modules"))
  const { plan, diagnostics } = analyse(memoryHost(new Map(Object.entries(files))), entries)
  if (plan === null) throw new Error(diagnostics.map(one => `${one.code} ${one.message}`).join("\n"))
  return plan
}

function judged(plan: Plan, policy: string | null = null) {
  const answer = lint(plan, { today, policy })
  if (answer.kind !== "judged") throw new Error(`no policy ${answer.wanted}`)
  return answer
}

const told = (plan: Plan, policy: string | null = null) =>
  judged(plan, policy).findings.map(({ rule, severity, subject }) => `${severity} ${rule} ${subject.name}`)

const two = `system Crm {
  kind crm
}

system Ledger {
  kind erp
}

contract Deal of Crm version 1.0.0
  lifecycle active
{
  id : text(20)  key
}

contract Entry of Ledger version 1.0.0
  lifecycle draft
{
  id : text(20)  key
}

map Book version 0.1.0
  from x: Deal
  to   y: Entry
{
  key id = x.id on replay same skip, changed reject
}

map Back version 0.1.0
  from x: Entry
  to   y: Deal
{
  key id = x.id on replay same skip, changed reject
}
`
const policy = (...lines: string[]) => `policy P {\n${lines.map(line => `  ${line}\n`).join("")}}\n\n`

describe("whose rules count", () => {
  test("a project without a policy is held to the bundle standard", () => {
    const plan = planOf({ "main.fmap": two })
    expect(judged(plan).policies).toEqual(["standard"])
    expect(told(plan)).toEqual(told(plan, "standard"))
    expect(told(plan)).not.toEqual(told(plan, "minimal"))
  })
  test("a policy asks for what it says and for nothing else", () => {
    expect(told(planOf({ "main.fmap": policy("every contract has retention") + two }))).toEqual([
      "error G025 Deal",
      "error G025 Entry",
    ])
  })
  test.each([
    ["every contract of erp has slo", ["error G027 Entry"]],
    ["every contract of Crm has slo", ["error G027 Deal"]],
    ["every draft contract has retention", ["error G025 Entry"]],
    ["every active contract of erp has retention", []],
    ["every map to erp has control", ["error G035 Book"]],
    ["every map to crm has control", ["error G035 Back"]],
    ["every map from Crm has test, per", ["error G010 Book", "error G037 Book"]],
    ["every system has residency", ["error G051 Crm", "error G051 Ledger"]],
    ['every map is named re"Bo.*"', ["error G060 Back"]],
    ['every field of erp is named re"[A-Z]+"', ["error G060 Entry"]],
    ["rule G024 is error", []],
    ["rule G036 is information", []],
    ["rule G037 is warning", ["warning G037 Book", "warning G037 Back"]],
  ] as const)("%s", (line, expected) => {
    expect(told(planOf({ "main.fmap": policy(line) + two }))).toEqual(expected)
  })
  test("of a bundle and what is raised the more severe one counts", () => {
    const plan = planOf({ "main.fmap": policy("use bundle standard", "rule G006 is error") + two })
    expect(told(plan)).toContain("error G006 Book")
    expect(told(plan)).toContain("warning G037 Book")
    expect(told(planOf({ "main.fmap": policy("use bundle standard") + two }))).toContain("warning G006 Book")
  })
  test("several policies count together, and one is named instead of them", () => {
    const files = {
      "main.fmap": `policy A {\n  every system has limits\n}\n\npolicy B {\n  every system has owner\n}\n\n${two}`,
    }
    const plan = planOf(files)
    expect(new Set(judged(plan).findings.map(({ rule }) => rule))).toEqual(new Set(["G004", "G055"]))
    expect(new Set(judged(plan, "B").findings.map(({ rule }) => rule))).toEqual(new Set(["G004"]))
    expect(lint(plan, { today, policy: "C" })).toEqual({
      kind: "unknown",
      wanted: "C",
      known: ["minimal", "standard", "regulated", "A", "B"],
    })
  })
})

describe("policies of packages", () => {
  const files = {
    "node_modules/@acme/policies/package.json": JSON.stringify({
      name: "@acme/policies",
      version: "2.0.0",
      fmap: "group.fmap",
    }),
    "node_modules/@acme/policies/group.fmap": policy("every contract has retention").replace(
      "policy P",
      "policy Group",
    ),
  }
  const main = `import { Group } from "@acme/policies"\n\npolicy Ours {\n  use bundle Group\n}\n\n${two}`
  test("count where a policy of the project uses them", () => {
    expect(told(planOf({ ...files, "main.fmap": main }))).toEqual(["error G025 Deal", "error G025 Entry"])
  })
})

describe("allowances", () => {
  const allowing = (clause: string, by = "") =>
    planOf({
      "main.fmap": `${policy("every contract has retention", by)}${two.replace("lifecycle active", `lifecycle active\n  ${clause}`)}`,
    })
  test("take a finding on, which is told apart", () => {
    const answer = judged(allowing('allow G025 because "being decided" until 2026-12-31 by "Jane Roe"'))
    expect(answer.findings.map(({ rule, subject }) => `${rule} ${subject.name}`)).toEqual(["G025 Entry"])
    expect(answer.allowed).toMatchObject([
      { rule: "G025", allow: { because: "being decided", by: ["Jane Roe"] } },
    ])
  })
  test("of another field allow nothing", () => {
    const answer = judged(allowing('allow G025 at id because "being decided" until 2026-12-31 by "Jane Roe"'))
    expect(answer.findings.map(({ rule }) => rule).toSorted()).toEqual(["G025", "G025", "G062"])
  })
  test("of a rule that is not in force are not judged", () => {
    expect(
      judged(allowing('allow G001 because "being decided" until 2020-01-01 by "Jane Roe"')).findings,
    ).toHaveLength(2)
  })
})

test("a finding keeps its fingerprint when lines move", () => {
  const prints = (text: string) =>
    judged(planOf({ "main.fmap": text })).findings.map(({ fingerprint }) => fingerprint)
  expect(prints(`// moved\n\n${two}`)).toEqual(prints(two))
  expect(new Set(prints(two)).size).toBe(prints(two).length)
})

/** A labelled field through a chain of maps, in any order of files; each step hands the value on in some way. */
const ways = {
  copy: "x.value",
  text: '"{x.value}"',
  upper: "upper(x.value)",
  match: 'match { x.value == "a" -> "b", otherwise -> x.value }',
  masked: "masked(x.value, 4)",
  fingerprint: "fingerprint(x.value, salt)",
  decided: 'match { x.value == "a" -> "b", otherwise -> "c" }',
  constant: '"c"',
} as const
type Way = keyof typeof ways
const keeps: ReadonlySet<Way> = new Set(["copy", "text", "upper", "match"])

function chain(steps: readonly Way[]): string {
  const contracts = Array.from(
    { length: steps.length + 1 },
    (_, i) => `contract C${i}${i === steps.length ? " of Out" : ""} version 1.0.0 {
  id    : text(20)  key
  value : text${i === 0 ? "  pii" : ""}
}
`,
  )
  const maps = steps.map(
    (way, i) => `map M${i} version 1.0.0
  from  x: C${i}
  given salt: text
  to    y: C${i + 1}
{
  key id = x.id on replay same skip, changed reject
  value  = ${ways[way]}
${way === "constant" ? '  ignore x.value because "nobody needs it"\n' : ""}}
`,
  )
  return ["system Out {\n  kind erp\n}\n", ...contracts, ...maps.toReversed()].join("\n")
}

test("a label follows its value through any chain of maps, and only hiding ends it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...(Object.keys(ways) as Way[])), { minLength: 1, maxLength: 5 }),
      steps => {
        const arrives = steps.every(way => keeps.has(way))
        const found = judged(planOf({ "main.fmap": chain(steps) }), "regulated").findings.some(
          ({ rule }) => rule === "G044",
        )
        expect(found, steps.join(" ")).toBe(arrives)
      },
    ),
    { numRuns: 60 },
  )
})

test("what is masked in one part of a text and bare in another keeps its label", () => {
  const text = chain(["copy"]).replace("= x.value", '= "{x.value} {x.id}"')
  const mixed = chain(["copy"]).replace(
    "value  = x.value",
    'let hidden = masked(x.value, 4)\n  value  = "{hidden} {x.value}"',
  )
  for (const main of [text, mixed])
    expect(told(planOf({ "main.fmap": main }), "regulated")).toContain("error G044 M0")
})

describe("scorecard", () => {
  const cards = (text: string) => {
    const landscape = landscapeOf(planOf({ "main.fmap": text }), today)
    return landscape.contracts.map(({ declared }) => scorecardOf(declared, landscape))
  }
  test("is out of a hundred, and adds up", () => {
    for (const card of cards(two)) {
      expect(card.of).toBe(100)
      expect(card.points).toBe(card.lines.reduce((sum, line) => sum + line.points, 0))
      for (const line of card.lines) expect(line.missing === "").toBe(line.points === line.of)
    }
  })
  test("is full where nothing is missing", () => {
    const whole = `/// The ledger.
system Ledger {
  kind erp
}

/// What was booked.
contract Entry of Ledger version 1.0.0
  owner      "Accounting"
  lifecycle  active
  compatible backward
  retention  10 years
  slo        99% within 1h
{
  /// Its number.
  id : text(20)  key

  check id != "0" else reject NO_NUMBER "an entry has a number"
}

/// Hands on.
map Copy version 1.0.0
  from x: Entry
  to   y: Entry
{
  key id = x.id on replay same skip, changed reject
}

test "hands on" of Copy {
  given  x = { id = "1" }
  expect id == "1"
}
`
    expect(cards(whole)).toMatchObject([{ name: "Entry", points: 100 }])
  })
})
