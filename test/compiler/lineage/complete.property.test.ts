// Law 8: lineage is complete. On random maps and payloads one leaf of a source is changed; whatever changes in the result must have an
// edge from that leaf, and so must every way out that begins or ceases. FMAP_SEED=… runs another sample.
import { fileURLToPath } from "node:url"
import { inspect } from "node:util"
import { analyse, memoryHost, type Plan } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { issueCodes, type Result } from "@fmap/runtime"
import { expect, test } from "vitest"
import { interpreter } from "../../../compiler/interpret/index.ts"
import { type Edge, type MapLineage, mapLineage } from "../../../compiler/lineage/index.ts"
import type { PlanBinding, PlanShape } from "../../../compiler/plan/index.ts"
import { readCases } from "../../conformance/read-cases.ts"
import { type Draw, samples } from "../differential/draw.ts"
import { randomRecord, randomValue } from "../differential/random-payload.ts"
import { type RandomPlan, randomPlan } from "../differential/random-plan.ts"
import { changedPaths } from "./changed-paths.ts"
import { type Changed, explains } from "./explains.ts"
import { type Leaf, leavesOf, replaced } from "./leaves.ts"
import { edgesFor } from "./target-edges.ts"

const seed = Number(process.env.FMAP_SEED ?? 20260401)
const plans = samples(Number(process.env.FMAP_PLANS ?? 60), seed, randomPlan)

type Shapes = ReadonlyMap<string, PlanShape>
type Input = Readonly<Record<string, unknown>>

test("whatever a change of one source leaf changes has an edge from it", () => {
  const failures: string[] = []
  let changes = 0
  let stopped = 0
  for (const [number, { plan, reference }] of plans.entries()) {
    const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
    const run = interpreter(plan)
    const lineage = mapLineage(plan.maps[0]!, plan)
    for (const { input, changes: others } of samples(20, seed + number, draw => perturbed(draw, shapes))) {
      const was = run("M", input, reference)
      if (was.status !== "done") continue
      for (const { after, changed } of others) {
        const is = run("M", after, reference)
        const paths = is.status === "done" ? changedPaths(was.value, is.value, shapes) : []
        const codes = is.status === "done" ? [] : authorsCodes(is)
        changes += paths.length
        stopped += codes.length
        const told = [
          ...paths.filter(path => !explains(edgesFor(lineage, path), changed)),
          ...codes.filter(code => !explains(stopEdges(lineage, code), changed)),
        ]
        if (told.length > 0 && failures.length < 3) {
          failures.push(
            `plan ${number} (seed ${seed}): ${changed.root}.${changed.path.join(".")} changes ${told.join(", ")} without an edge\n${inspect(input, { depth: 9 })}`,
          )
        }
      }
    }
  }
  expect(failures.join("\n\n")).toBe("")
  // A test that sees nothing change proves nothing.
  expect(changes).toBeGreaterThan(800)
  expect(stopped).toBeGreaterThan(20)
}, 60_000)

test("every field that a compiled map reads stands in the lineage of a field, a check or a way out", () => {
  let count = 0
  for (const plan of compiledPlans()) {
    for (const map of plan.maps) {
      const lineage = mapLineage(map, plan)
      const edges = [...lineage.fields, ...lineage.stops].flatMap(line => line.edges)
      for (const source of map.sources) {
        for (const path of readPaths(source.binding)) {
          count++
          // What a run over a set only adds up makes no field.
          const isTotal = map.set?.figures.some(figure => figure.path === path.join(".")) === true
          expect(
            isTotal || explains(edges, { root: source.name, path }),
            `${map.name} ${path.join(".")}`,
          ).toBe(true)
        }
      }
    }
  }
  expect(count).toBeGreaterThan(400)
})

test("every field of a target that is not left has a line, and no line is of another field", () => {
  for (const plan of compiledPlans()) {
    for (const map of plan.maps) {
      const found = new Set(mapLineage(map, plan).fields.map(field => field.path.split(/\[\]|\./u)[0]))
      expect(found).toEqual(new Set(map.body.fields.map(({ field }) => field)))
    }
  }
})

test("lineage is the same for the same Plan", () => {
  const [{ plan }] = plans as [RandomPlan]
  expect(mapLineage(plan.maps[0]!, plan)).toEqual(
    mapLineage(structuredClone(plan.maps[0]!), structuredClone(plan)),
  )
})

/** Of the example and of every conformance case that compiles. */
function compiledPlans(): readonly Plan[] {
  const example = fileURLToPath(new URL("../../../examples/closed-won/", import.meta.url))
  const analyses = [
    analyse(nodeHost(example), ["maps/book-order.fmap", "maps/order-to-netsuite.fmap"]),
    ...readCases()
      .filter(one => one.diagnostics.length === 0)
      .map(one => analyse(memoryHost(one.files), [one.entry])),
  ]
  return analyses.map(({ plan }) => plan).filter(plan => plan !== null)
}

interface Perturbed {
  readonly input: Input
  readonly changes: readonly { readonly after: Input; readonly changed: Changed }[]
}

/** A payload, and the same with one leaf changed, several times. */
function perturbed(draw: Draw, shapes: Shapes): Perturbed {
  const input = {
    src: randomRecord("Source", { draw, shapes, wrong: 0 }),
    asOf: "2026-03-31",
    note: draw.pick([undefined, "hello"]),
  }
  const leaves = leavesOf(input.src, "Source", shapes)
  const changes = Array.from({ length: 12 }, () => {
    const leaf = draw.pick(leaves)
    const src = replaced(input.src, leaf.place, another(leaf, draw, shapes))
    return { after: { ...input, src }, changed: { root: "src", path: leaf.path } }
  })
  return {
    input,
    changes: [
      ...changes,
      { after: { ...input, asOf: "2026-04-01" }, changed: { root: "asOf", path: [] } },
      { after: { ...input, note: "other" }, changed: { root: "note", path: [] } },
    ],
  }
}

function another(leaf: Leaf, draw: Draw, shapes: Shapes): unknown {
  if (leaf.optional && draw.chance(25)) return undefined
  return randomValue(leaf.type, { draw, shapes, wrong: 0 })
}

function stopEdges({ stops }: MapLineage, code: string): readonly Edge[] {
  return stops.filter(stop => stop.code === code).flatMap(stop => stop.edges)
}

const runtimeCodes: ReadonlySet<string> = new Set(issueCodes)

function authorsCodes(result: Exclude<Result<unknown>, { status: "done" }>): readonly string[] {
  return result.issues
    .filter(({ code, severity }) => (severity === "hold" || severity === "reject") && !runtimeCodes.has(code))
    .map(({ code }) => code)
}

function readPaths(binding: PlanBinding): readonly (readonly string[])[] {
  return binding.reads.flatMap(({ field, members }) =>
    members === null ? [[field]] : readPaths(members).map(path => [field, ...path]),
  )
}
