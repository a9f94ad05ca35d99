// Makes what is published: cli/dist (the bundled command line) and runtime/dist (plain ES2022 modules with types).
// Flows in: the sources. Flows out: the two dist folders, made anew. Needs `npm ci` to have run, and nothing else.
import { execFileSync } from "node:child_process"
import { cpSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = dirname(fileURLToPath(import.meta.url))
const at = (...parts) => join(root, ...parts)
const manifest = folder => JSON.parse(readFileSync(at(folder, "package.json"), "utf8"))

buildRuntime()
await buildCommandLine()

/**
 * One module per source file, so that a bundler of a service takes only what the generated code uses. The flow engine, its brokers and observers, connectors and
 * simulators know Node; the rest is compiled without its types, and may not.
 */
function buildRuntime() {
  const onNode = ["brokers", "flow", "connectors", "http", "observe", "simulators"]
  rmSync(at("runtime", "dist"), { recursive: true, force: true })
  compileRuntime(
    { lib: ["ES2022"], types: [] },
    { include: ["**/*.ts"], exclude: ["dist", ...onNode, "**/*.test.ts"] },
  )
  compileRuntime({ lib: ["ES2023"], types: ["node"] }, { include: onNode.map(folder => `${folder}/**/*.ts`) })
  for (const file of globSync("flow/**/*.sql", { cwd: at("runtime") }))
    cpSync(at("runtime", file), at("runtime", "dist", file))
  cpSync(at("LICENSE"), at("runtime", "LICENSE"))
}

function compileRuntime(options, files) {
  const settings = at("runtime", "tsconfig.build.json")
  writeFileSync(
    settings,
    JSON.stringify({
      extends: "../tsconfig.json",
      compilerOptions: {
        noEmit: false,
        declaration: true,
        target: "ES2022",
        ...options,
        rootDir: ".",
        outDir: "dist",
      },
      ...files,
    }),
  )
  try {
    execFileSync(process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "--project", settings], {
      cwd: root,
      stdio: "inherit",
    })
  } finally {
    rmSync(settings, { force: true })
  }
}

/** The SQL of the stores stands beside the chunks, each store in a folder of its own. */
function ledgerFiles() {
  return {
    name: "ledger files",
    setup(bundle) {
      bundle.onLoad({ filter: /[\\/]stores[\\/](?:sqlite|postgres)[\\/][a-z-]+\.ts$/ }, ({ path }) => {
        const [, store] = /stores[\\/](\w+)/.exec(path)
        const contents = readFileSync(path, "utf8").replaceAll('"./migrations/"', `"./migrations/${store}/"`)
        return { contents, loader: "ts" }
      })
    },
  }
}

/** Verbs become chunks of their own, loaded when used. */
async function buildCommandLine() {
  const dist = at("cli", "dist")
  rmSync(dist, { recursive: true, force: true })
  const result = await build({
    absWorkingDir: root,
    entryPoints: { main: "cli/main.ts" },
    outdir: "cli/dist",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    conditions: ["fmap-source"],
    define: { FMAP_BUNDLED: "true" },
    alias: { prettier: at("cli", "bundle", "no-formatter.cjs") },
    // Drivers are the user's own, beside fmap.
    external: [
      "pg",
      "pg-boss",
      "pg-native",
      "pino",
      "prom-client",
      "@opentelemetry/api",
      "@nats-io/jetstream",
      "@nats-io/transport-node",
    ],
    plugins: [ledgerFiles()],
    // Packages written for `require` still ask for Node's modules that way.
    banner: {
      js: 'import { createRequire as fmapRequire } from "node:module"; const require = fmapRequire(import.meta.url);',
    },
    chunkNames: "[name]-[hash]",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  })
  const { version } = manifest("cli")
  if (!readFileSync(at("cli", "version.ts"), "utf8").includes(`"${version}"`))
    throw new Error(`cli/version.ts does not say ${version}`)

  for (const store of ["sqlite", "postgres"])
    cpSync(at("runtime", "flow", "stores", store, "migrations"), join(dist, "migrations", store), {
      recursive: true,
    })
  cpSync(at("specs", "diagnostics"), join(dist, "diagnostics"), { recursive: true })
  cpSync(at("cli", "scaffold"), join(dist, "scaffold"), { recursive: true })
  cpSync(at("cli", "docs", "templates"), join(dist, "docs"), { recursive: true })
  for (const file of ["fmap.schema.json", "fmap.flows.schema.json"])
    cpSync(at("specs", "schemas", file), join(dist, file))
  for (const file of ["LICENSE", "NOTICE"]) cpSync(at(file), at("cli", file))
  writeFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), licences(Object.keys(result.metafile.inputs)))

  const size = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
  console.error(
    `cli/dist: ${Object.keys(result.metafile.outputs).length} chunks, ${Math.round(size / 1024)} KB`,
  )
}

/** The licence of every package that went into the bundle. */
function licences(inputs) {
  const packages = new Set(
    inputs.flatMap(input => {
      const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)
      return match === null ? [] : [match[1]]
    }),
  )
  return [...packages]
    .toSorted()
    .map(folder => {
      const { name, version, license } = manifest(folder)
      const file = readdirSync(at(folder)).find(entry => /^licen[cs]e/i.test(entry))
      const text = file === undefined ? `Licence: ${license}` : readFileSync(at(folder, file), "utf8").trim()
      return `${name} ${version}\n\n${text}\n`
    })
    .join(`\n${"-".repeat(80)}\n\n`)
}
