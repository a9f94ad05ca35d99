// A member of a value, as a form. Flows in: the form of the value, the member's name on the wire. Flows out: what was assigned to it where the value is
// made here, also behind a choice; else a form of its own.
import type { At } from "../../plan/index.ts"
import type { Form, Forms } from "./form.ts"

/** A member of what is made here is what was assigned to it. */
export function memberOf(of: Form, wireName: string, at: At | null, forms: Forms): Form {
  const member = (part: Form): Form => memberOf(part, wireName, at, forms)
  if (of.op === "record") {
    const index = of.detail.indexOf(`field ${wireName}`)
    const value = of.parts[index]
    return value === undefined ? forms.make("missing", [], [], at) : { ...value, at }
  }
  // of a choice between records
  if (of.op === "if" && of.parts.some((part, i) => isGiven(of, i) && part.op === "record"))
    return forms.make(
      "if",
      [],
      of.parts.map((part, i) => (isGiven(of, i) ? member(part) : part)),
      at,
    )
  if (of.op === "missing" || of.op === "exit") return of
  return forms.make("field", [wireName], [of], at)
}

/** Values of a choice, not its conditions. */
function isGiven({ parts }: Form, index: number): boolean {
  return index % 2 === 1 || index === parts.length - 1
}
