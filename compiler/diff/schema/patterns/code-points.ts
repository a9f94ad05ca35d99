// Sets of characters as sorted ranges of code points. Flows in and out: sets. It must not know patterns.

export type CodePoints = readonly (readonly [first: number, last: number])[]

export const largestCodePoint = 0x10ffff
export const everyCodePoint: CodePoints = [[0, largestCodePoint]]

export function union(...sets: readonly CodePoints[]): CodePoints {
  const sorted = sets.flat().toSorted((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [first, last] of sorted) {
    const before = merged.at(-1)
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else merged.push([first, last])
  }
  return merged
}

export function complement(set: CodePoints): CodePoints {
  const gaps: [number, number][] = []
  let from = 0
  for (const [first, last] of union(set)) {
    if (first > from) gaps.push([from, first - 1])
    from = last + 1
  }
  if (from <= largestCodePoint) gaps.push([from, largestCodePoint])
  return gaps
}

export function contains(set: CodePoints, point: number): boolean {
  return set.some(([first, last]) => first <= point && point <= last)
}
