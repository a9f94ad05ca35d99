// The fields of a record type or of the lines of a sublist. Flows in: a list of fields and what amounts are in. Flows out: fields, and
// which of them a new record must have. All are optional: what must be typed into a form may be missing in an answer.
import type { ImportedField, ImportedUnit, ImportNote } from "../model.ts"
import { listOf, textOf } from "../tree/tree-value.ts"
import { netsuiteType } from "./netsuite-type.ts"

export interface RecordFields {
  readonly fields: readonly ImportedField[]
  readonly required: readonly string[]
  readonly hasMoney: boolean
  /** How many amounts have no currency beside them. */
  readonly alone: number
}

export type TakeNote = (
  kind: ImportNote["kind"],
  sure: ImportNote["sure"],
  at: string,
  message: string,
) => void

export function recordFields(
  shape: string,
  list: unknown,
  currency: ImportedUnit | null,
  note: TakeNote,
): RecordFields {
  const fields: ImportedField[] = []
  const required: string[] = []
  let alone = 0
  for (const each of listOf(list) ?? []) {
    const wireName = textOf(each, "internalId") ?? ""
    if (wireName === "") continue
    const at = `${shape}.${wireName}`
    const word = textOf(each, "type") ?? ""
    const typed = netsuiteType(word, currency)
    if (typed === null) note("widened", null, at, `Its type "${word}" is not known; it is taken as json.`)
    if (word === "summary")
      note(
        "widened",
        null,
        at,
        "It is a record of its own, which the document does not describe; it is taken as json.",
      )
    if (typed?.isAmountAlone === true) alone += 1
    if (textOf(each, "required") === "true") required.push(wireName)
    fields.push({
      wireName,
      docs: [textOf(each, "label"), textOf(each, "help")].flatMap(text =>
        text === null || text.trim() === "" ? [] : [text.trim()],
      ),
      type: typed?.type ?? { kind: "json" },
      optional: true,
      key: false,
      marks: typed?.marks ?? [],
      wire: null,
    })
  }
  return { fields, required, hasMoney: fields.some(({ type }) => type.kind === "money"), alone }
}
