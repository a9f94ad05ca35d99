// What ends a verb of flows is told in a sentence, whichever part said it, and what was opened is closed; a defect is thrown as it is.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { CallFailed, NotPossible, StoreFailed } from "@fmap/runtime/flow"
import { expect, test } from "vitest"
import { withFlows, withLedger } from "../../../cli/flow/with-ledger.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"

function setUp() {
  const folder = folderWith({ "fmap.json": "{}", "main.fmap": "record Part { name: text(20) }\n" })
  return { terminal: fakeTerminal(folder), lock: join(folder, "fmap.db.lock") }
}

const ends: readonly (readonly [Error, string])[] = [
  [new NotPossible("FM8601", "There is no event a"), "There is no event a."],
  [new StoreFailed(new Error("the disk is full")), "the disk is full."],
  [new CallFailed("rejected", "NO_ITEM", "no such item"), "no such item."],
]

test.each(ends)("%s is told", async (error, told) => {
  const { terminal, lock } = setUp()
  const fails = (seen: boolean[]) => async () => {
    seen.push(existsSync(lock))
    throw error
  }
  const locked: boolean[] = []
  expect(await withFlows({}, terminal, "work", fails(locked))).toBe(2)
  expect(await withLedger({}, terminal, fails(locked))).toBe(2)
  expect(terminal.written.comment.split(told)).toHaveLength(3)
  // Whoever works has it alone meanwhile, and nobody has it after.
  expect([...locked, existsSync(lock)]).toEqual([true, false, false])
})

test("a defect is thrown, and closed behind", async () => {
  const { terminal, lock } = setUp()
  const defect = async () => {
    throw new TypeError("a defect")
  }
  await expect(withFlows({}, terminal, "work", defect)).rejects.toThrow("a defect")
  expect([existsSync(lock), terminal.written.comment]).toEqual([false, ""])
})
