// A change of the flow as its README tells it: the lines that change are put into the flow, and the comparison says what stands there.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "../cli/fake-terminal.ts"

const folder = fileURLToPath(new URL("../../examples/order-to-cash/", import.meta.url))
const flow = "flows/quote-to-order.fmap"
const scratch = mkdtempSync(join(tmpdir(), "fmap-change-"))
afterAll(() => rmSync(scratch, { recursive: true }))

test("is judged as the README says", async () => {
  const readme = readFileSync(join(folder, "README.md"), "utf8")
  const [, edits = "", told = ""] = /```diff\n(.*?)```.*?```text\n(.*?)```/su.exec(readme) ?? []
  const changed = join(scratch, "changed")
  cpSync(folder, changed, { recursive: true, filter: path => !/node_modules|\.db/u.test(path) })
  const lines = edits.trimEnd().split("\n")
  const sides = (sign: string) => lines.filter(line => line.startsWith(sign)).map(line => line.slice(1))
  const [old, now] = [sides("-"), sides("+")]
  expect(old.length).toBeGreaterThan(0)
  const before = readFileSync(join(folder, flow), "utf8")
  const after = old.reduce((text, line, i) => {
    expect(text).toContain(`${line}\n`)
    return text.replace(`${line}\n`, `${now[i] ?? ""}\n`)
  }, before)
  writeFileSync(join(changed, flow), after)

  const terminal = fakeTerminal(scratch)
  expect(await runCommandLine(["diff", folder, changed], terminal)).toBe(1)
  expect(terminal.written.out.trimEnd()).toBe(told.trimEnd())
})
