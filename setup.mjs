// Makes a checkout ready: installs what package-lock.json asks for when it is missing or out of date.
// Flows in: package-lock.json and what npm noted in node_modules. Flows out: nothing but a ready node_modules.
// Runs before `npm test`, `npm run demo` and `npm run fmap`, on whatever Node the machine has (20 or newer), so it uses
// nothing but Node itself, and says nothing when there is nothing to do.
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(fileURLToPath(import.meta.url))
const installedNode = join(
  root,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
)

const why = reasonToInstall()
if (why !== undefined) {
  console.error(`Setting up: ${why}. Running npm ci (once; about half a minute).`)
  npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
}
if (!existsSync(installedNode) && !isNewEnough(process.version)) {
  console.error("Setting up: fetching Node 24 for this checkout.")
  npm(["rebuild", "node", "--loglevel=error"])
  if (!existsSync(installedNode)) {
    console.error(
      `fmap needs Node 22.14 or newer; this is ${process.version}, and the npm package "node" could not bring its own.\n` +
        "Install Node 24, or allow npm to run install scripts (npm config set ignore-scripts false), and try again.",
    )
    process.exit(2)
  }
}

/** Why node_modules does not hold what the lock file asks for; undefined when it does. */
function reasonToInstall() {
  const wanted = packagesOf(join(root, "package-lock.json"))
  const present = packagesOf(join(root, "node_modules", ".package-lock.json"))
  if (wanted === undefined) return undefined
  if (present === undefined) return "nothing is installed yet"
  for (const [path, entry] of Object.entries(wanted)) {
    // npm notes neither the root nor optional packages for other platforms.
    if (path === "" || entry.optional === true || entry.peer === true) continue
    const found = Object.hasOwn(present, path) ? present[path] : undefined
    if (found === undefined) return `${path} is missing`
    if (found.version !== entry.version) return `${path} is out of date`
  }
  return undefined
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {}
  } catch {
    return undefined
  }
}

function npm(args) {
  const cli = process.env.npm_execpath
  const ran = cli?.endsWith(".js")
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" })
  if (ran.status !== 0) {
    console.error(`npm ${args.join(" ")} did not succeed; see above.`)
    process.exit(2)
  }
}

function isNewEnough(version) {
  const [major, minor] = version.slice(1).split(".").map(Number)
  return major > 22 || (major === 22 && minor >= 14)
}
