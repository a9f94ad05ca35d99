// Where each page of the site stands. Flows in: the ids of what the Plan declares. Flows out: for each a path that every file system
// takes: ASCII, different also where case does not count, the same for the same Plan.

export type Paths = (id: string) => string

/** `folder/Name`, without an ending. Of ids that come out the same, later ones get a number. */
export function pathsIn(folder: string, ids: readonly string[]): Paths {
  const taken = new Set<string>()
  const found = new Map<string, string>()
  for (const id of ids) {
    const plain = plainName(id)
    let name = plain
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}-${n}`
    taken.add(name.toLowerCase())
    found.set(id, `${folder}/${name}`)
  }
  return id => {
    const path = found.get(id)
    if (path === undefined) throw new Error(`${folder} has no page for ${JSON.stringify(id)}`)
    return path
  }
}

/** Names that Windows keeps for itself, and characters that mean something in a path or a link, are spelt otherwise. */
export function plainName(id: string): string {
  const name = [...id].map(plainCharacter).join("").replace(/-{2,}/gu, "-")
  const short = name.slice(0, 100)
  return /^(?:con|prn|aux|nul|com\d|lpt\d|)$/iu.test(short) ? `${short}-page` : short
}

function plainCharacter(character: string): string {
  if (/[A-Za-z0-9_-]/u.test(character)) return character
  return "#/@ ".includes(character) ? "-" : `x${(character.codePointAt(0) ?? 0).toString(16)}`
}
