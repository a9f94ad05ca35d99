// The rows of a list by a key of theirs, for lookups that are made once a row of a run. Flows in: rows, how to read the key of one. Flows out:
// for a key the rows that have it, in their order. Made when it is first asked, and then kept; the rows are not copied.

/** Keys are equal as `===` says; none of them is NaN. */
export function indexBy<K, T>(rows: readonly T[], keyOf: (row: T) => K): (key: K) => readonly T[] {
  let known: Map<K, T[]> | undefined
  return key => {
    known ??= indexed(rows, keyOf)
    return known.get(key) ?? none
  }
}

const none: readonly never[] = []

function indexed<K, T>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const same = found.get(key)
    if (same === undefined) found.set(key, [row])
    else same.push(row)
  }
  return found
}
