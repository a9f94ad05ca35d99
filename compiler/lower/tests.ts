// Test blocks, judged and lowered in one go: a constant is right exactly if it has a wire form. Flows in: bound tests, the
// host (is a sample file there?). Flows out: PlanTests and diagnostics. Tests of a broken map stay silent.
import type { Diagnostic, Place } from "@fmap/grammar"
import type { Host } from "../host/host.ts"
import type { At, PlanShape, PlanTest, ShapeId } from "../plan/index.ts"
import { findings } from "../project/findings.ts"
import { sourceType } from "../resolve/bind-map.ts"
import type { Lookup } from "../resolve/lookup.ts"
import type { BoundMap, BoundProject, BoundTest } from "../resolve/model.ts"
import type { Type } from "../types/type.ts"
import { atOf } from "./at.ts"
import { plain } from "./plain-text.ts"
import { shapeId } from "./shape-ids.ts"
import { lowerShapes } from "./shapes.ts"
import { lowerAssume } from "./test-assumes.ts"
import { lowerExpectation } from "./test-expectations.ts"
import { lowerGivens } from "./test-givens.ts"
import { lowerValueType } from "./value-type.ts"

/** What every part of a test is lowered against. */
export interface TestContext {
  readonly file: string
  readonly map: BoundMap & { readonly target: NonNullable<BoundMap["target"]> }
  readonly shapes: ReadonlyMap<ShapeId, PlanShape>
  readonly scope: ReturnType<BoundProject["scopes"]["get"]>
  readonly host: Host
  readonly at: (place: Place) => At
  readonly report: Lookup["report"]
}

export function lowerTests(
  project: BoundProject,
  host: Host,
): { tests: readonly PlanTest[]; diagnostics: readonly Diagnostic[] } {
  const found = findings()
  if (project.tests.length === 0) return { tests: [], diagnostics: [] }
  const at = atOf(project.files)
  const fileIndex = (path: string): number => project.files.findIndex(file => file.path === path)
  // Rules do not matter to constants, so tests can be judged before the checker has lowered them.
  const noRules = { rules: [], variables: [] }
  const shapes = new Map(
    lowerShapes(project, { at, fileIndex, rulesOf: () => noRules }).map(shape => [shape.id, shape]),
  )
  const tests = project.tests.flatMap(test => {
    const { map } = test
    if (map === null || map.target === null || map.broken) return []
    const context = {
      file: test.file,
      map: { ...map, target: map.target },
      shapes,
      scope: project.scopes.get(test.file),
      host,
      at,
      report: found.report,
    }
    return [lowerTest(test, context, fileIndex(test.file))]
  })
  return { tests, diagnostics: found.all() }
}

function lowerTest({ node }: BoundTest, context: TestContext, file: number): PlanTest {
  const { map, at } = context
  const givens = lowerGivens(node, context)
  const value = (name: string, type: Type) => ({
    name,
    type: lowerValueType(type, ({ shape }) => shapeId(shape, shape.system)),
    maybe: false,
  })
  const record = (name: string, shape: BoundMap["sources"][number]["shape"]) =>
    value(name, { kind: "record", shape, arguments: [], system: shape.system })
  return {
    title: plain(node.title) ?? "",
    map: map.name,
    file,
    givens,
    assumes: node.members.flatMap(member =>
      member.kind === "assume" ? (lowerAssume(member, context) ?? []) : [],
    ),
    expectations: node.members.flatMap(member =>
      member.kind === "expect" ? member.expectations.flatMap(each => lowerExpectation(each, context)) : [],
    ),
    variables: [
      record(map.target.name, map.target.shape),
      ...map.sources.map(source =>
        value(source.name, sourceType({ ...source, role: source.role === null ? null : "set" })),
      ),
      ...map.givens.map(given => value(given.name, given.type)),
    ],
    at: at({ file: context.file, span: node.span }),
  }
}
