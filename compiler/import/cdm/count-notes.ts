// What is true of many fields of an entity, said once. Flows in: how many. Flows out: notes.
import type { ImportNote } from "../model.ts"
import type { CdmCount } from "./cdm-context.ts"

const sentences: Readonly<Record<CdmCount, readonly [ImportNote["kind"], ImportNote["sure"], string]>> = {
  options: [
    "widened",
    null,
    "# fields choose of a list. On the wire stands the number of the choice; the words are in the documentation.",
  ],
  lookups: [
    "widened",
    null,
    "# fields point to other records and are taken as the id they hold; the Web API reads it as _NAME_value.",
  ],
  digits: [
    "guessed",
    "likely",
    "# decimals do not say how many digits they have; ten after the point are taken.",
  ],
  base: [
    "widened",
    null,
    "# amounts are in the base currency of the organisation, which no field says; they are taken as decimals.",
  ],
  relations: ["dropped", null, "# relations name other entities and are no fields."],
  texts: [
    "widened",
    null,
    '# fields are said to be "string", as everything in a data entity; dates, yes or no and enumerations among them are taken as text.',
  ],
  figures: [
    "guessed",
    "likely",
    "# figures do not say how many digits they have, nor which currency they are in; six places are taken for amounts, in the currency of the record, and sixteen for the rest.",
  ],
}

export function countNotes(at: string, counts: ReadonlyMap<CdmCount, number>): readonly ImportNote[] {
  return [...counts].map(([what, number]) => {
    const [kind, sure, message] = sentences[what]
    return { kind, sure, at, message: message.replace("#", String(number)) }
  })
}
