// Law 8 for runs over sets: lineage is complete for records that rows are collected into. On random maps one leaf of one row is changed;
// whatever changes in a group must have an edge from that leaf, and so must groups that come or go. FMAP_SEED=… runs another sample.
import { inspect } from "node:util"
import { issueCodes, runRows, type SetEnd } from "@fmap/runtime"
import { expect, test } from "vitest"
import { setInterpreter } from "../../../compiler/interpret/index.ts"
import { mapLineage } from "../../../compiler/lineage/index.ts"
import type { Plan, PlanCollect, PlanSet } from "../../../compiler/plan/index.ts"
import { type Draw, samples } from "../differential/draw.ts"
import { randomRecord, randomValue } from "../differential/random-payload.ts"
import { randomPlan } from "../differential/random-plan.ts"
import { here } from "../interpret/plan-builders.ts"
import { changedPaths } from "./changed-paths.ts"
import { explains } from "./explains.ts"
import { leavesOf, replaced } from "./leaves.ts"
import { edgesFor } from "./target-edges.ts"

const seed = Number(process.env.FMAP_SEED ?? 20260401)
const rowCount = 5

test("whatever a change of one leaf of one row changes in a collected record has an edge from it", () => {
  const failures: string[] = []
  let changes = 0
  let moved = 0
  for (const [number, { plan, reference }] of samples(
    Number(process.env.FMAP_PLANS ?? 50),
    seed,
    randomPlan,
  ).entries()) {
    const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
    const [set] = samples(1, seed + number, draw => collecting(plan, draw))
    const lineage = mapLineage(set!.maps[0]!, set!)
    const begin = setInterpreter(set!)
    const keys = set!.maps[0]!.set!.collect!.keys
    const run = (rows: readonly unknown[]) =>
      runRows(begin("M", { asOf: "2026-03-31", note: "hello" }, reference), rows)
    const perturbed = samples(8, seed + number, draw => {
      // Mostly of one currency, so that groups have several rows.
      const rows = Array.from({ length: rowCount }, () => {
        const record = randomRecord("Source", { draw, shapes, wrong: 0 })
        const ccy = leavesOf(record, "Source", shapes).find(({ path }) => path.join() === "ccy")
        return ccy === undefined || draw.chance(20) ? record : replaced(record, ccy.place, "EUR")
      })
      const changed = Array.from({ length: 8 }, () => {
        const row = draw.int(0, rowCount - 1)
        const leaf = draw.pick(leavesOf(rows[row], "Source", shapes))
        const value =
          leaf.optional && draw.chance(25) ? undefined : randomValue(leaf.type, { draw, shapes, wrong: 0 })
        const after = rows.map((one, i) => (i === row ? replaced(one, leaf.place, value) : one))
        return { after, path: leaf.path }
      })
      return { rows, changed }
    })
    for (const { rows, changed } of perturbed) {
      const was = run(rows)
      for (const { after, path } of changed) {
        const is = run(after)
        // What does not fit a wire is no way out of the author: only changes that leave it as it was are looked at.
        if (unfit(was) !== unfit(is)) continue
        const [before, now] = [groupsOf(was, keys), groupsOf(is, keys)]
        const both = [...before.keys()].filter(key => now.has(key))
        const paths = both.flatMap(key => changedPaths(before.get(key), now.get(key), shapes))
        changes += paths.length
        const origin = { root: "src", path }
        const told = paths.filter(one => !explains(edgesFor(lineage, one), origin))
        const isMoved = before.size !== both.length || now.size !== both.length
        if (isMoved) {
          moved++
          const edges = [
            ...keys.flatMap(key => edgesFor(lineage, key)),
            ...lineage.stops.flatMap(stop => stop.edges),
          ]
          if (!explains(edges, origin)) told.push("which groups there are")
        }
        if (told.length > 0 && failures.length < 3)
          failures.push(
            `plan ${number} (seed ${seed}): src.${path.join(".")} changes ${told.join(", ")} without an edge\n${inspect({ rows, after }, { depth: 9 })}`,
          )
      }
    }
  }
  expect(failures.join("\n\n")).toBe("")
  // A test that sees nothing change proves nothing.
  expect(changes).toBeGreaterThan(40)
  expect(moved).toBeGreaterThan(10)
}, 120_000)

/** The same map over a set of its source: rows that agree in the currency become one record. */
function collecting(plan: Plan, draw: Draw): Plan {
  const target = plan.shapes.find(({ id }) => id === "Target")!
  const collect: PlanCollect = {
    keys: ["ccy"],
    folds: target.fields
      .filter(({ name }) => name !== "ccy")
      .map(({ name, type }) => ({
        field: name,
        operation: ["money", "decimal", "int"].includes(type.kind)
          ? draw.pick(["sum", "sum", "min", "max", "first", "last"] as const)
          : draw.pick(["first", "last"] as const),
      })),
    incomplete: draw.pick(["hold", "reject", "drop", "keep", "keep"] as const),
    at: here,
  }
  const set: PlanSet = { each: "src", sets: [], figures: [], totals: [], collect, controls: [] }
  return { ...plan, maps: plan.maps.map(map => (map.name === "M" ? { ...map, set } : map)) }
}

function groupsOf(end: SetEnd<unknown>, keys: readonly string[]): ReadonlyMap<string, unknown> {
  return new Map(
    end.out.map(({ value }) => [
      keys.map(key => String((value as Record<string, unknown>)[key])).join(),
      value,
    ]),
  )
}

const runtimeCodes: ReadonlySet<string> = new Set(issueCodes)

/** Rows and groups that do not fit where they are read or written. */
function unfit({ rejected, held }: SetEnd<unknown>): string {
  return [...rejected, ...held]
    .filter(({ issues }) => issues.some(({ code }) => runtimeCodes.has(code)))
    .map(({ row, group }) => `${row} ${group?.join()}`)
    .join()
}
