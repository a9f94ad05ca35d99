// The core stands on nothing: no package, no Node module, and its door reaches neither docs of functions nor formats with peers.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const core = fileURLToPath(new URL("../../runtime/", import.meta.url))

function importsOf(file: string): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(/^(?:import|export)[^"]*?from "([^"]+)"/gmu)].map(
    match => match[1] ?? "",
  )
}

/** Every file the door pulls in, and everything imported that is no file of ours. */
function reach(door: string): { readonly files: ReadonlySet<string>; readonly foreign: readonly string[] } {
  const files = new Set<string>()
  const foreign: string[] = []
  const visit = (file: string) => {
    if (files.has(file)) return
    files.add(file)
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith(".")) visit(join(dirname(file), specifier))
      else foreign.push(specifier)
    }
  }
  visit(join(core, door))
  return { files, foreign }
}

test("the core imports nothing but itself", () => {
  const { files, foreign } = reach("index.ts")
  expect(files.size).toBeGreaterThan(40)
  expect(foreign).toEqual([])
  expect([...files].filter(file => /spec\.ts$/.test(file) && file.includes("/functions/"))).toEqual([])
})

test("@fmap/runtime/functions imports nothing but itself", () =>
  expect(reach("functions/index.ts").foreign).toEqual([]))

test("@fmap/runtime/wire imports nothing but itself", () =>
  expect(reach("formats/wire/index.ts").foreign).toEqual([]))

test("@fmap/runtime/flow imports nothing but itself and Node", () =>
  expect(reach("flow/index.ts").foreign.filter(name => !name.startsWith("node:"))).toEqual([]))

test("@fmap/runtime/connectors imports nothing but itself, Node and undici", () =>
  expect([
    ...new Set(reach("connectors/index.ts").foreign.filter(name => !name.startsWith("node:"))),
  ]).toEqual(["undici"]))

test("@fmap/runtime/simulators imports nothing but itself and Node", () =>
  expect(reach("simulators/index.ts").foreign.filter(name => !name.startsWith("node:"))).toEqual([]))

test("no file of the runtime is out of reach of its doors", () => {
  const { exports } = JSON.parse(readFileSync(join(core, "package.json"), "utf8")) as {
    exports: Record<string, { "fmap-source": string }>
  }
  const doors = Object.values(exports).map(door => door["fmap-source"])
  const reached = new Set(doors.flatMap(door => [...reach(door).files]))
  const all = (folder: string): string[] =>
    readdirSync(folder).flatMap(name => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return name === "dist" || name === "node_modules" ? [] : all(path)
      return name.endsWith(".ts") ? [path] : []
    })
  expect(all(core).filter(file => !reached.has(file) && !file.includes("/kernel/"))).toEqual([])
})
