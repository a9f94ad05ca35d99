// An example at work, as a user types it. Flows in: its name. Flows out: the command line in its folder, and maps run one after another: what one
// makes is kept as a file for the next.
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "../cli/fake-terminal.ts"

export function exampleRuns(name: string) {
  const folder = fileURLToPath(new URL(`../../examples/${name}/`, import.meta.url))
  const made = mkdtempSync(join(tmpdir(), `fmap-${name}-`))

  async function fmap(...words: readonly string[]) {
    const terminal = fakeTerminal(folder)
    const code = await runCommandLine(words, terminal)
    return { code, ...terminal.written }
  }

  async function ran(map: string, ...words: readonly string[]) {
    const { code, out, comment } = await fmap("run", map, ...words)
    const file = join(made, `${map}.ndjson`)
    writeFileSync(file, out)
    const lines = out.split("\n").filter(line => line !== "")
    return { code, file, comment, records: lines.map(line => JSON.parse(line)) }
  }

  return { folder, fmap, ran }
}
