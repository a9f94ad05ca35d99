// The JSON Schema of an imported contract takes the real payloads that exist for it: rows of the CSV files, the samples themselves,
// an answer of Anaplan by its API description.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { emitFiles } from "@fmap/compiler"
import { printImported } from "@fmap/compiler/import"
import { readCsv } from "@fmap/runtime/formats"
import { Ajv2020 } from "ajv/dist/2020.js"
import formats from "ajv-formats"
import { describe, expect, test } from "vitest"
import { compiled } from "./compiled.ts"
import { imported, shared, sharedFiles, sharedSource } from "./fixtures.ts"

const printed = (path: string, only?: string[]) =>
  printImported(imported(sharedSource(path), only === undefined ? {} : { only }).imported)

function judge(text: string): (payload: unknown) => unknown {
  const files = emitFiles(compiled(text), { jsonSchema: true })
  const schemas = files.filter(file => file.path.endsWith(".schema.json"))
  const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { decimal: true } })
  formats.default(ajv)
  for (const { text: schema } of schemas) ajv.addSchema(JSON.parse(schema))
  const name = /^contract (\w+)/mu.exec(text)?.[1]
  const own = schemas.find(
    file => file.path.endsWith(`/${name}.schema.json`) || file.path === `${name}.schema.json`,
  )
  if (own === undefined)
    throw new Error(`no schema of ${name} among ${schemas.map(file => file.path).join(", ")}`)
  const validate = ajv.getSchema(JSON.parse(own.text).$id)
  if (validate === undefined) throw new Error("the schema has no $id")
  return payload => (validate(payload) ? [] : validate.errors)
}

describe("rows of CSV files", () => {
  const paths = sharedFiles("{salesforce,netsuite,sap,stripe}/seeds/*.csv", "derived/train/**/*.csv")
  test.each(paths.map(path => [path]))("%s", path => {
    const accepts = judge(printed(path))
    const read = readCsv(readFileSync(join(shared, path), "utf8"))
    if ("problems" in read) throw new Error(read.problems[0]?.message)
    for (const { cells } of read.ok.rows) {
      // As the CSV wire reads them: an empty cell is an absent value, a flag is true or false.
      const row = Object.fromEntries(
        read.ok.columns.flatMap((column, i) => ((cells[i] ?? "") === "" ? [] : [[column, cells[i]]])),
      )
      expect(accepts(row)).toEqual([])
    }
  })
})

describe("samples", () => {
  const paths = sharedFiles(
    "stripe/*.json",
    "derived/train/{anaplan,netsuite,zuora,dynamics}/**/*.json",
    "derived/train/salesforce/cdc/*.json",
  )
  test.each(paths.map(path => [path]))("%s", path => {
    const accepts = judge(printed(path))
    const value: unknown = JSON.parse(readFileSync(join(shared, path), "utf8"))
    for (const record of Array.isArray(value) ? value : [value]) expect(accepts(record)).toEqual([])
  })
})

test.each(sharedFiles("derived/train/anaplan/task.*.json").map(path => [path]))(
  "%s by the API description",
  path => {
    const accepts = judge(printed("anaplan/integration-openapi.yaml", ["Task"]))
    expect(accepts(JSON.parse(readFileSync(join(shared, path), "utf8")).task)).toEqual([])
  },
)
