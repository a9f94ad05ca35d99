// Samples in tests are files as platforms send them: the envelope of the source's system is taken off.
import { compile, memoryHost, runTests } from "@fmap/compiler"
import { expect, test } from "vitest"

const rules = `system Sap {
  wire odata2
}

contract In of Sap version 1.0.0 {
  id : text(4)
}

contract Out version 1.0.0 {
  id : text(4)
}

map One version 1.0.0
  from i: In
  to   o: Out
{
  id = i.id
}

map Each version 1.0.0
  from each i: In
  to   o: Out
{
  id = i.id
}

test "one" of One {
  given  i = file "one.json"
  expect id == "a"
}

test "each" of Each {
  given  i = file "two.json"
  expect out[1].id == "b"
}
`
function failures(one: unknown, two: unknown): string[] {
  const files = new Map([
    ["main.fmap", rules],
    ["one.json", "{}"],
    ["two.json", "{}"],
  ])
  const { plan, diagnostics } = compile(memoryHost(files), ["main.fmap"], { emit: {} })
  if (plan === null) throw new Error(JSON.stringify(diagnostics))
  const reports = runTests(plan, path => (path === "one.json" ? one : two))
  return reports.flatMap(report => report.failures.map(failure => failure.message))
}
const record = (id: string) => ({ __metadata: { uri: "x" }, id })

test("one record and several, with and without an envelope", () => {
  expect(failures({ d: record("a") }, { d: { results: [record("a"), record("b")] } })).toEqual([])
  expect(failures({ id: "a" }, [{ id: "a" }, { id: "b" }])).toEqual([])
})
test("what is no sample is told", () => {
  expect(
    failures({ d: { results: [record("a"), record("b")] } }, { d: { results: [], __next: "x" } }),
  ).toEqual([
    "one.json is no sample: it holds 2 records, and one is wanted.",
    "two.json is no sample: the list goes on in another document.",
  ])
})
