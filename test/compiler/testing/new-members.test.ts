// A payload may send a member that an open enum does not know yet: a test can say so without a file. Of a closed enum it cannot.
import { analyse, memoryHost, runTests } from "@fmap/compiler"
import { expect, test } from "vitest"

const program = (kind: string, given: string): string => `
contract In version 1.0.0 {
  state : ${kind} { open, paid }
}
contract Out version 1.0.0 {
  word : text(9)
}
map M version 1.0.0
  from i: In
  to   o: Out
{
  word = match i.state {
    open -> "open"
    paid -> "paid"
${kind === "enum" ? "" : '    otherwise -> hold NEW_STATE because "they add states"\n'}  }
}
test "a state" of M {
  given i = { state = ${given} }
  ${given === ".open" ? 'expect word == "open"' : "expect hold NEW_STATE at word"}
}
`

function outcome(kind: string, given: string): readonly string[] {
  const { plan, diagnostics } = analyse(memoryHost(new Map([["main.fmap", program(kind, given)]])), [
    "main.fmap",
  ])
  if (plan === null) return diagnostics.map(({ code, message }) => `${code} ${message}`)
  const reports = runTests(plan, () => null)
  return reports.flatMap(({ failures }) => failures.map(failure => failure.message))
}

test("a member that an open enum knows, and one that it does not", () => {
  expect(outcome("open enum", ".open")).toEqual([])
  expect(outcome("open enum", '"void"')).toEqual([])
})

test("a misspelt member behind a point is no member of an open enum either", () => {
  expect(outcome("open enum", ".opne")).toEqual([expect.stringMatching(/^FM6305 /u)])
})

test("a closed enum has its members and no others", () => {
  expect(outcome("enum", '"void"')).toContainEqual(expect.stringMatching(/^FM6305 /u))
})
