// What a command costs before it does anything. Flows in: how many starts of each; flows out: Markdown and ratios. All programs start
// in turn, round after round.
import { figure, table } from "../harness/table.ts"
import { folderWith, installedProgram, tspProgram } from "./compiler-speed.ts"
import type { Part } from "./part.ts"
import { shortest } from "./process.ts"

const fmapFile = "contract Invoice version 1.0.0\n  reads\n{\n  id : text(18)  key\n}\n"
const typespecFile =
  'import "@typespec/json-schema";\n@TypeSpec.JsonSchema.jsonSchema\nmodel Invoice {\n  @maxLength(18) id: string;\n}\n'

export function coldStartPart(rounds: number): Part {
  const fmapProgram = installedProgram()
  const fmap = folderWith("cold-fmap", new Map([["invoice.fmap", fmapFile]]))
  const tsp = folderWith("cold-tsp", new Map([["main.tsp", typespecFile]]))
  const base = "node -e 0"
  const check = "fmap check, one contract"
  const times = shortest(
    [
      { name: base, folder: fmap, words: ["-e", "0"] },
      { name: "fmap --version", folder: fmap, words: [fmapProgram, "--version"] },
      { name: check, folder: fmap, words: [fmapProgram, "check"] },
      {
        name: "tsp compile, one model",
        folder: tsp,
        words: [tspProgram, "compile", "main.tsp", "--emit", "@typespec/json-schema"],
      },
    ],
    rounds,
  )
  const floor = times.get(base) ?? Number.NaN
  return {
    markdown: [
      `### Cold start, shortest of ${rounds} interleaved starts`,
      table(
        ["", "ms", `÷ ${base}`],
        [...times].map(([name, milliseconds]) => [name, figure(milliseconds), figure(milliseconds / floor)]),
      ),
    ].join("\n\n"),
    ratios: new Map([["C2", (times.get(check) ?? Number.NaN) / floor]]),
  }
}
