// Explanations against lineage: on random maps every leaf of a result can be explained, its value is the one in the result, and every source
// value the explanation names is one that lineage knows for that field.
import { writeJson } from "@fmap/runtime"
import { expect, test } from "vitest"
import { explainSet, explainValue } from "../../../compiler/explain/index.ts"
import { interpreter } from "../../../compiler/interpret/index.ts"
import { mapLineage } from "../../../compiler/lineage/index.ts"
import type { PlanField, PlanShape, WireType } from "../../../compiler/plan/index.ts"
import { samples } from "../differential/draw.ts"
import { randomRecord } from "../differential/random-payload.ts"
import { randomPlan } from "../differential/random-plan.ts"
import { leavesOf } from "../lineage/leaves.ts"
import { edgesFor, shownPath } from "../lineage/target-edges.ts"

const seed = Number(process.env.FMAP_SEED ?? 20260402)

test("what an explanation names, lineage knows", () => {
  let values = 0
  let sources = 0
  for (const [number, { plan, reference }] of samples(40, seed, randomPlan).entries()) {
    const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
    const run = interpreter(plan)
    const lineage = mapLineage(plan.maps[0]!, plan)
    for (const src of samples(6, seed + number, draw => randomRecord("Source", { draw, shapes, wrong: 0 }))) {
      const input = { src, asOf: "2026-03-31", note: "hello" }
      const result = run("M", input, reference)
      if (result.status !== "done") continue
      for (const leaf of leavesOf(result.value, "Target", shapes)) {
        const pointer = leaf.place
          .map(step => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
          .join("")
        const explanation = explainValue({
          plan,
          map: "M",
          input,
          reference,
          pointer,
          textOf: () => undefined,
        })
        // Entries of a dictionary have no place of their own.
        if (leaf.path.includes("*")) continue
        expect(explanation, pointer).not.toBe(null)
        values++
        if (leaf.value === undefined) expect(["nothing", "•••"]).toContain(explanation!.value)
        else if (
          typeof leaf.value === "boolean" &&
          explanation!.value !== "•••" &&
          leaf.type.kind === "bool" &&
          leaf.type.wire === "json"
        )
          expect(explanation!.value).toBe(writeJson(leaf.value))
        const known = new Set(
          edgesFor(lineage, shownPath(leaf.path)).map(({ origin }) =>
            "name" in origin ? `${origin.name} ${origin.path.filter(step => step !== "[]").join(".")}` : "",
          ),
        )
        for (const source of explanation!.sources) {
          sources++
          const path = namesOf(source.pointer, source.root === "src" ? "Source" : null, shapes)
          expect(
            [...known].some(
              one => one === `${source.root} ${path}` || one.startsWith(`${source.root} ${path}.`),
            ),
            `${number} ${pointer} ${source.root} ${path}`,
          ).toBe(true)
        }
      }
    }
  }
  expect(values).toBeGreaterThan(200)
  expect(sources).toBeGreaterThan(100)
}, 60_000)

test("of a run over a set every record is explained as if it were alone", async () => {
  let values = 0
  for (const [number, { plan, reference }] of samples(15, seed, randomPlan).entries()) {
    const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
    const set = { each: "src", sets: [], figures: [], totals: [], collect: null, controls: [] }
    const walked = { ...plan, maps: plan.maps.map(map => (map.name === "M" ? { ...map, set } : map)) }
    const run = interpreter(plan)
    const rows = samples(4, seed + number, draw =>
      randomRecord("Source", { draw, shapes, wrong: draw.pick([0, 0, 2]) }),
    )
    const same = { asOf: "2026-03-31", note: "hello" }
    const common = { map: "M", reference, textOf: () => undefined }
    let out = 0
    for (const [row, src] of rows.entries()) {
      const result = run("M", { src, ...same }, reference)
      if (result.status !== "done") continue
      const [leaf] = leavesOf(result.value, "Target", shapes).filter(({ path }) => !path.includes("*"))
      const pointer = `/${String(leaf!.place[0]).replaceAll("~", "~0").replaceAll("/", "~1")}`
      const alone = explainValue({ ...common, plan, input: { src, ...same }, pointer })!
      const of = { kind: "record", number: out++, pointer } as const
      async function* payloads() {
        for (const payload of rows) yield { payload }
      }
      const answer = await explainSet({ ...common, plan: walked, input: same, rows: payloads, of })
      if (answer.kind !== "explained") throw new Error(`${number} ${row} ${answer.kind}`)
      const { value, sources, crosswalks, issues } = answer.explanation
      const inRow = alone.sources.map(source =>
        source.root === "src" ? { ...source, pointer: `/${row}${source.pointer}` } : source,
      )
      expect([value, sources, crosswalks, issues]).toEqual([
        alone.value,
        inRow,
        alone.crosswalks,
        alone.issues,
      ])
      expect(answer.explanation).toMatchObject({ row: row + 1, collected: null, status: "done" })
      values++
    }
  }
  expect(values).toBeGreaterThan(15)
}, 60_000)

/** A pointer into a payload as names of the contract, without row numbers. */
function namesOf(pointer: string, shapeId: string | null, shapes: ReadonlyMap<string, PlanShape>): string {
  let type: WireType = shapeId === null ? { kind: "json" } : { kind: "record", shape: shapeId, arguments: [] }
  const names: string[] = []
  for (const step of pointer.split("/").slice(1)) {
    const wire = step.replaceAll("~1", "/").replaceAll("~0", "~")
    if (type.kind === "list" && /^\d+$/u.test(wire)) type = type.of
    else if (type.kind === "record") {
      const fields: readonly PlanField[] = shapes.get(type.shape)!.fields
      const field = fields.find(({ wireName }) => wireName === wire)
      names.push(field?.name ?? wire)
      type = field?.type ?? type
    }
  }
  return names.join(".")
}
