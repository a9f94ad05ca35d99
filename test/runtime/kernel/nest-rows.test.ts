// Rows that name the row above them: what a tree is, seen against its definition.
import { nestRows, type TreeNode } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

interface Row {
  readonly id: number
  readonly parent: number | undefined
}
const nest = (rows: readonly Row[]): readonly TreeNode<Row>[] | undefined =>
  nestRows(
    rows,
    rows.map(row => row.id),
    rows.map(row => row.parent),
  )

const few = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 6 }),
    parent: fc.option(fc.integer({ min: 0, max: 7 }), { nil: undefined }),
  }),
  { maxLength: 7 },
)

/** The chain of rows above a row, or nothing where it ends in no top. */
function above(row: Row, rows: readonly Row[]): readonly Row[] | undefined {
  const chain: Row[] = []
  let parent = row.parent
  while (parent !== undefined) {
    const next = rows.find(other => other.id === parent)
    if (next === undefined || chain.length > rows.length) return undefined
    chain.push(next)
    parent = next.parent
  }
  return chain
}

test("rows are a tree when keys differ and every row hangs below a top", () => {
  fc.assert(
    fc.property(few, rows => {
      const differ = new Set(rows.map(row => row.id)).size === rows.length
      const hang = differ && rows.every(row => above(row, rows) !== undefined)
      expect(nest(rows) !== undefined).toBe(hang)
    }),
    { numRuns: 3000 },
  )
})

test("each node knows the row above it, those below it, and how deep it is", () => {
  let trees = 0
  fc.assert(
    fc.property(few, rows => {
      const nodes = nest(rows)
      if (nodes === undefined) return
      trees++
      expect(new Set(nodes.map(node => node.row))).toEqual(new Set(rows))
      nodes.forEach((node, i) => {
        const chain = above(node.row, rows) ?? []
        expect(node.depth).toBe(chain.length)
        expect(node.parent).toBe(chain[0])
        expect(node.children).toEqual(rows.filter(row => row.parent === node.row.id))
        expect(node.descendants()).toEqual(
          nodes.map(other => other.row).filter(row => (above(row, rows) ?? []).includes(node.row)),
        )
        if (node.parent !== undefined)
          expect(nodes.findIndex(other => other.row === node.parent)).toBeLessThan(i)
      })
    }),
    { numRuns: 3000 },
  )
  expect(trees).toBeGreaterThan(300)
})

test("a chain of a hundred thousand rows is a tree, and closed it is none", () => {
  const chain = Array.from(
    { length: 100_000 },
    (_, id): Row => ({ id, parent: id === 0 ? undefined : id - 1 }),
  )
  expect(nest(chain)?.at(-1)?.depth).toBe(99_999)
  expect(nest(chain.map(row => ({ ...row, parent: row.parent ?? 99_999 })))).toBe(undefined)
})
