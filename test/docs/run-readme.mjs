// Does what the README says. Flows in: README.md. Flows out: every ```sh block run line by line in the repository's root, and each
// ```text block right after one compared with what the block printed ("…" stands for any lines, "⋯" for any text in a line).
// The first block must set everything up from nothing: this file uses nothing but Node.
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..")
const readme = readFileSync(join(root, process.argv[2] ?? "README.md"), "utf8")

let wrong = 0
let ran = 0
for (const block of blocks(readme)) {
  for (const line of block.commands) console.log(`$ ${line}`)
  const started = Date.now()
  const shell = spawnSync("bash", ["-euo", "pipefail", "-c", block.commands.join("\n")], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 256 * 1024 * 1024,
  })
  ran++
  const expectedCode = block.code
  const output = withoutNpm(shell.stdout + shell.stderr)
  const ok = shell.status === expectedCode && (block.shown === undefined || matches(block.shown, output))
  console.log(
    `  ${ok ? "as written" : "NOT as written"} (exit ${shell.status}, ${((Date.now() - started) / 1000).toFixed(1)} s)`,
  )
  if (!ok) {
    wrong++
    console.log(shell.stdout + shell.stderr)
    if (block.shown !== undefined) console.log(`README shows:\n${block.shown}`)
    if (shell.status !== expectedCode) console.log(`README says exit ${expectedCode}.`)
  } else if (block.commands.some(line => line.startsWith("npm test"))) console.log(tail(shell.stdout, 8))
}
if (ran === 0) throw new Error("the README has no sh block")
process.exit(wrong === 0 ? 0 : 1)

/** ```sh blocks with the ```text block that follows; "```sh exit 3" says which exit code is wanted. */
function blocks(text) {
  const fences = [...text.matchAll(/^```(\S*)([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([all, language, info, body], i, list) => ({
      language,
      info,
      body,
      end: list[i].index + all.length,
      start: list[i].index,
    }),
  )
  return fences.flatMap((fence, i) => {
    if (fence.language !== "sh") return []
    const next = fences[i + 1]
    const follows =
      next !== undefined && next.language === "text" && text.slice(fence.end, next.start).trim() === ""
    return [
      {
        commands: fence.body.split("\n").filter(line => line.trim() !== "" && !line.startsWith("#")),
        code: Number(/exit (\d+)/.exec(fence.info)?.[1] ?? 0),
        shown: follows ? next.body : undefined,
      },
    ]
  })
}

function matches(shown, output) {
  const want = shown.trimEnd().split("\n")
  const pattern = want
    .map(line =>
      line.trim() === "…" ? "(?:.*\\n)*?" : `${line.trimEnd().split("⋯").map(escape).join(".*")}[ ]*\\n`,
    )
    .join("")
  return new RegExp(`^${pattern}$`).test(
    `${output
      .replace(/\u001b\[[0-9;]*m/g, "")
      .replaceAll("\r\n", "\n")
      .trimEnd()}\n`,
  )
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}

function tail(text, count) {
  return text.trimEnd().split("\n").slice(-count).join("\n")
}

/** What npm has to say about the machine's own configuration is not the README's business. */
function withoutNpm(text) {
  return text.replace(/^npm (?:warn|notice).*\n/gm, "")
}
