// What `fmap flow run` says of a flow that is called: its answer, or all issues, as whoever calls the API gets them; labelled fields are hidden unless values were asked for.
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"

const source = `system Crm { kind crm }
contract Ask version 1.0.0 { id: text(18) key, size: int }
contract Reply version 1.0.0 { id: text(18) key, size: int, mail: text(80) pii, rate: text(20) confidential }
map ToReply version 1.0.0 from ask: Ask to reply: Reply {
  id   = ask.id
  size = ask.size
  mail = "ann@example.com"
  rate = "secret"
  check ask.size > 0 else hold NO_SIZE "the size is {ask.size}"
  check ask.size < 100 else hold TOO_BIG
}
flow Quote version 1.0.0 on call ask: Ask answers Reply
  when ask.size != 7
{
  answer ToReply(ask)
  on hold queue "desk"
  on reject queue "desk"
  on failure dead letter
}
`

async function run(payload: object, ...words: readonly string[]) {
  const folder = folderWith({ "main.fmap": source, "fmap.json": "{}", "ask.json": JSON.stringify(payload) })
  const terminal = fakeTerminal(folder)
  const code = await runCommandLine(["flow", "run", "Quote", "--payload", "ask.json", ...words], terminal)
  return { code, out: terminal.written.out, comment: terminal.written.comment }
}

test("the answer, with what is labelled hidden", async () => {
  const { code, out } = await run({ id: "a", size: 3 })
  expect(code).toBe(0)
  expect(out).toContain('answer: {\n  "id": "a",\n  "size": 3,\n  "mail": "•••",\n  "rate": "•••"\n}\n')
  expect(out).not.toMatch(/example\.com|secret/)
})

test("all of it with --values, and as data", async () => {
  const { out } = await run({ id: "a", size: 3 }, "--values", "--format", "json")
  expect(JSON.parse(out)).toMatchObject({
    format: "fmap.trace",
    answer: { id: "a", size: 3, mail: "ann@example.com", rate: "secret" },
    because: null,
    issues: [],
  })
  const { out: hidden } = await run({ id: "a", size: 3 }, "--format", "json")
  expect(JSON.parse(hidden).answer).toEqual({ id: "a", size: 3, mail: "•••", rate: "•••" })
})

test("all issues where it stops", async () => {
  const { code, out } = await run({ id: "a", size: 0 })
  expect(code).toBe(3)
  expect(out).toContain("no answer: NO_SIZE: the size is 0\n  hold NO_SIZE at reply: the size is 0\n")
  const { out: data } = await run({ id: "a", size: 0 }, "--format", "json")
  expect(JSON.parse(data)).toMatchObject({
    answer: null,
    because: "NO_SIZE",
    issues: [{ code: "NO_SIZE", message: "the size is 0" }],
  })
})

test("why there is none where the flow did not want it", async () => {
  const { code, out } = await run({ id: "a", size: 7 })
  expect({ code, end: out.slice(out.indexOf("no answer")) }).toEqual({
    code: 0,
    end: "no answer: NOT_WANTED\n",
  })
})
