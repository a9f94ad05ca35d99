// Actuals to plan as a user would keep it: no finding, its tests pass and name every code an author wrote. What the flow does on the simulators is run by the
// commands of its README.
import { expect, test } from "vitest"
import { exampleRuns } from "./example-runs.ts"

const { fmap } = exampleRuns("actuals-to-plan")

test("there is nothing to find in it", async () => {
  expect(await fmap("check")).toMatchObject({ code: 0, out: "" })
})

test("its tests pass, and reach what its maps can do", async () => {
  const { code, comment } = await fmap("test", "--coverage-min", "85")
  expect(comment).toContain("4 passed, 0 failed.")
  expect(code).toBe(0)
})

test("codes without a test are those no payload can give", async () => {
  const { out } = await fmap("test", "--coverage-codes", "--reporter", "json")
  const { unprovedCodes } = JSON.parse(out) as {
    unprovedCodes: readonly { map: string; code: string; origin: string }[]
  }
  const own = unprovedCodes.filter(one => one.origin === "map").map(one => `${one.map} ${one.code}`)
  expect(own).toEqual([
    "ToMembers INCOMPLETE_GROUP",
    "ToActuals INCOMPLETE_GROUP",
    "ToFigure INCOMPLETE_GROUP",
  ])
})
