// The compiler over 100,000 generated lines, inside this process and as a program beside TypeSpec. Flows in: how many files; flows
// out: Markdown and ratios.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { compile, memoryHost } from "@fmap/compiler"
import { parse } from "@fmap/grammar"
import { median } from "../harness/statistics.ts"
import { figure, table } from "../harness/table.ts"
import { orderProject } from "../order/emitted.ts"
import type { Part } from "./part.ts"
import { shortest } from "./process.ts"
import { fmapProject, lineCount, typespecProject } from "./project-text.ts"

const root = join(import.meta.dirname, "../..")
export const cache = join(root, "node_modules/.cache/fmap-bench")
export const tspProgram = join(root, "node_modules/@typespec/compiler/cmd/tsp.js")

/** The command line as it is installed: what `npm run build` made, apart from its sources, which a checkout would run instead. */
export function installedProgram(): string {
  const folder = join(cache, "installed")
  if (!existsSync(join(root, "cli/dist/main.js"))) throw new Error("Run `npm run build` first.")
  rmSync(folder, { recursive: true, force: true })
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(root, "cli", part), join(folder, part), { recursive: true })
  return join(folder, "bin/fmap.cjs")
}

export interface CompilerEffort {
  readonly files: number
  readonly rounds: number
}

export function compilerSpeedPart({ files, rounds }: CompilerEffort): Part {
  const project = fmapProject(files)
  const lines = lineCount(project)
  const host = memoryHost(project)
  const entries = [...project.keys()]
  const whole = (emit: Parameters<typeof compile>[2]["emit"]) => () => {
    const { diagnostics } = compile(host, entries, { emit })
    if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message)
  }
  const phases: readonly (readonly [string, () => void])[] = [
    [
      "parse",
      () => {
        for (const [path, text] of project) parse(text, path)
      },
    ],
    ["check and lower, nothing emitted", whole({})],
    ["with TypeScript", whole({ typescript: true })],
    ["with TypeScript and JSON Schema", whole({ typescript: true, jsonSchema: true })],
    ["with Plan", whole({ typescript: true, jsonSchema: true, plan: true })],
  ]
  const speeds = phases.map(([name, run]) => ({ name, ...speed(run, rounds, lines) }))
  const programs = asPrograms(files, 2)
  const each = emitTime()
  return {
    markdown: [
      `### Compiler, ${lines} lines of fmap in ${files} files, in one process`,
      table(
        ["", "lines a second of processor time, first time", "median of the following"],
        speeds.map(({ name, first, then }) => [name, String(Math.round(first)), String(Math.round(then))]),
      ),
      "### As programs: time of the big project less that of an empty one",
      table(
        ["", "lines", "seconds", "lines a second"],
        programs.map(({ name, count, seconds }) => [
          name,
          String(count),
          figure(seconds),
          String(Math.round(count / seconds)),
        ]),
      ),
      `Emitting the TypeScript of the order workload (${each.lines} lines of fmap): ${figure(each.milliseconds)} ms.`,
    ].join("\n\n"),
    ratios: new Map([
      ["C1 parse", speeds[0]?.then ?? Number.NaN],
      ["C1 all", speeds[3]?.then ?? Number.NaN],
      ["C1 TypeSpec", perSecond(programs[0]) / perSecond(programs[1])],
      ["C3", (each.milliseconds / each.lines) * 140],
    ]),
  }
}

function speed(
  run: () => void,
  rounds: number,
  lines: number,
): { readonly first: number; readonly then: number } {
  const times = Array.from({ length: rounds }, () => time(run))
  const [first = Number.NaN, ...rest] = times
  return { first: (lines / first) * 1000, then: (lines / median(rest.length > 0 ? rest : times)) * 1000 }
}

/** Milliseconds of processor time, those of the garbage collector's helpers included: neighbours do not lengthen it much. */
function time(run: () => void): number {
  const start = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

interface ProgramSpeed {
  readonly name: string
  readonly count: number
  readonly seconds: number
}

const perSecond = (speed: ProgramSpeed | undefined) =>
  speed === undefined ? Number.NaN : speed.count / speed.seconds

function asPrograms(files: number, rounds: number): readonly ProgramSpeed[] {
  const sides = [
    {
      name: "fmap compile (maps, TypeScript, JSON Schema, Plan)",
      make: fmapProject,
      words: [installedProgram(), "compile"],
    },
    {
      name: "tsp compile (models to JSON Schema)",
      make: typespecProject,
      words: [tspProgram, "compile", "main.tsp", "--emit", "@typespec/json-schema"],
    },
  ]
  return sides.map(({ name, make, words }, index) => {
    const big = folderWith(`big-${index}`, make(files))
    const small = folderWith(`small-${index}`, make(1))
    const times = shortest(
      [
        { name: "big", folder: big, words },
        { name: "small", folder: small, words },
      ],
      rounds,
    )
    const seconds = ((times.get("big") ?? Number.NaN) - (times.get("small") ?? Number.NaN)) / 1000
    return { name, count: lineCount(make(files)) - lineCount(make(1)), seconds }
  })
}

/** Made anew below node_modules, where both compilers find their packages. */
export function folderWith(name: string, files: ReadonlyMap<string, string>): string {
  const folder = join(cache, name)
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** The TypeScript of the workload: the whole compile with it less the one without. */
function emitTime(): { readonly lines: number; readonly milliseconds: number } {
  const project = orderProject("text")
  const host = memoryHost(project)
  const entries = ["order.fmap"]
  const differences: number[] = []
  for (let round = 0; round < 120; round++) {
    const without = time(() => compile(host, entries, { emit: {} }))
    const together = time(() => compile(host, entries, { emit: { typescript: true } }))
    if (round >= 40) differences.push(together - without)
  }
  return { lines: lineCount(project), milliseconds: median(differences) }
}
