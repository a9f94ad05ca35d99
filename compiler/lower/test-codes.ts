// Do tests expect only codes their map can give? Flows in: bound tests and the lowered maps with their codes (Law 5). Flows
// out: diagnostics. Asked only of maps without errors: the codes of others are not complete.
import { type Diagnostic, diagnostic } from "@fmap/grammar"
import type { PlanMap } from "../plan/index.ts"
import { closest } from "../resolve/closest.ts"
import type { BoundProject } from "../resolve/model.ts"

export function testCodes(project: BoundProject, maps: readonly PlanMap[]): readonly Diagnostic[] {
  const codes = new Map(maps.map(map => [map.name, new Set(map.codes.map(each => each.code))]))
  return project.tests.flatMap(test => {
    const known = test.map === null ? undefined : codes.get(test.map.name)
    if (known === undefined || test.map === null) return []
    const { name } = test.map
    const expectations = test.node.members.flatMap(member =>
      member.kind === "expect" ? member.expectations : [],
    )
    return expectations.flatMap(expectation => {
      if (expectation.kind !== "outcome" || known.has(expectation.code.text)) return []
      const place = { file: test.file, span: expectation.code.span }
      const near = closest(expectation.code.text, known)
      return [
        diagnostic("FM6307", { code: expectation.code.text, map: name }, place, {
          ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
        }),
      ]
    })
  })
}
