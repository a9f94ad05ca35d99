// The Open Data Contract Standard: every example of the standard imports and compiles, what fmap emits comes back as it was, and what is
// no such contract is told.
import { analyse, emitFiles, memoryHost, type Plan, type PlanField } from "@fmap/compiler"
import { printImported } from "@fmap/compiler/import"
import { describe, expect, test } from "vitest"
import { compiled } from "./compiled.ts"
import { importAny, imported, sharedFiles, sharedSource, textSource } from "./fixtures.ts"

/** Examples of places, people and prices have no schema. */
const withoutSchema = /\/(?:server|roles|stakeholders|sla)\//u
const examples = sharedFiles("odcs/examples/**/*.odcs.yaml").filter(path => !withoutSchema.test(path))

describe.skipIf(examples.length === 0)("the examples of the standard", () => {
  test("are there", () => expect(examples.length).toBeGreaterThan(10))
  test.each(examples)("%s", path => {
    const plan = compiled(printImported(imported(sharedSource(path)).imported))
    expect(plan.shapes.filter(({ contract }) => contract !== null).length).toBeGreaterThan(0)
  })
})

describe("what fmap emits comes back", () => {
  const text = `/// What we owe.
contract Payable of Ledger version 2.1.0
  reads
  owner     "Accounts Payable"
  lifecycle deprecated sunset 2027-12-31
  compatible full
  retention 10 years
  slo 99.5% within 15min
{
  /// Its number.
  id        : text(20) matching re"[A-Z]+"  key
  currency  : currency
  country?  : country
  amount    : money(18,2) in currency
  fee?      : money(12,2) in EUR
  rate      : decimal(9,4) where value > 0 and value <= 10
  pieces    : int(0..999)
  paid      : bool
  due       : date
  at        : instant
  local?    : datetime
  status    : enum { open, paid }
  iban?     : text(34)  confidential
  email?    : text(80)  pii
  salary?   : decimal(12,2)  pii confidential  wire text
  counted?  : int(0..9)  wire text
  cents?    : money(12,2) in currency  wire minor
  supplier  : Supplier
  lines     : Line[1..500]
}

record Supplier {
  name  : text(80)
  city? : text(40)
}

record Line {
  item : text(20)
  note? : text(80)
}

system Ledger {
  kind erp
  owner "Finance {{Systems}}"
  wire json(decimal: number, int: number)
  residency \`eu-central-1\`
}
`
  test("field by field", () => {
    const before = planOf(text)
    const [file] = emitFiles(before, { odcs: {} })
    const after = compiled(
      printImported(imported(textSource(file?.text ?? "", "payable.odcs.json")).imported),
    )
    const shape = (plan: Plan, name: string) => plan.shapes.find(one => one.name === name)
    for (const name of ["Payable", "Supplier", "Line"]) {
      const [was, is] = [shape(before, name), shape(after, name)]
      expect(is?.fields.map(bare), name).toEqual(was?.fields.map(bare))
    }
    const [system] = after.systems
    expect({ owner: system?.owner, residency: system?.residency }).toEqual({
      owner: "Finance {Systems}",
      residency: "eu-central-1",
    })
    const { owner, lifecycle, sunset, compatible, retention, slo, version, direction } =
      shape(after, "Payable")?.contract ?? {}
    expect({ owner, lifecycle, sunset, compatible, retention, slo, version, direction }).toEqual({
      owner: "Accounts Payable",
      lifecycle: "deprecated",
      sunset: "2027-12-31",
      compatible: "full",
      slo: { share: "99.5", within: "15min" },
      retention: { count: 10, unit: "years" },
      version: "2.1.0",
      direction: "reads",
    })
  })
})

/** What a contract promises of a field, but for its place. */
function bare({ at: _at, ...field }: PlanField) {
  return field
}

function planOf(text: string): Plan {
  const { plan, diagnostics } = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"])
  if (plan === null) throw new Error(diagnostics.map(one => `${one.code} ${one.message}`).join("\n"))
  return plan
}

describe("what cannot be read", () => {
  test.each([
    ["version 2", "kind: DataContract\napiVersion: v2.2.2\ndataset:\n  - table: a\n", "version 2; 3 is read"],
    [
      "a contract of another dialect",
      "kind: DataContract\napiVersion: v3.1.0\nschemas:\n  - name: a\n",
      "no list `schema`",
    ],
    ["no object", "kind: DataContract\napiVersion: v3.1.0\nschema: []\n", "describes no object"],
    ["schemas that are none", "kind: DataContract\nschema: [1, null, [], {name: a, properties: 3}]\n", ""],
    ["broken YAML", "kind: DataContract\nschema: [\n", ""],
  ])("%s", (_name, text, message) => {
    const found = importAny(textSource(text, "a.odcs.yaml"))
    if (found.kind === "imported") expect(found.imported.notes.length).toBeGreaterThan(0)
    else expect(found.problems.map(problem => problem.message).join("\n")).toContain(message)
  })
})
