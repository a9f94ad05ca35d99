// What pg-boss would send is taken with its values in their places, and told apart from what cannot be taken.
import { expect, test } from "vitest"
import { takesStatements } from "../../../../runtime/flow/stores/postgres/take-statement.ts"

type Sent = readonly (readonly [text: string, values?: unknown[]])[]

const taken = takesStatements()
const take = (sent: Sent) =>
  taken(async database => {
    for (const [text, values] of sent) expect(await database.executeSql(text, values)).toEqual({ rows: [] })
  })

test.each<readonly [string, string, unknown[] | undefined, readonly string[], readonly unknown[]]>([
  ["one value", "SELECT $1::text", ["a"], ["SELECT ", "::text"], ["a"]],
  ["none", "SELECT 1", undefined, ["SELECT 1"], []],
  ["one that stands twice", "SELECT $2, $1, $2", ["a", 2], ["SELECT ", ", ", ", ", ""], [2, "a", 2]],
  ["none there", "SELECT $1", [null], ["SELECT ", ""], [null]],
])("a statement with %s", async (_, text, values, pieces, inPlace) => {
  expect(await take([values === undefined ? [text] : [text, values]])).toEqual({
    kind: "sql",
    pieces,
    values: inPlace,
    unread: true,
  })
})

test("the same text is the same pieces, so that it is prepared once", async () => {
  const [first, second] = [await take([["SELECT $1", ["a"]]]), await take([["SELECT $1", ["b"]]])]
  expect(second.pieces).toBe(first.pieces)
})

test.each<readonly [string, Sent]>([
  ["no statement", []],
  ["two statements", [["SELECT 1"], ["SELECT 2"]]],
  ["a value that is no text", [["SELECT $1", [{}]]]],
  ["a value that is not given", [["SELECT $1", []]]],
])("a call that sends %s is refused", async (_, sent) => {
  await expect(take(sent)).rejects.toThrow(TypeError)
})
