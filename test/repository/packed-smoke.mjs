// What is published works where nothing of this repository is. Flows in: the built packages. Flows out: tarballs, installed into an
// empty folder without a registry, and used there as a reader of the README would.
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..")
const place = mkdtempSync(join(tmpdir(), "fmap-packed-"))
try {
  const tarballs = ["cli", "runtime"].map(folder => {
    const [packed] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--pack-destination", place], {
        cwd: join(root, folder),
        encoding: "utf8",
      }),
    )
    const extra = packed.files
      .map(file => file.path)
      .filter(path =>
        /\.test\.|fixtures|tsconfig|^(?!dist\/|bin\/|package\.json|README|LICENSE|NOTICE)/.test(path),
      )
    if (extra.length > 0) throw new Error(`${packed.filename} holds what nobody needs: ${extra.join(", ")}`)
    console.log(
      `${packed.filename}: ${packed.files.length} files, ${Math.round(packed.size / 1024)} KB packed, ${Math.round(packed.unpackedSize / 1024)} KB unpacked`,
    )
    return join(place, packed.filename)
  })
  writeFileSync(join(place, "package.json"), '{ "name": "somewhere", "private": true, "type": "module" }\n')
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--loglevel=error", ...tarballs], {
    cwd: place,
    stdio: "inherit",
  })

  const fmap = (args, code = 0) => {
    const ran = spawnSync(
      process.execPath,
      [join(place, "node_modules", "fmap", "bin", "fmap.cjs"), ...args],
      { cwd: place, encoding: "utf8" },
    )
    console.log(`$ fmap ${args.join(" ")}  (exit ${ran.status})`)
    if (ran.status !== code) throw new Error(`wanted exit ${code}\n${ran.stdout}${ran.stderr}`)
    return ran.stdout + ran.stderr
  }
  fmap(["--version"])
  fmap(["init", "shop"])
  fmap(["check", "shop"])
  fmap(["compile", "--project", "shop"])
  fmap(["test", "--project", "shop"])
  fmap(["docs", "--project", "shop"])
  fmap(["format", "--check", "shop"])
  if (!fmap(["explain", "FM7001"]).includes("FM7001")) throw new Error("explain has no pages")
  fmap(["explain", "FM0000"], 2)
  if (!fmap(["simulate", "nobody"], 2).includes("salesforce")) throw new Error("simulate knows no platform")

  // The emitted module runs on the installed runtime.
  const emitted = readdirSync(join(place, "shop", "generated"), { recursive: true }).filter(name =>
    name.endsWith(".js"),
  )
  if (emitted.length === 0) throw new Error("nothing was emitted")
  for (const name of emitted) {
    const module_ = JSON.stringify(join(place, "shop", "generated", name))
    execFileSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `const m = await import(${module_}); if (Object.keys(m).length === 0) throw new Error("exports nothing")`,
      ],
      { cwd: place, stdio: "inherit" },
    )
  }
  // Doors that need no package of others open without one.
  for (const door of ["simulators", "connectors/files"])
    execFileSync(process.execPath, ["--input-type=module", "-e", `await import("@fmap/runtime/${door}")`], {
      cwd: place,
      stdio: "inherit",
    })
  // The engine keeps its ledger in a file.
  writeFileSync(
    join(place, "flow.mjs"),
    `import { createEngine, openSqliteLedger, systemWorld } from "@fmap/runtime/flow"
const world = systemWorld()
const ledger = openSqliteLedger("ledger.db", world)
const ended = new AbortController()
const flow = { name: "f", version: "1", lane: () => "x", handler: () => ended.abort() }
const engine = createEngine({ flows: [flow], ledger, world, worker: "smoke" })
await engine.append([{ flow: "f", source: "s", id: "1", payload: {} }])
await engine.process({ lanes: 1, signal: ended.signal })
const { flows } = await engine.stats()
ledger.close()
if (flows[0].events.done !== 1) throw new Error("the event is not done")
`,
  )
  execFileSync(process.execPath, [join(place, "flow.mjs")], { cwd: place, stdio: "inherit" })
  const schema = JSON.parse(
    readFileSync(join(place, "node_modules", "fmap", "dist", "fmap.schema.json"), "utf8"),
  )
  if (schema.title !== "fmap.json") throw new Error("no schema")
  console.log("packed: fine")
} finally {
  rmSync(place, { recursive: true, force: true })
}
