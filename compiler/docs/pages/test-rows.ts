// Tests with what they give, expect and came to. Flows in: the tests of the Plan and the report of a run. Flows out: readonly rows; givens
// and expectations are the lines their author wrote.
import { writeJson } from "@fmap/runtime"
import type { At, PlanTest } from "../../plan/index.ts"
import { placeText, sourceLines } from "../sheet/source-lines.ts"
import type { Link, SiteContext } from "./input.ts"

export interface TestRow {
  readonly anchor: string
  readonly title: string
  readonly map: Link
  /** `not run`: there is no report of it. */
  readonly state: "passed" | "failed" | "not run"
  readonly failures: readonly { readonly message: string; readonly place: string }[]
  readonly given: readonly string[]
  readonly assumed: readonly string[]
  readonly expected: readonly string[]
  readonly place: string
}

export function testRows(context: SiteContext): readonly TestRow[] {
  const { plan, mapPath } = context
  return plan.tests.map((test, i) => {
    const report = reportOf(test, context)
    const lines = (all: readonly { readonly at: At }[]) =>
      all.map(({ at }) => sourceLines(at, context)).filter(line => line !== "")
    return {
      anchor: `test-${i + 1}`,
      title: test.title,
      map: { text: test.map, href: `${mapPath(test.map)}.html` },
      state: report === undefined ? "not run" : report.failures.length === 0 ? "passed" : "failed",
      failures: (report?.failures ?? []).map(({ message, place: { path, line } }) => ({
        message,
        place: `${path}:${line}`,
      })),
      given: test.givens.map(({ name, value }) =>
        "file" in value
          ? `${name} = file ${JSON.stringify(value.file)}`
          : `${name} = ${writeJson(value.json)}`,
      ),
      assumed: lines(test.assumes).map(line => line.replace(/^assume\s+/u, "")),
      expected: lines(test.expectations),
      place: placeText(test.at, plan),
    }
  })
}

function reportOf(test: PlanTest, { tests, plan }: SiteContext) {
  const [file, line, column] = test.at
  const path = plan.files[file]?.path
  return tests.find(({ place }) => place.path === path && place.line === line && place.column === column)
}
