// Members and the member above each become rows: for every member and level its ancestor there. Flows in: entries in any order, the levels
// from the top; flows out: rows by position of the entries, or everything that is wrong. Knows neither files nor values.

/** Texts as they are compared. */
export interface HierarchyEntry {
  readonly member: string
  /** Null: at the top. */
  readonly parent: string | null
  /** Null: the level below its parent's, the first at the top. */
  readonly level: string | null
}

export interface HierarchyRow {
  readonly entry: number
  readonly level: string
  /** The entry above `entry`, or itself, that stands on the level. */
  readonly ancestor: number
}

export interface HierarchyProblem {
  readonly entry: number
  readonly code:
    | "CYCLE"
    | "ORPHAN"
    | "TWO_PARENTS"
    | "MEMBER_TWICE"
    | "UNKNOWN_LEVEL"
    | "LEVEL_NOT_BELOW"
    | "TOO_DEEP"
  /** The entry that stands first, of two for one member. */
  readonly first?: number
  /** Begins a sentence and has no full stop. */
  readonly message: string
}

export type HierarchyRows =
  | { readonly rows: readonly HierarchyRow[] }
  | { readonly problems: readonly HierarchyProblem[] }

export function hierarchyRows(entries: readonly HierarchyEntry[], levels: readonly string[]): HierarchyRows {
  const positions = new Map<string, number>()
  const problems: HierarchyProblem[] = []
  entries.forEach((entry, position) => {
    const first = positions.get(entry.member)
    if (first === undefined) positions.set(entry.member, position)
    else problems.push(twice(entries, first, position))
  })
  for (const [position, { member, parent, level }] of entries.entries()) {
    if (parent !== null && !positions.has(parent)) {
      const message = `The parent ${shown(parent)} of ${shown(member)} is no member`
      problems.push({ entry: position, code: "ORPHAN", message })
    }
    if (level !== null && !levels.includes(level)) {
      const message = `${shown(level)}, the level of ${shown(member)}, is none of ${levels.join(", ")}`
      problems.push({ entry: position, code: "UNKNOWN_LEVEL", message })
    }
  }
  if (problems.length > 0) return { problems: inOrder(problems) }
  const parents = entries.map(({ parent }) => (parent === null ? null : (positions.get(parent) ?? null)))
  const cycles = cyclesOf(entries, parents)
  if (cycles.length > 0) return { problems: inOrder(cycles) }
  return ancestorsOf(entries, parents, levels)
}

function twice(entries: readonly HierarchyEntry[], first: number, entry: number): HierarchyProblem {
  const member = shown(entries[entry]?.member ?? "")
  const above = (position: number): string => {
    const parent = entries[position]?.parent ?? null
    return parent === null ? "at the top" : `under ${shown(parent)}`
  }
  const [one, other] = [above(first), above(entry)]
  return one === other
    ? { entry, first, code: "MEMBER_TWICE", message: `The member ${member} stands twice` }
    : { entry, first, code: "TWO_PARENTS", message: `The member ${member} stands ${one} and ${other}` }
}

type Parents = readonly (number | null)[]

/** Each circle once, told from its first entry. */
function cyclesOf(entries: readonly HierarchyEntry[], parents: Parents): readonly HierarchyProblem[] {
  const walkOf = new Map<number, number>()
  const problems: HierarchyProblem[] = []
  for (const start of entries.keys()) {
    let at: number | null = start
    while (at !== null && !walkOf.has(at)) {
      walkOf.set(at, start)
      at = parents[at] ?? null
    }
    if (at === null || walkOf.get(at) !== start) continue
    const members = [at]
    for (let next = parents[at] ?? null; next !== null && next !== at; next = parents[next] ?? null)
      members.push(next)
    const first = members.indexOf(members.reduce((least, one) => Math.min(least, one)))
    const round = [...members.slice(first), ...members.slice(0, first + 1)]
    const path = shownPath(round.map(one => entries[one]?.member ?? ""))
    const entry = members[first] ?? at
    problems.push({ entry, code: "CYCLE", message: `A member is above itself: ${path}` })
  }
  return problems
}

/** There are no circles any more. What stands below a wrong level is not judged. */
function ancestorsOf(
  entries: readonly HierarchyEntry[],
  parents: Parents,
  levels: readonly string[],
): HierarchyRows {
  const problems: HierarchyProblem[] = []
  const depths = new Map<number, number | null>()
  const rows: HierarchyRow[] = []
  for (const start of entries.keys()) {
    const waiting: number[] = []
    for (let at: number | null = start; at !== null && !depths.has(at); at = parents[at] ?? null)
      waiting.push(at)
    for (const entry of waiting.reverse()) {
      const parent = parents[entry] ?? null
      const above = parent === null ? -1 : depths.get(parent)
      if (above === null || above === undefined) {
        depths.set(entry, null)
        continue
      }
      const said = entries[entry]?.level ?? null
      const depth = said === null ? above + 1 : levels.indexOf(said)
      const fits = depth > above && depth < levels.length
      depths.set(entry, fits ? depth : null)
      if (fits) continue
      const path = pathOf(entry, parents).map(one => entries[one]?.member ?? "")
      problems.push(wrongLevel(entry, path, said, levels[above] ?? ""))
    }
  }
  if (problems.length > 0) return { problems: inOrder(problems) }
  for (const entry of entries.keys())
    for (const ancestor of pathOf(entry, parents)) {
      const level = levels[depths.get(ancestor) ?? -1]
      if (level !== undefined) rows.push({ entry, level, ancestor })
    }
  return { rows }
}

function wrongLevel(
  entry: number,
  path: readonly string[],
  said: string | null,
  above: string,
): HierarchyProblem {
  if (said === null) {
    const message = `There is no level below ${above} for this member: ${shownPath(path)}`
    return { entry, code: "TOO_DEEP", message }
  }
  const message = `The level ${said} is not below ${above}, the level of the parent: ${shownPath(path)}`
  return { entry, code: "LEVEL_NOT_BELOW", message }
}

/** From the entry to the top. */
function pathOf(entry: number, parents: Parents): readonly number[] {
  const path: number[] = []
  for (let at: number | null = entry; at !== null; at = parents[at] ?? null) path.push(at)
  return path
}

function inOrder(problems: readonly HierarchyProblem[]): readonly HierarchyProblem[] {
  return [...problems].sort((a, b) => a.entry - b.entry)
}

const longestPath = 12

/** A path that is too long to read says how many members are left out of its middle. */
function shownPath(members: readonly string[]): string {
  const texts = members.map(member => member.slice(0, 80))
  if (texts.length <= longestPath) return texts.join(" → ")
  const [head, tail] = [texts.slice(0, longestPath / 2), texts.slice(-longestPath / 2)]
  return [...head, `… ${texts.length - longestPath} more …`, ...tail].join(" → ")
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80))
}
