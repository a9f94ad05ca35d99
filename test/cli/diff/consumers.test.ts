// Whom a change breaks, as `fmap diff` and `fmap release check` tell it: each consumer with what comes to it, and what nobody reads told as such.
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"
import { sarifProblems } from "../sarif-problems.ts"

async function fmap(cwd: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(cwd, {})
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

const order = `contract Order version 1.0.0
  compatible backward
{
  id    : text(20)  key
  net   : decimal(12,2)
  note? : text(40)
}

contract Invoice version 1.0.0 {
  number : text(20)  key
  due    : decimal(14,2)
}

map Bill version 1.0.0
  from order: Order
  to   invoice: Invoice
{
  key number = order.id
  due = order.net
  ignore order.note because "-"
}
`
const readers = `import { Order } from "./order.fmap"
import { Invoice } from "./order.fmap"

consumer Collections
  owner   "Credit Control"
  contact "cc@example.com"
{
  reads Invoice { due }
}

consumer Search {
  reads Order { id }
}
`.replace('import { Order } from "./order.fmap"\nimport { Invoice }', "import { Order, Invoice }")
const files = { "fmap.json": "{}", "order.fmap": order, "readers.fmap": readers }
const turned = order.replace("due = order.net", "due = -order.net")
const withoutNote = order.replace("  note? : text(40)\n", "").replace('  ignore order.note because "-"\n', "")

async function diffOf(now: string, ...words: readonly string[]) {
  const folder = folderWith({})
  put(folder, Object.fromEntries(Object.entries(files).map(([name, text]) => [`old/${name}`, text])))
  put(
    folder,
    Object.fromEntries(
      Object.entries({ ...files, "order.fmap": now }).map(([name, text]) => [`new/${name}`, text]),
    ),
  )
  return fmap(folder, "diff", "old", "new", ...words)
}

test("text says who breaks, by which way, and who does not", async () => {
  const { code, out } = await diffOf(turned)
  expect(code).toBe(1)
  expect(out).toContain("reaches  readers of the new data; 1 of 2 consumers: Collections\n")
  expect(out).toContain("error[L007] Collections: Breaks a consumer\n")
  expect(out).toContain("Collections reads Invoice.due: ")
  expect(out).toContain("help     Ask Credit Control, cc@example.com.")
  expect(out).toMatch(
    /\nconsumer {2}Collections \(Credit Control, cc@example\.com\) {2}breaks\n {2}Invoice\.due {2}M008 {2}Bill → Invoice\.due\nconsumer {2}Search {2}is not reached\n$/u,
  )
})

test("a field that goes and nobody selected is told as such", async () => {
  const { out } = await diffOf(withoutNote)
  expect(out).toContain("S005")
  expect(out).toContain("none of 2 consumers reads it")
  expect(out).not.toContain("L007")
})

test("json has every consumer with what reaches it", async () => {
  const { out } = await diffOf(turned, "--reporter", "json")
  expect(JSON.parse(out).consumers).toEqual([
    {
      consumer: "Collections",
      owner: "Credit Control",
      contact: "cc@example.com",
      at: "readers.fmap:3:10",
      breaks: true,
      reached: [
        {
          rule: "M008",
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/u),
          message: expect.any(String),
          field: "Invoice.due",
          path: ["Bill", "Invoice.due"],
          gives: "value",
          breaks: true,
        },
      ],
    },
    expect.objectContaining({ consumer: "Search", breaks: false, reached: [] }),
  ])
  expect(JSON.parse((await diffOf(withoutNote, "--reporter", "json")).out).consumers).toHaveLength(2)
})

test("markdown has a row for each, and SARIF the break", async () => {
  const { out } = await diffOf(turned, "--reporter", "markdown")
  expect(out).toContain(
    "| Collections | Credit Control, cc@example.com | **breaks** | Invoice.due  M008  Bill → Invoice.due |\n| Search |  | is not reached |  |\n",
  )
  const sarif = (await diffOf(turned, "--reporter", "sarif")).out
  expect(sarif).toContain(`"ruleId": "L007"`)
  expect(sarifProblems(sarif)).toEqual([])
})

test("a release waits until somebody agreed for the consumer, whatever the number is", async () => {
  const folder = folderWith(files)
  const day = ["--today", "2026-11-28"] as const
  await fmap(folder, "release", "cut", ...day)
  const approvals = { format: "fmap.approvals", formatVersion: 1, approvers: ["Ana", "Ben"], approvals: [] }
  put(folder, {
    "order.fmap": order
      .replace("due = order.net", "due = order.net * 2")
      .replace("map Bill version 1.0.0", "map Bill version 2.0.0"),
    "releases/approvals.json": JSON.stringify(approvals),
  })
  const check = await fmap(folder, "release", "check", ...day, "-r", "json")
  expect(check.code).toBe(1)
  const { findings } = JSON.parse(check.out)
  const open = findings.filter(
    (one: { standing: string; severity: string }) => one.standing === "open" && one.severity === "error",
  )
  expect(open.map((one: { rule: string; subject: string }) => `${one.rule} ${one.subject}`)).toEqual([
    "L007 Collections",
  ])
  const [{ fingerprint }] = open
  const agreed = ["--by", "Ana", "--reason", "Credit Control knows", "--until", "2026-12-31"] as const
  expect(await fmap(folder, "release", "approve", fingerprint, ...agreed, ...day)).toMatchObject({ code: 0 })
  expect(await fmap(folder, "release", "check", ...day)).toMatchObject({ code: 0 })
})
