// Finding the group of a row by its keys. Flows in: keys that are equal as JavaScript values. Flows out: a map that keeps
// the order of first appearance, and one text for several keys, different for every list of them.

export type GroupKey = string | number | bigint | boolean

export function groupIndex<K, G>(): Map<K, G> {
  return new Map()
}

/** The length stands before the left one, so no two pairs give the same text. */
export function keyPair(left: GroupKey, right: GroupKey): string {
  const text = `${left}`
  return `${text.length}:${text}${right}`
}
