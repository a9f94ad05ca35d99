// `npm run bench`: everything, a few minutes; `npm run bench -- --quick`: fewer rounds. Prints Markdown: tables, then the goals with
// what was measured. `npm run bench -- transform compiler` runs only these parts. Reads the built command line: `npm run build` first.
import { cpus } from "node:os"
import { goals, verdict } from "./goals.ts"
import { figure, table } from "./harness/table.ts"
import { coldStartPart } from "./parts/cold-start.ts"
import { compilerSpeedPart } from "./parts/compiler-speed.ts"
import { flowPart, postgresFlowPart } from "./parts/flow.ts"
import { invoicePart } from "./parts/invoice.ts"
import { ledgerPart } from "./parts/ledger.ts"
import { moduleSizePart } from "./parts/module-size.ts"
import type { Part } from "./parts/part.ts"
import { releaseDiffPart } from "./parts/release-diff.ts"
import { transformPart } from "./parts/transform.ts"
import { wrongCentsPart } from "./parts/wrong-cents.ts"

const words = process.argv.slice(2)
const quick = words.includes("--quick")
const chosen = words.filter(word => !word.startsWith("--"))
const effort = quick ? { warmUp: 30, rounds: 15 } : { warmUp: 60, rounds: 61 }

const parts: readonly (readonly [string, () => Part | Promise<Part>])[] = [
  ["transform", () => transformPart("text", effort)],
  ["transform", () => transformPart("number", effort)],
  ["invoice", () => invoicePart(effort)],
  ["ledger", () => ledgerPart(effort)],
  ["cents", () => wrongCentsPart(quick ? 500 : 5_000)],
  ["module", () => moduleSizePart()],
  ["compiler", () => compilerSpeedPart(quick ? { files: 150, rounds: 3 } : { files: 620, rounds: 3 })],
  ["flow", () => flowPart(quick ? 4_000 : 30_000)],
  ["flow", () => postgresFlowPart(quick ? 1_000 : 6_000)],
  ["releases", () => releaseDiffPart(quick ? 100 : 1_000)],
  ["cold", () => coldStartPart(quick ? 11 : 21)],
]
const known = parts.map(([name]) => name)
const unknown = chosen.filter(name => !known.includes(name))
if (unknown.length > 0)
  throw new Error(`There is no part ${unknown.join(", ")}; there are ${[...new Set(known)].join(", ")}.`)

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, ${new Date().toISOString().slice(0, 10)}`,
)
const measured = new Map<string, number>()
for (const [name, run] of parts) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const { markdown, ratios } = await run()
  console.log(`\n${markdown}`)
  for (const [goal, value] of ratios) measured.set(goal, value)
}
console.log("\n### Goals\n")
console.log(
  table(
    ["goal", "what", "wanted", "measured", ""],
    goals.flatMap(goal => {
      const value = measured.get(goal.id)
      if (value === undefined) return []
      const wanted = `${goal.good === "atMost" ? "≤" : "≥"} ${goal.goal}`
      return [[goal.id, goal.what, wanted, figure(value), verdict(goal, value)]]
    }),
  ),
)
