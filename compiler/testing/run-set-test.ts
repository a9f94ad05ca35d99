// Runs a test of a set map. Flows in: its inputs, rows among them. Flows out: what is wrong, and the codes it proves.
import { runRows } from "@fmap/runtime"
import { type Run, startSet } from "../interpret/internals.ts"
import type { At, PlanMap, PlanTest } from "../plan/index.ts"
import { judgeLikeSet, judgeSet, type RanSet, unexpectedRows } from "./set-expectations.ts"

export function runSetTest(
  test: PlanTest,
  map: PlanMap,
  inputs: Readonly<Record<string, unknown>>,
  run: Run,
  fail: (message: string, at: At) => void,
  read: (file: string, at: At) => { readonly json: unknown } | undefined,
): readonly string[] {
  const each = map.set?.each ?? ""
  const rows = Object.hasOwn(inputs, each) ? inputs[each] : []
  if (!Array.isArray(rows)) {
    fail(`${each} is no list of rows`, test.at)
    return []
  }
  const ran: RanSet = { run, map, end: runRows(startSet(map, inputs, run), rows) }
  for (const message of unexpectedRows(test.expectations, ran)) fail(message, test.at)
  const codes = new Set<string>()
  for (const expectation of test.expectations) {
    const wrong = judgeSet(expectation, ran)
    if (wrong !== null) fail(wrong, expectation.at)
    else if (expectation.kind === "outcome") codes.add(expectation.code)
    else if (expectation.kind === "like") {
      const expected = read(expectation.file, expectation.at)
      if (expected !== undefined)
        for (const one of judgeLikeSet(expectation, expected.json, ran)) fail(one, expectation.at)
    }
  }
  return [...codes]
}
