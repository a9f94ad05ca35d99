// A hierarchy from the rows of a file. Flows in: the spec whose two keys are a member and a level, rows of one member each with what
// stands above it; flows out: a row for each level a member has an ancestor on, or what is wrong, by line. Reads no cells.
import { isRefused } from "../door/refused.ts"
import { keyText, readScalar } from "./cell.ts"
import { firstDay, lastDay } from "./effective-days.ts"
import { hierarchyRows } from "./hierarchy-rows.ts"
import type { CrosswalkProblem, CrosswalkRows, CrosswalkSpec } from "./load-crosswalk.ts"

/** What a file of members looks like as a crosswalk: the member is its key, the answer says where it stands. */
export function memberSpec(spec: CrosswalkSpec): CrosswalkSpec {
  const [member] = spec.parameters
  if (member === undefined || spec.hierarchy === undefined) return spec
  const part = (name: string, optional: boolean) => ({ name, wireName: name, type: member.type, optional })
  const level = { ...part("level", true), type: spec.parameters[1]?.type ?? member.type }
  const hasLevels = spec.columns.some(({ name }) => name === "level")
  return {
    name: spec.name,
    keyForm: spec.keyForm,
    parameters: [member],
    result: {
      kind: "record",
      members: [part(member.name, true), part("parent", true), ...(hasLevels ? [level] : [])],
    },
    columns: spec.columns,
    where: spec.where,
  }
}

export interface MemberRow {
  readonly keys: readonly (string | null)[]
  readonly value: unknown
  readonly line: number
}

/** Each row has the line of its member. */
export function ancestorRows(spec: CrosswalkSpec, rows: readonly MemberRow[]): CrosswalkRows {
  const [member] = spec.parameters
  const levels = spec.hierarchy?.levels ?? []
  const header = spec.columns.find(({ name }) => name === member?.name)?.column ?? member?.name ?? ""
  const partOf = (row: MemberRow, name: string): unknown => new Map(Object.entries(row.value ?? {})).get(name)
  const textOf = (value: unknown): string | null => {
    if (value === undefined || value === "" || member === undefined) return null
    const read = readScalar(value, member.type)
    return isRefused(read) ? null : keyText(read, member.type)
  }
  const entries = rows.map(row => {
    const level = partOf(row, "level")
    return {
      member: row.keys[0] ?? "",
      parent: textOf(partOf(row, "parent")),
      level: typeof level === "string" && level !== "" ? level : null,
    }
  })
  const made = hierarchyRows(entries, levels)
  if ("problems" in made) {
    const problems = made.problems.map(({ entry, first, code, message }): CrosswalkProblem => {
      const before = first === undefined ? "" : `, first in line ${rows[first]?.line ?? 1}`
      return { row: rows[entry]?.line ?? 1, column: header, code, message: `${message}${before}.` }
    })
    return { problems }
  }
  const days = { from: firstDay, until: lastDay }
  const answers = made.rows.map(({ entry, level, ancestor }) => {
    const above = rows[ancestor]
    const value = above === undefined ? undefined : partOf(above, member?.name ?? "")
    const keys = [entries[entry]?.member ?? "", level]
    return { keys, plain: keys, value, ...days, line: rows[entry]?.line ?? 1 }
  })
  return { rows: answers, turned: [] }
}
