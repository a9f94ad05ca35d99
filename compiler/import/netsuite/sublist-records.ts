// A sublist as records: its lines, and the object around them (`item.items`). Flows in: the sublist and the name of the field that
// says the currency of the record. Flows out: the field of the contract and its records; the lines take the currency of the
// record as a parameter.
import type { ImportedField, ImportedRecord } from "../model.ts"
import { memberOf, textOf } from "../tree/tree-value.ts"
import { recordFields, type TakeNote } from "./record-fields.ts"

export interface Sublist {
  readonly field: ImportedField
  readonly records: readonly ImportedRecord[]
  readonly hasMoney: boolean
  readonly alone: number
}

export function sublistRecords(
  shape: string,
  sublist: unknown,
  currencyField: string | null,
  note: TakeNote,
): readonly Sublist[] {
  const wireName = textOf(sublist, "internalId") ?? ""
  const name = `${shape} ${wireName}`
  const currency = currencyField === null ? null : ({ kind: "parameter", name: "ccy" } as const)
  const lines = recordFields(name, memberOf(sublist, "fields"), currency, note)
  if (wireName === "") return []
  if (lines.fields.length === 0) {
    note("dropped", null, `${shape}.${wireName}`, "The document names no field of this sublist.")
    return []
  }
  const takesCurrency = lines.hasMoney && currencyField !== null
  const parameters = takesCurrency ? [{ name: "ccy", type: "currency" as const }] : []
  const units = takesCurrency ? [{ kind: "parameter", name: "ccy" } as const] : []
  const label = textOf(sublist, "label")?.trim() ?? ""
  const row: ImportedRecord = {
    kind: "record",
    name: `${name} line`,
    docs: [],
    parameters,
    fields: lines.fields,
  }
  const around: ImportedRecord = {
    kind: "record",
    name,
    docs: [],
    parameters,
    fields: [
      {
        ...optional("items", {
          kind: "list",
          element: { kind: "named", name: row.name, units },
          min: null,
          max: null,
        }),
        // the record around it is the object that the profile would put there
        wire: "array",
      },
    ],
  }
  if (lines.required.length > 0)
    note(
      "dropped",
      null,
      name,
      `A new line must have ${lines.required.join(", ")}; a record cannot say that of new ones alone.`,
    )
  return [
    {
      field: {
        ...optional(wireName, {
          kind: "named",
          name,
          units: takesCurrency ? [{ kind: "field", wireName: currencyField }] : [],
        }),
        docs: label === "" ? [] : [label],
      },
      records: [row, around],
      hasMoney: takesCurrency,
      alone: lines.alone,
    },
  ]
}

function optional(wireName: string, type: ImportedField["type"]): ImportedField {
  return { wireName, docs: [], type, optional: true, key: false, marks: [], wire: null }
}
