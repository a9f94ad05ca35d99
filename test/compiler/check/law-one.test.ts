// Law 1 on the example and on every right example of a page: without any one assignment, at any depth, there is exactly one error,
// and it names the field. (test/conformance proves the same on its cases.)
import { compile, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { assignments } from "../../conformance/assignments.ts"
import { entriesOf, exampleProjects, pageProjects, textOf } from "./projects.ts"

const projects = [...exampleProjects(), ...pageProjects()]
const deletions = projects.flatMap(project =>
  entriesOf(project).flatMap(path =>
    assignments(textOf(project, path), path).map(
      ({ target, span }) => [project.name, path, target.text, project, span] as const,
    ),
  ),
)

test("there are many", () => expect(deletions.length).toBeGreaterThan(120))

test.each(exampleProjects().map(one => [one.name, one] as const))("%s compiles", (_, project) => {
  const { diagnostics } = compile(memoryHost(project.files), entriesOf(project), { emit: {} })
  expect(diagnostics.map(found => `${found.code} ${found.message}`)).toEqual([])
})

test.each(deletions)("%s %s without %s", (_, path, field, project, span) => {
  const text = textOf(project, path)
  // What separates it from the next on its line goes with it.
  const without = text.slice(0, span.start) + text.slice(span.end).replace(/^ *, */, "")
  const { diagnostics } = compile(
    memoryHost(new Map([...project.files, [path, without]])),
    entriesOf(project),
    {
      emit: {},
    },
  )
  const errors = diagnostics
    .filter(found => found.severity === "error")
    .map(found => `${found.code} ${found.message}`)
  // Where one of several kinds of a union is wanted, all of them are named.
  const named = errors.map(error => /^FM4101 ((?:"[^"]*" or )*"[^"]*")/.exec(error)?.[1]?.split(" or "))
  expect(named, errors.join("\n")).toEqual([expect.arrayContaining([`"${field}"`])])
})
