// What a payload may hold that its contract does not know: members of open enums, as a test writes them.
import { analyse, memoryHost, runTests } from "@fmap/compiler"
import { expect, test } from "vitest"

const main = (given: string) => `
open enum Way { card, transfer }
enum Kind { one, two }
contract In version 1.0.0 { way : Way, kind : Kind }
contract Out version 1.0.0 { way : text(9) }
map M version 1.0.0
  from i: In
  to   o: Out
{
  way = match i.way {
    card      -> "card"
    transfer  -> "transfer"
    otherwise -> hold NEW_WAY because "there are ever more"
  }
  ignore i.kind because "not asked"
}
test "new" of M { given i = { way = ${given} }, expect hold NEW_WAY }`

function outcome(given: string): readonly string[] {
  const { plan, diagnostics } = analyse(memoryHost(new Map([["main.fmap", main(given)]])), ["main.fmap"])
  if (plan === null) return diagnostics.map(({ code, help }) => `${code} ${help ?? ""}`.trim())
  return runTests(plan, () => null).map(({ failures }) => (failures.length === 0 ? "passes" : "fails"))
}

test("a text is what came, a member with its point is one that is known, and a closed enum stays closed", () => {
  expect(outcome(`"klarna", kind = "one"`)).toEqual(["passes"])
  expect(outcome(`"card", kind = "one"`)).toEqual(["fails"])
  expect(outcome(`.klarna, kind = "one"`)).toEqual([expect.stringContaining("FM6305")])
  expect(outcome(`"klarna", kind = "three"`)).toEqual([expect.stringContaining("FM6305")])
})
