// The canonical model from outside: what each contract takes goes through unchanged, what it must refuse it refuses with its code, and
// the committed JSON Schemas agree as far as a schema can say it.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { interpreter } from "@fmap/compiler"
import { readJson } from "@fmap/runtime"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, test } from "vitest"
import { changed, compileWithModel, copies, modelFolder, samples } from "./model-project.ts"

const imports = samples.map(({ from, contract }) => `import { ${contract} } from "${from}"`)
const { plan: bare } = compileWithModel({ "main.fmap": `${imports.join("\n")}\n` })
if (bare === null) throw new Error("the model cannot be imported")
const project = compileWithModel({ "main.fmap": copies(bare) })
const { plan } = project
if (plan === null) throw new Error(JSON.stringify(project.diagnostics, null, 2))
const interpret = interpreter(plan)

const schemaFolder = join(modelFolder, "schemas")
const schemaPaths = readdirSync(schemaFolder, { recursive: true, encoding: "utf8" })
  .filter(path => path.endsWith(".schema.json"))
  .toSorted()
const schemas = new Map(
  schemaPaths.map(path => [path, JSON.parse(readFileSync(join(schemaFolder, path), "utf8"))]),
)

test("the package is also one door, to the same declarations", () => {
  const all = samples.map(({ contract }) => `import { ${contract} } from "@fmap/finance"`)
  const { plan: whole, diagnostics } = compileWithModel({ "main.fmap": `${all.join("\n")}\n` })
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([])
  const idOf = (name: string, shapes: typeof bare.shapes) => shapes.find(one => one.name === name)?.id
  for (const { contract } of samples)
    expect(idOf(contract, whole?.shapes ?? [])).toBe(idOf(contract, bare.shapes))
})

test("every contract of the model has samples", () => {
  const contracts = [...schemas.values()]
    .filter(schema => "x-fmap-version" in schema)
    .map(schema => schema.title)
  expect(samples.map(one => one.contract).toSorted()).toEqual(contracts.toSorted())
})

describe.each(samples.map(sample => [sample.contract, sample] as const))("%s", (contract, sample) => {
  const run = (record: unknown) => {
    const json = readJson(JSON.stringify(record))
    if (!("ok" in json)) throw new Error("no JSON")
    return interpret(`Copy${contract}`, { a: json.ok }, {})
  }
  const path = schemaPaths.find(one => one.endsWith(`/${contract}.schema.json`)) ?? ""
  const accepts = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false }).compile(
    schemas.get(path),
  )

  test("goes through unchanged", () => {
    const result = run(sample.valid)
    expect(result).toMatchObject({ status: "done" })
    if (result.status === "done") expect(JSON.parse(JSON.stringify(result.value))).toEqual(sample.valid)
    expect(accepts(sample.valid), JSON.stringify(accepts.errors)).toBe(true)
  })
  test.each(sample.refused.map(one => [one.why, one] as const))(
    "refuses %s",
    (_why, { set, code, schema }) => {
      const record = changed(sample.valid, set)
      const result = run(record)
      expect(result.status).not.toBe("done")
      if (result.status !== "done") expect(result.issues.map(issue => issue.code)).toContain(code)
      expect(accepts(record)).toBe(!schema)
    },
  )
})
