// Compound values of Salesforce: several fields that are sent as one object and never written. Flows in: nothing. Flows out: their
// records.
import type { ImportedField, ImportedRecord } from "../model.ts"

const part = (wireName: string, max: number | null): ImportedField => ({
  wireName,
  docs: [],
  type: { kind: "text", min: null, max, measure: null, pattern: null },
  optional: true,
  key: false,
  marks: [],
  wire: null,
})
const degrees = (wireName: string): ImportedField => ({
  ...part(wireName, null),
  type: { kind: "decimal", precision: 18, scale: 15, min: null, max: null },
  wire: "number",
})

export const addressRecord: ImportedRecord = {
  kind: "record",
  name: "Address",
  docs: ["A compound address. It is read only; its parts are written as fields of their own."],
  parameters: [],
  fields: [
    part("street", 255),
    part("city", 40),
    part("state", 80),
    part("stateCode", 10),
    part("postalCode", 20),
    part("country", 80),
    part("countryCode", 10),
    degrees("latitude"),
    degrees("longitude"),
    part("geocodeAccuracy", 40),
  ],
}

export const geolocationRecord: ImportedRecord = {
  kind: "record",
  name: "Geolocation",
  docs: ["A place on earth. It is read only; its parts are written as fields of their own."],
  parameters: [],
  fields: [degrees("latitude"), degrees("longitude")],
}
