// Names of components: AsyncAPI allows letters, digits, `.`, `-` and `_`. Flows in: ids of the Plan. Flows out: a name for each, no two alike,
// that does not depend on anything but the ids and their order.
export function uniqueNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const id of ids) {
    const plain = id.replace(/[^A-Za-z0-9_.-]/gu, "_")
    let name = plain
    for (let count = 2; taken.has(name); count++) name = `${plain}_${count}`
    taken.add(name)
    names.set(id, name)
  }
  return names
}
