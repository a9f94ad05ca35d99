// Declarations of one name in several files: what each phase calls them. That they run is shown by specs/conformance/projects.
import { describe, expect, test } from "vitest"
import { buildReport, compile, memoryHost, type Plan } from "../../compiler/index.ts"

function project(files: Readonly<Record<string, string>>, entries: readonly string[] = Object.keys(files)) {
  const host = memoryHost(new Map(Object.entries(files)))
  return compile(host, entries, { emit: { typescript: true, jsonSchema: true } })
}

function planOf(compiled: ReturnType<typeof project>): Plan {
  if (compiled.plan === null)
    throw new Error(compiled.diagnostics.map(d => `${d.code} ${d.message}`).join("\n"))
  return compiled.plan
}

const crm = `enum Status { Active, Closed }
record Line { a: decimal(9,2), status: Status }
contract Account of Crm version 1.0.0 { Name: text(9), lines: Line[] }
system Crm { wire json(decimal: number) }
`
const erp = `enum Status { Open }
record Line { b: int, status: Status }
contract Account version 2.0.0 { name: text(9), line: Line }
contract Alone version 1.0.0 { name: text(9) }
`
const copy = `import { Account } from "./erp.fmap"
import { Account as CrmAccount } from "./crm.fmap"
map Copy version 1.0.0
  from  i: CrmAccount
  to    o: Account
{
  name = i.Name
  line = { b = count(i.lines), status = .Open }
}
`
const files = { "contracts/crm.fmap": crm, "contracts/erp.fmap": erp, "contracts/copy.fmap": copy }

describe("ids", () => {
  test("have the file only where another file declares the name", () =>
    expect(
      planOf(project(files))
        .shapes.map(shape => shape.id)
        .sort(),
    ).toEqual([
      "Alone",
      "contracts/crm#Account",
      "contracts/crm#Line@Crm",
      "contracts/erp#Account",
      "contracts/erp#Line",
    ]))
  test("do not depend on the order of files", () => {
    const ids = (entries: readonly string[]) => {
      const plan = planOf(project(files, entries))
      return [
        plan.shapes.map(s => s.id).sort(),
        plan.maps.map(m => [m.sources[0]?.binding.shape, m.target.shape]),
      ]
    }
    const entries = Object.keys(files)
    expect(ids(entries.toReversed())).toEqual(ids(entries))
  })
  test("a name may stand for things of different kinds in different files, without any id", () => {
    const compiled = project({
      "a.fmap": "contract Thing version 1.0.0 { a: text }",
      "b.fmap": "enum Thing { A }\nrecord Use { t: Thing }",
      "c.fmap": "system Thing { }",
    })
    expect(
      planOf(compiled)
        .shapes.map(shape => shape.id)
        .sort(),
    ).toEqual(["Thing", "Use"])
  })
  test("records made up at one offset of two files are two", () => {
    const map = (name: string, value: string) => `import { A, B } from "./ab.fmap"
map ${name} version 1.0.0 from i: A to o: B {
  let part = { x = ${value} }
  b = part.x
}
`
    const plan = planOf(
      project({
        "ab.fmap": "contract A version 1.0.0 { a: text(9) }\ncontract B version 1.0.0 { b: text(9) }",
        "one.fmap": map("One", "i.a"),
        "two.fmap": map("Two", "i.a"),
      }),
    )
    expect(new Set(plan.shapes.map(shape => shape.id)).size).toBe(plan.shapes.length)
  })
})

describe("emitted", () => {
  const compiled = project(files)
  const text = (path: string) => compiled.files.find(file => file.path === path)?.text ?? ""
  test("modules export declared names and import the second of one name by another", () => {
    expect(text("contracts/crm.ts")).toContain("export interface Account {")
    expect(text("contracts/erp.ts")).toContain("export interface Account {")
    expect(text("contracts/erp.ts")).toContain("export function validateAccount(")
    const imports = text("contracts/copy.ts").match(/^import type \{ .* \} from "\.\/.*$/gm)
    expect(imports).toHaveLength(2)
    expect(imports?.join("\n")).toMatch(/\{ Account[ ,}]/)
    expect(imports?.join("\n")).toMatch(/Account as Account2/)
  })
  test("schemas stand in the folder of their file, with ids of their own", () => {
    const schemas = compiled.files.filter(file => file.path.endsWith(".schema.json"))
    expect(schemas.map(file => file.path).sort()).toEqual([
      "contracts/crm/Account.schema.json",
      "contracts/crm/Line@Crm.schema.json",
      "contracts/erp/Account.schema.json",
      "contracts/erp/Alone.schema.json",
      "contracts/erp/Line.schema.json",
    ])
    const account = JSON.parse(text("contracts/crm/Account.schema.json"))
    expect(account.$id).toBe("fmap:contracts/crm/Account/1.0.0")
    expect(Object.keys(account.$defs)).toEqual(["contracts/crm#Line@Crm"])
    expect(account.properties.lines.items).toEqual({ $ref: "#/$defs/contracts~1crm%23Line%40Crm" })
  })
  test("the report names the map", () =>
    expect(buildReport(planOf(compiled)).maps.map(map => map.map)).toEqual(["Copy"]))
})

describe("messages call a declaration what its file does", () => {
  const messages = (body: string, before = "") =>
    project({
      ...files,
      "contracts/copy.fmap": before + copy.replace(/\{\n {2}name[\s\S]*$/, `{\n${body}\n}\n`),
    })
      .diagnostics.filter(d => d.severity === "error")
      .map(d => `${d.code} ${d.message}`)
  test("by its alias", () =>
    expect(messages("  name = i.Nam\n  line = { b = count(i.lines), status = .Open }")).toEqual([
      'FM2502 CrmAccount has no field "Nam".',
    ]))
  test("an enum by its name, and one it cannot name as another's", () => {
    const own = 'import { Status } from "./erp.fmap"\n'
    const body = "  name = i.Name\n  line = { b = 1, status = first(i.lines.status) else reject NO_LINE }"
    expect(messages(body, own)).toEqual([
      "FM3101 A Status is wanted here, and this is a Status of another file.",
    ])
  })
  test("by its id where it is not imported and its name would mislead", () =>
    expect(messages("  name = i.Name\n  line = first(i.lines) else reject NO_LINE").join("\n")).toContain(
      "record contracts/crm#Line",
    ))
})
