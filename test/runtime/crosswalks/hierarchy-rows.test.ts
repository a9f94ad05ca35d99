// Members become rows of ancestors: compared with a walk from each member to the top, and with what was made wrong on purpose.
import { type HierarchyEntry, hierarchyRows } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"

const levels = ["All", "Area", "Country", "City"]

/** Each member under one that was drawn before it, then in any order. */
const forest = fc
  .array(fc.tuple(fc.nat(), fc.nat(2), fc.boolean()), { minLength: 1, maxLength: 30 })
  .map(drawn => {
    const depths: number[] = []
    return drawn.map(([above, skipped, says], i): HierarchyEntry & { readonly depth: number } => {
      const candidates = depths.flatMap((depth, at) => (depth < levels.length - 1 ? [at] : []))
      const at = above % 4 === 0 ? undefined : candidates[above % Math.max(1, candidates.length)]
      const highest = at === undefined ? 0 : depths[at]! + 1
      const depth = says ? Math.min(highest + skipped, levels.length - 1) : highest
      depths.push(depth)
      return {
        member: `m${i}`,
        parent: at === undefined ? null : `m${at}`,
        level: says ? levels[depth]! : null,
        depth,
      }
    })
  })
  .chain(entries => fc.shuffledSubarray(entries, { minLength: entries.length }))

test("every member has itself and all above it, each on its level, and nobody else", () => {
  fc.assert(
    fc.property(forest, entries => {
      const made = hierarchyRows(entries, levels)
      const byName = new Map(entries.map(entry => [entry.member, entry]))
      const wanted = entries.flatMap(entry => {
        const path: string[] = []
        for (let at: typeof entry | undefined = entry; at !== undefined; at = byName.get(at.parent ?? ""))
          path.push(`${entry.member} ${levels[at.depth]} ${at.member}`)
        return path
      })
      expect("rows" in made && made.rows.map(told(entries)).sort()).toEqual(wanted.sort())
    }),
  )
})

test("a circle is found wherever it is, once", () => {
  fc.assert(
    fc.property(forest, fc.nat(), (entries, drawn) => {
      const from = entries[drawn % entries.length]!
      const above = [from.member]
      for (let at = from.parent; at !== null; at = entries.find(({ member }) => member === at)!.parent)
        above.push(at)
      const top = above.at(-1)
      const bent = entries.map(entry => (entry.member === top ? { ...entry, parent: from.member } : entry))
      const made = hierarchyRows(bent, levels)
      expect("problems" in made && made.problems.map(({ code }) => code)).toEqual(["CYCLE"])
      const message = "problems" in made ? made.problems[0]!.message : ""
      for (const member of above.slice(0, 5)) if (above.length <= 5) expect(message).toContain(member)
    }),
  )
})

function told(entries: readonly HierarchyEntry[]) {
  return ({ entry, level, ancestor }: { entry: number; level: string; ancestor: number }) =>
    `${entries[entry]!.member} ${level} ${entries[ancestor]!.member}`
}

const entry = (member: string, parent: string | null = null, level: string | null = null) => ({
  member,
  parent,
  level,
})
const messages = (...entries: readonly HierarchyEntry[]) => {
  const made = hierarchyRows(entries, levels)
  return "problems" in made ? made.problems.map(({ message }) => message) : []
}

test("what is wrong is told with the path", () => {
  expect(messages(entry("A", "C"), entry("B", "A"), entry("C", "B"), entry("D", "A"))).toEqual([
    "A member is above itself: A → C → B → A",
  ])
  expect(messages(entry("A", "A"))).toEqual(["A member is above itself: A → A"])
  expect(messages(entry("A"), entry("B", "a"))).toEqual(['The parent "a" of "B" is no member'])
  expect(messages(entry("A"), entry("B"), entry("C", "A"), entry("C", "B"), entry("A"))).toEqual([
    'The member "C" stands under "A" and under "B"',
    'The member "A" stands twice',
  ])
  expect(messages(entry("A"), entry("B", "A", "City"), entry("C", "B", "Country"))).toEqual([
    "The level Country is not below City, the level of the parent: C → B → A",
  ])
  const chain = ["A", "B", "C", "D", "E", "F"].map((member, i, all) => entry(member, all[i - 1] ?? null))
  expect(messages(...chain)).toEqual(["There is no level below City for this member: E → D → C → B → A"])
})

test("a long circle shows both its ends and how many are between them", () => {
  const ring = Array.from({ length: 1000 }, (_, i) => entry(`m${i}`, `m${(i + 1) % 1000}`))
  expect(messages(...ring)).toEqual([
    "A member is above itself: m0 → m1 → m2 → m3 → m4 → m5 → … 989 more … → m995 → m996 → m997 → m998 → m999 → m0",
  ])
})

test("a file as long as a chart of accounts is no question of its order", () => {
  const count = 20000
  const chain = Array.from({ length: count }, (_, i) =>
    entry(`m${i}`, i % 4 === 3 || i === count - 1 ? null : `m${i + 1}`),
  )
  const made = hierarchyRows(chain, levels)
  expect("rows" in made && made.rows.length).toBe(50000)
})
