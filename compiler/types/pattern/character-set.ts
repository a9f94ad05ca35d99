// Sets of code points as sorted, disjoint ranges. Flows in: ranges of a pattern's classes. Flows out: the same set in
// one form, so that two of them can be asked whether they overlap.

export type Range = readonly [low: number, high: number]
export type CharacterSet = readonly Range[]

export const nothing: CharacterSet = []
export const anything: CharacterSet = [[0, 0x10ffff]]
/** What `.` matches: anything but line ends. */
export const anyButLineEnd = complement([
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
])
export const digits: CharacterSet = [[48, 57]]
export const wordCharacters: CharacterSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]
export const spaces: CharacterSet = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]

export function union(...sets: readonly CharacterSet[]): CharacterSet {
  const sorted = sets.flat().sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [low, high] of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high)
    else merged.push([low, high])
  }
  return merged
}

export function complement(set: CharacterSet): CharacterSet {
  const gaps: Range[] = []
  let from = 0
  for (const [low, high] of union(set)) {
    if (low > from) gaps.push([from, low - 1])
    from = high + 1
  }
  if (from <= 0x10ffff) gaps.push([from, 0x10ffff])
  return gaps
}

export function overlaps(a: CharacterSet, b: CharacterSet): boolean {
  return a.some(([low, high]) => b.some(([otherLow, otherHigh]) => low <= otherHigh && otherLow <= high))
}

export function contains(set: CharacterSet, point: number): boolean {
  return set.some(([low, high]) => low <= point && point <= high)
}
