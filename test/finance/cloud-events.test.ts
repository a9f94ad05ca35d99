// Every event of the model is a CloudEvent, judged by what CloudEvents 1.0 says of its attributes and not by the model itself.

import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { describe, expect, test } from "vitest"
import { samples } from "./model-project.ts"

/** Section 3.1 of the specification: which attributes there are, their types, and how attributes are named. */
const cloudEvent = {
  type: "object",
  properties: {
    id: { type: "string", minLength: 1 },
    source: { type: "string", minLength: 1, format: "uri-reference" },
    specversion: { const: "1.0" },
    type: { type: "string", minLength: 1 },
    datacontenttype: { type: "string", minLength: 1 },
    dataschema: { type: "string", minLength: 1, format: "uri" },
    subject: { type: "string", minLength: 1 },
    time: { type: "string", format: "date-time" },
    data: true,
  },
  propertyNames: { pattern: "^[a-z0-9]{1,20}$" },
  required: ["id", "source", "specversion", "type"],
  additionalProperties: { type: ["string", "boolean", "integer"] },
}
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const accepts = ajv.compile(cloudEvent)
const events = samples.filter(one => one.from === "@fmap/finance/events")

test("there are events for what is told between systems", () => {
  expect(events.map(one => one.contract)).toEqual(
    expect.arrayContaining([
      "OrderBooked",
      "InvoicePosted",
      "PaymentReceived",
      "JournalPosted",
      "ActualsPublished",
    ]),
  )
})
describe.each(events.map(one => [one.contract, one] as const))("%s", (_contract, { valid }) => {
  test("is a CloudEvent", () => expect(accepts(valid), JSON.stringify(accepts.errors)).toBe(true))
  test.each(["id", "source", "specversion", "type"])("is none without %s", name => {
    const { [name]: _, ...rest } = valid as Record<string, unknown>
    expect(accepts(rest)).toBe(false)
  })
})
