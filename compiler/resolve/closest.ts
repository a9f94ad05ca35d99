// "Did you mean". Flows in: a misspelt name and those there are. Flows out: the close one, or null: a far-fetched
// proposal helps nobody.

/** The closest candidate within a third of the name's length (at least one edit); case alone never counts. */
export function closest(name: string, candidates: Iterable<string>): string | null {
  const wanted = name.toLowerCase()
  // A very long name is no misspelling of a short one; this also bounds the work.
  const limit = Math.max(1, Math.floor(Math.min(name.length, 24) / 3))
  let best: string | null = null
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) continue
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Optimal string alignment distance (swapped neighbours count once); gives `limit` as soon as it cannot be below. */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least >= limit) return limit
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
