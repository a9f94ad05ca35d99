// What the repository promises about itself: versions that agree, a lock file without hosts, scripts that need nothing but npm.
import { spawnSync } from "node:child_process"
import { cpSync, globSync, readFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { root } from "../architecture/source-files.ts"
import { folderWith, put } from "../cli/folder.ts"

const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"))
const packages: readonly string[] = json("package.json").workspaces

test("all packages have one version, one licence, one Node; what services install runs on older ones too", () => {
  const manifests = packages.map(folder => json(`${folder}/package.json`))
  expect(new Set(manifests.map(one => one.version)).size).toBe(1)
  expect([...new Set(manifests.map(one => one.license))]).toEqual(["Apache-2.0"])
  const nodes = new Map(packages.map((folder, i) => [folder, manifests[i].engines.node]))
  expect(nodes.get("runtime")).toBe(">=20")
  nodes.delete("runtime")
  expect([...new Set(nodes.values())]).toEqual([">=22.14"])
})
test("what is published depends on nothing", () => {
  for (const folder of ["cli", "runtime"])
    expect(json(`${folder}/package.json`).dependencies ?? {}, folder).toEqual({})
})
test("the lock file names no host and knows every workspace", () => {
  const lock = json("package-lock.json")
  const resolved = Object.values<{ resolved?: string }>(lock.packages).flatMap(entry => entry.resolved ?? [])
  expect(resolved.toSorted()).toEqual([...packages].toSorted())
  for (const folder of packages) {
    const { dependencies = {}, devDependencies = {} } = json(`${folder}/package.json`)
    expect(lock.packages[folder].dependencies ?? {}, folder).toEqual(dependencies)
    expect(lock.packages[folder].devDependencies ?? {}, folder).toEqual(devDependencies)
  }
})

describe("setup.mjs", () => {
  /** A checkout whose npm only notes how it was called. */
  function checkout(installed: object | undefined) {
    const lock = {
      packages: {
        "": {},
        "node_modules/a": { version: "1.0.0" },
        "node_modules/b": { version: "1.0.0", optional: true },
      },
    }
    const folder = folderWith({
      "package-lock.json": JSON.stringify(lock),
      "npm.js": `require("node:fs").appendFileSync(${JSON.stringify("called")}, process.argv.slice(2).join(" ") + "\\n")`,
    })
    cpSync(join(root, "setup.mjs"), join(folder, "setup.mjs"))
    if (installed !== undefined)
      put(folder, {
        "node_modules/.package-lock.json": JSON.stringify({ packages: installed }),
        "node_modules/node/bin/node": "",
      })
    const ran = spawnSync(process.execPath, ["setup.mjs"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, npm_execpath: join(folder, "npm.js") },
    })
    let called = ""
    try {
      called = readFileSync(join(folder, "called"), "utf8")
    } catch {
      // npm was not called
    }
    return { status: ran.status, told: ran.stderr, called }
  }
  const ci = "ci --no-audit --no-fund --loglevel=error\n"
  test("installs when nothing is there", () => {
    expect(checkout(undefined)).toMatchObject({
      status: 0,
      told: expect.stringContaining("nothing is installed yet"),
      called: ci,
    })
  })
  test("installs when a package is older than the lock file's", () => {
    expect(checkout({ "node_modules/a": { version: "0.9.0" } })).toMatchObject({
      told: expect.stringContaining("node_modules/a is out of date"),
      called: ci,
    })
  })
  test("installs when a package is missing", () => {
    expect(checkout({})).toMatchObject({
      told: expect.stringContaining("node_modules/a is missing"),
      called: ci,
    })
  })
  test("is silent when all is there; an optional package need not be", () => {
    expect(checkout({ "node_modules/a": { version: "1.0.0" } })).toEqual({ status: 0, told: "", called: "" })
  })
})

test("the program starts through a link, as npm installs it", () => {
  const folder = folderWith({})
  symlinkSync(join(root, "cli/bin/fmap.cjs"), join(folder, "fmap"))
  expect(
    spawnSync(process.execPath, [join(folder, "fmap"), "--version"], { encoding: "utf8" }).stdout,
  ).toMatch(/^\d+\.\d+\.\d+\n$/u)
})

test("tests that freeze what all share have processes of their own", () => {
  const files = globSync("test/**/*.test.ts", { cwd: root })
  const freezing = files.filter(file =>
    /Object\.freeze\((?:\w+\.prototype|globalThis)\)/u.test(readFileSync(join(root, file), "utf8")),
  )
  const settings = readFileSync(join(root, "vitest.config.ts"), "utf8")
  expect(freezing.length).toBeGreaterThan(0)
  expect(freezing.filter(file => !settings.includes(JSON.stringify(file)))).toEqual([])
})
