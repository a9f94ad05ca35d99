// What the build report tells of rows that are dropped: where, why, by which code.
import { analyse, buildReport, formatReport, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { droppedRows } from "../../../compiler/report/dropped-rows.ts"
import { planOf } from "../../conformance/plan-of.ts"
import { readCases } from "../../conformance/read-cases.ts"

const text = `
record Row { id : text(9), qty : decimal(9,2), kind : text(9) }
contract In version 1.0.0 { rows : Row[] }
record Line { id : text(9), kind : text(9) }
contract Out version 1.0.0 { lines : Line[], count : int, total : decimal(18,2) }
map M version 1.0.0
  from i: In
  to   o: Out
{
  let kept = each i.rows as r where r.qty > 0 { id = r.id, kind = r.kind }
  lines = each kept as k {
    id   = k.id
    kind = match k.kind {
      "gift" -> skip row GIFT "a gift: {k.id}"
      "test" -> skip row TEST
      otherwise -> k.kind
    }
  }
  count = count(r for r in i.rows where r.kind == "sale")
  total = sum(r.qty for r in i.rows)
  control "all" count(lines) == count(lines) else hold LOST
}`

test("ways out that skip a row stand with their field, code, message and line; conditions with their rows", () => {
  const plan = planOf(text)
  const [map] = buildReport(plan, () => text).maps
  expect(map?.skips).toEqual([
    { code: "GIFT", field: "lines[].kind", message: "a gift: {…}", at: "main.fmap:14:17" },
    { code: "TEST", field: "lines[].kind", message: null, at: "main.fmap:15:17" },
  ])
  expect(map?.filters).toEqual([
    { field: "kept[]", condition: "r.qty > 0", at: "main.fmap:10:37" },
    { field: "count", condition: 'r.kind == "sale"', at: "main.fmap:19:41" },
  ])
  const report = formatReport(buildReport(plan, () => text))
  expect(report).toContain(`  rows skipped
    lines[].kind  GIFT  a gift: {…}  main.fmap:14:17
    lines[].kind  TEST               main.fmap:15:17
  rows left out by a condition
    kept[]  r.qty > 0         main.fmap:10:37
    count   r.kind == "sale"  main.fmap:19:41
`)
})

test("every row that the checker saw skipped is in the report, in all conformance cases", () => {
  let count = 0
  for (const one of readCases()) {
    const plan = one.diagnostics.length === 0 ? analyse(memoryHost(one.files), [one.entry]).plan : null
    for (const map of plan?.maps ?? []) {
      const shown = (skips: readonly { readonly code: string; readonly at: readonly number[] }[]) =>
        [...new Set(skips.map(({ code, at }) => `${code} ${at.join(":")}`))].sort()
      expect(shown(droppedRows(map).skips), map.name).toEqual(shown(map.report.skips))
      count += map.report.skips.length
    }
  }
  expect(count).toBeGreaterThan(10)
})
