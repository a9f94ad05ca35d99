// The exceptions of the ledger over HTTP, as a program of yours would have them: what waits, what is wrong with one of them, and a decision that stands in the audit. Run workflow.ts first.
// `--stay` leaves the service running, and prints a token for its pages.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { moneyText } from "@fmap/runtime"

const here = import.meta.dirname
const place = "http://127.0.0.1:8413"
// The secret that signs tokens: here a new one each time. In a company the tokens are those of its identity provider.
const env = { ...process.env, FMAP_HTTP_SECRET: randomBytes(32).toString("base64") }
const words = (...more: readonly string[]) => ["fmap", "flow", ...more, "--project", here]

const tokens = new Map<string, string>()
const server = spawn("npx", words("serve"), { env, stdio: "ignore", detached: true })
try {
  // first of all: while a token is made this program hears nothing, and a connection it has may have ended
  for (const role of ["controller", "operations"]) token(role)
  await answers()
  const { queues } = await ask("controller", "/queues")
  for (const { queue, open, acknowledged, amounts } of queues)
    console.log(
      `${queue}: ${open + acknowledged} wait${amounts.map((one: Row) => `, ${moneyText(String(one["value"]), String(one["currency"]))}`).join("")}`,
    )
  const { exceptions } = await ask("operations", "/exceptions?code=UNKNOWN_ITEM")
  const { exception, issues, fixes } = await ask("operations", `/exceptions/${exceptions[0].number}`)
  console.log(`#${exception.number} ${exception.code}: ${exception.message}`)
  for (const { root, pointer } of issues) console.log(`  wrong: ${root}${pointer}`)
  for (const { kind, crosswalk, keys } of fixes)
    if (kind === "add-row") console.log(`  would help: a row of ${keys.join(", ")} in ${crosswalk}`)
  const remark = { reason: "the product is new; asked for its number" }
  const taken = await ask("operations", `/exceptions/${exception.number}/acknowledge`, remark)
  console.log(`  acknowledged: ${taken.kind}`)
  console.log(`audit: ${(await ask("controller", "/audit/verify")).kind}`)
  if (process.argv.includes("--stay")) {
    console.log(`\n${place} takes this token for an hour:\n\n${token("controller")}\n`)
    await new Promise(resolve => process.once("SIGINT", resolve))
  }
} finally {
  stop(server)
}

interface Row {
  readonly [name: string]: unknown
}

function token(role: string): string {
  const known = tokens.get(role)
  if (known !== undefined) return known
  const made = spawnSync("npx", words("token", "--role", role, "--by", `mara of ${role}`), {
    env,
    encoding: "utf8",
  })
  tokens.set(role, made.stdout.trim())
  return made.stdout.trim()
}

// biome-ignore lint/suspicious/noExplicitAny: what it is stands in the description of the API
async function ask(role: string, path: string, body?: object): Promise<any> {
  const answer = await fetch(`${place}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token(role)}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  })
  const json = await answer.json()
  if (!answer.ok) throw new Error(JSON.stringify(json))
  return json
}

async function answers(): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (server.exitCode !== null) throw new Error("fmap flow serve has ended: is there a ledger?")
    const ready = await fetch(`${place}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await sleep(100)
  }
  throw new Error("fmap flow serve does not answer")
}

function stop({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGINT")
  } catch {
    // it has ended by itself
  }
}
