// Every file of the examples with bytes changed, cut, doubled and moved, through the whole compiler: whatever comes in, it answers with diagnostics and never throws. A case that hangs
// runs into the time of the test. `npm run test:fuzz` tries a million.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { type Random, randomOf } from "../runtime/flow/simulation/random.ts"

const usualCases = 400
const cases = Number(process.env["FMAP_FUZZ_CASES"] ?? usualCases)
const root = join(import.meta.dirname, "../..")
const corpus = ["examples", "specs/finance"]
  .flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(name =>
      join(root, folder, name),
    ),
  )
  .filter(path => path.endsWith(".fmap") && !path.includes("node_modules"))
  .toSorted()
  .map(path => readFileSync(path))
  .filter(({ length }) => length < 20_000)

/** What stands at the seams of languages. */
const seams = [
  "{",
  "}",
  '"',
  "\\",
  "//",
  "/*",
  "\u0000",
  "\ufeff",
  "\u2028",
  "é",
  "__proto__",
  "->",
  "..",
  "0".repeat(40),
  "(".repeat(300),
  're"(a+)+$"',
  "${",
]

function mutated(random: Random): string {
  let bytes = Buffer.from(corpus[random.whole(corpus.length)] ?? "")
  for (let edits = 1 + random.whole(6); edits > 0; edits--) {
    const [at, length] = [random.whole(bytes.length + 1), random.whole(40)]
    const [before, cut, behind] = [
      bytes.subarray(0, at),
      bytes.subarray(at, at + length),
      bytes.subarray(at + length),
    ]
    const middle = [
      () => Buffer.of(random.whole(256)),
      () => Buffer.alloc(0),
      () => Buffer.concat([cut, cut]),
      () => Buffer.from(seams[random.whole(seams.length)] ?? ""),
      () => Buffer.from([...cut].toReversed()),
      () => Buffer.concat([cut, (corpus[random.whole(corpus.length)] ?? cut).subarray(0, 200)]),
    ][random.whole(6)]
    bytes = Buffer.concat([before, middle?.() ?? cut, behind])
  }
  return bytes.toString("utf8")
}

test(
  "any text is answered",
  () => {
    expect(corpus.length).toBeGreaterThan(10)
    let plans = 0
    for (let seed = 1; seed <= cases; seed++) {
      const text = mutated(randomOf(seed))
      let plan: unknown
      try {
        plan = analyse(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"]).plan
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}\n\n${text}`)
      }
      if (plan !== null) plans += 1
    }
    // Some survive their changes: they went through every phase.
    expect(plans).toBeGreaterThan(0)
  },
  cases > usualCases ? 86_400_000 : 60_000,
)
