// A folder as a system: what flows wrote there is told from what somebody else did.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { folderSystem } from "../../../cli/flow/folder-system.ts"
import type { SendVerb } from "../../../runtime/connectors/port/connector.ts"
import { folderWith } from "../folder.ts"

const object = { object: "Deal", key: "id", fields: null }
const never = new AbortController().signal

function setUp(lines: string) {
  const folder = folderWith({ "Deal.ndjson": lines })
  const system = folderSystem("Crm", folder)
  const send = (verb: SendVerb, record: Record<string, string>) =>
    system.send({ ...object, verb, record }, { key: "k", signal: never } as Parameters<typeof system.send>[1])
  const changed = async (notByUs: boolean) => {
    const found: unknown[] = []
    for await (const page of system.changes?.({ ...object, cursor: null, notByUs }, never) ?? [])
      found.push(...page.changes.map(({ record }) => record))
    return found
  }
  return { file: join(folder, "Deal.ndjson"), system, send, changed }
}

test("lines that flows wrote are left out, until somebody changes them", async () => {
  const { file, system, send, changed } = setUp('{"id":"a"}\n{"id":"b"}\n')
  await send("update", { id: "b", order: "7" })
  await send("create", { id: "c" })
  await system.load?.({ ...object, records: [{ id: "d" }], mode: { kind: "add" } }, {
    key: "k",
    signal: never,
  } as Parameters<NonNullable<typeof system.load>>[1])
  expect(await changed(false)).toEqual([{ id: "a" }, { id: "b", order: "7" }, { id: "c" }, { id: "d" }])
  expect(await changed(true)).toEqual([{ id: "a" }])
  writeFileSync(file, readFileSync(file, "utf8").replace('"7"', '"8"'))
  expect(await changed(true)).toEqual([{ id: "a" }, { id: "b", order: "8" }])
})
