import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { transformSync } from "esbuild"
import { describe, expect, test } from "vitest"
import { schemaOf } from "../../../../compiler/emit/json-schema/index.ts"
import { typesFromSchema } from "../../../../compiler/emit/types-from-schema/index.ts"
import {
  contract,
  field,
  plan,
  shape,
  wireCurrency,
  wireDecimal,
  wireEnum,
  wireInt,
  wireList,
  wireRecord,
  wireText,
} from "../../interpret/plan-builders.ts"

async function typesOf(schema: unknown, name: string): Promise<string> {
  const given = await typesFromSchema(schema, name)
  return "types" in given ? given.types : given.problem
}

/** Text that holds declarations only: taking the types away leaves no statement. */
function statementsLeft(types: string): string {
  return transformSync(types, { loader: "ts", minify: true }).code.trim()
}

test("the types of an emitted schema are those of the emitted module: amounts as text, null where a field is optional", async () => {
  const line = shape("Line", [field("sku", wireText(10), { docs: "What is sold." })])
  const order = contract(
    "Order",
    [
      field("id", wireText()),
      field("total", wireDecimal(9, 2)),
      field("count", wireInt()),
      field("ccy", wireCurrency, { optional: true }),
      field("status", wireEnum(["Draft", "Booked"])),
      field("lines", wireList(wireRecord("Line"))),
    ],
    { closed: true },
  )
  expect(
    await typesOf(schemaOf(order, plan({ shapes: [order, line] })), "Order"),
  ).toBe(`export interface Order {
  id: string
  total: string
  count: number
  ccy?: (string | null)
  status: ("Draft" | "Booked")
  lines: Line[]
}
export interface Line {
  /**
   * What is sold.
   */
  sku: string
  [k: string]: unknown
}
`)
})

describe("nothing of a schema becomes code", () => {
  test("comments cannot end early and the library's back doors are closed", async () => {
    const types = await typesOf(
      {
        title: "T",
        type: "object",
        description: "a */ alert(1) /* b",
        additionalProperties: false,
        properties: {
          x: { type: "string", tsType: "string } alert(2); type Y = {" },
          tsType: { type: "number", description: "*/ alert(3)" },
          // biome-ignore lint/suspicious/noTemplateCurlyInString: code, if it ever became some
          'a"; alert(4) //': { const: "*/ `${alert(5)}`" },
        },
      },
      "T",
    )
    expect(statementsLeft(types)).toBe("")
    expect(types).toContain("tsType?: number")
    expect(types).not.toContain("type Y")
  })
  test("nothing outside is read", async () => {
    expect(
      await typesOf({ type: "object", properties: { x: { $ref: "file:///etc/hostname" } } }, "T"),
    ).toContain("The schema gives no types")
    expect(await typesOf({ type: "object", properties: { x: { $ref: "./other.json" } } }, "T")).toContain(
      "The schema gives no types",
    )
  })
  test.each([[null], [7], ["text"], [[]]])("%j is no schema", async given => {
    expect(await typesOf(given, "T")).toBe("A JSON Schema must be an object to give types.")
  })
})

// A schema nobody here wrote, which refers to itself: JSON Schema's own.
test("types of a real outside schema", async () => {
  const outside = createRequire(import.meta.url).resolve("ajv/dist/refs/json-schema-draft-07.json")
  const types = await typesOf(JSON.parse(readFileSync(outside, "utf8")), "AnySchema")
  expect(types).toMatch(/^export (interface|type) \w+/m)
  expect(types).toContain("multipleOf?: number")
  expect(statementsLeft(types)).toBe("")
})
