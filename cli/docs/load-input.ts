// What a site is made from, read and run. Flows in: an opened and analysed project. Flows out: tests that ran, tables of crosswalks, calendars;
// or every problem of a file that cannot be used.
import { basename } from "node:path"
import {
  branchCoverage,
  codeCoverage,
  type DocsInput,
  type ExternalTable,
  type Host,
  type Plan,
  runTests,
} from "@fmap/compiler"
import type { AnalysedProject } from "../project/analyse-project.ts"
import { readSample } from "../project/read-sample.ts"
import { loadCalendars } from "../run/load-calendars.ts"
import { loadCrosswalks, readProjectFile, tableOf } from "../run/load-crosswalks.ts"
import { planHash } from "../run/run-record.ts"
import type { Problem } from "../terminal/problem.ts"

export type LoadedInput =
  | { readonly kind: "input"; readonly input: DocsInput }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export function loadInput(
  plan: Plan,
  { host, textOf }: Pick<AnalysedProject, "host" | "textOf">,
  folder: string,
): LoadedInput {
  const crosswalks = plan.crosswalks.map(({ id }) => id)
  const reference = loadCrosswalks(plan, crosswalks, new Map(), host, folder)
  if (reference.kind === "problems") return reference
  const ids = plan.calendars.map(({ id }) => id)
  const dated = loadCalendars(plan, ids, new Map(), host, folder)
  if (dated.kind === "problems") return dated
  const tests = runTests(
    plan,
    path => readSample(host, path),
    () => true,
    dated.calendars,
  )
  return {
    kind: "input",
    input: {
      project: basename(folder),
      plan,
      planHash: planHash(plan),
      textOf,
      tests,
      coverage: branchCoverage(plan, tests),
      codes: codeCoverage(plan, tests),
      tables: tablesOf(plan, host),
      snapshots: new Map(Object.entries(reference.crosswalks).map(([id, { snapshot }]) => [id, snapshot])),
      calendars: dated.calendars,
    },
  }
}

/** As the files have them; the loader has proved them sound. */
function tablesOf(plan: Plan, host: Host): ReadonlyMap<string, ExternalTable> {
  const tables = new Map<string, ExternalTable>()
  for (const { id, external } of plan.crosswalks) {
    const bytes = external === null ? "" : readProjectFile(host, external.path)
    if (external === null || typeof bytes === "string") continue
    const table = tableOf(external.format, bytes)
    if ("ok" in table)
      tables.set(id, { columns: table.ok.columns, rows: table.ok.rows.map(({ cells }) => cells) })
  }
  return tables
}
