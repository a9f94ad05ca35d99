// Which places of a payload are personal or confidential: in records, lists, unions and dictionaries, by the names on the wire.
import { expect, test } from "vitest"
import { labelsOf } from "../../../cli/flow/labelled-fields.ts"
import { planOf } from "../../conformance/plan-of.ts"

const text = `
record Person {
  name  : text(80)  pii
  grade : text(2)   confidential
  city  : text(80)
}
record Company { vat : text(20)  confidential }

contract Order version 1.0.0
  reads
{
  id       : text(18)  key
  iban     : text(34)  pii confidential
  buyer    : Person
  contacts : Person[]
  payer    : Person or Company by presence { name -> Person, vat -> Company }
  notes    : {[text]: Person}
}
`

test("labels are found wherever a contract has them", () => {
  const plan = planOf(text)
  const shape = plan.shapes.find(({ name }) => name === "Order")
  if (shape === undefined) throw new Error("no Order")
  const found = labelsOf(plan, shape).map(({ path, label }) => `${label} /${path.join("/")}`)
  expect(found.toSorted()).toEqual([
    "confidential /buyer/grade",
    "confidential /contacts/*/grade",
    "confidential /iban",
    "confidential /notes/*/grade",
    "confidential /payer/grade",
    "confidential /payer/vat",
    "pii /buyer/name",
    "pii /contacts/*/name",
    "pii /iban",
    "pii /notes/*/name",
    "pii /payer/name",
  ])
})
