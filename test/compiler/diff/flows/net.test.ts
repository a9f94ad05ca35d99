// What no rule about flows names is still told: a Plan is changed in a way that no author can write.
import { compareFlows, type Plan } from "@fmap/compiler"
import { expect, test } from "vitest"
import { flowDiffCases, releaseOfText } from "./corpus.ts"

const [case1] = flowDiffCases()

test("a difference without a rule of its own is told as one, and breaks", () => {
  const old = releaseOfText(case1?.old ?? "")
  const withEach = (path: readonly string[]): Plan => ({
    ...old.plan,
    flows: (old.plan.flows ?? []).map(flow => ({
      ...flow,
      steps: flow.steps.map(step =>
        step.kind === "publish" ? { ...step, each: { binder: "x", of: "deal", path } } : step,
      ),
    })),
  })
  const found = compareFlows(
    { ...old, plan: withEach(["a", "b"]) },
    { ...old, plan: withEach(["a.b"]) },
    "standard",
  )
  expect(found.map(({ rule, path, bump }) => [rule, path, bump])).toEqual([["F033", "/publish1", "major"]])
})
