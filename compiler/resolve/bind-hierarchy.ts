// A hierarchy: a crosswalk of a member and a level to the member above on that level. Flows in: the declaration and the host for its
// file. Flows out: a BoundCrosswalk that is asked with rollup(…); members, parents and levels are judged here.
import { diagnostic, type HierarchyDeclaration } from "@fmap/grammar"
import { firstDay, hierarchyRows, lastDay } from "@fmap/runtime"
import type { Host } from "../host/host.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { constantOf, correction } from "../types/constant.ts"
import { type Constant, constantTree } from "../types/constant-tree.ts"
import { aType, describeType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"
import { canBeKey, parameterType } from "./bind-crosswalk.ts"
import type { Declared } from "./collect-names.ts"
import { checkCrosswalkFile } from "./crosswalk-file.ts"
import type { ConstantRow } from "./crosswalk-rows.ts"
import { hierarchyCodes } from "./hierarchy-codes.ts"
import type { Lookup } from "./lookup.ts"
import type { BoundCrosswalk } from "./model.ts"
import { requireVersion } from "./versions.ts"

const levelType: Type = {
  kind: "text",
  min: 0,
  max: null,
  measure: "points",
  pattern: null,
  literal: null,
}

/** Columns of the file; a member of that name could not be told from them. */
const taken: readonly string[] = ["parent", "level"]

export function bindHierarchy(
  declared: Declared<HierarchyDeclaration>,
  lookup: Lookup,
  host: Host,
  found: Findings,
): BoundCrosswalk {
  const { node, name, id, file, place } = declared
  const at = placeIn(file)
  const before = found.errors()
  const [parameter, second] = node.parameters
  const type: Type = parameter === undefined ? { kind: "error" } : memberType(declared, lookup, found)
  if (parameter === undefined || second !== undefined)
    found.report(diagnostic("FM6260", { problem: "one thing is its member" }, at(second ?? node.name)))
  else if (taken.includes(parameter.name.text)) {
    const problem = `"${parameter.name.text}" is what its files say of a member`
    found.report(diagnostic("FM6260", { problem }, at(parameter.name), { help: "Call it member." }))
  }
  requireVersion("hierarchy", node.name, node.version, node.name.span.end, file, found)
  const levels = levelsOf(node, file, found)
  const parts = {
    parameters: [
      {
        name: parameter?.name.text ?? "member",
        type,
        place: parameter === undefined ? place : at(parameter.name),
      },
      { name: "level", type: levelType, place },
    ],
    result: type,
    hierarchy: { levels },
  }
  const whole = (problem: string, where: { readonly span: HierarchyDeclaration["span"] }, help: string) =>
    found.report(diagnostic("FM6262", { name, problem }, at(where), { help }))
  if (node.from === null && node.rows === null)
    whole("has neither rows nor a file", node.name, 'Write rows in { } or say from csv "…" (…).')
  if (node.from !== null && node.rows !== null)
    whole("has rows of its own and a file, and only one can say who is above whom", node.from, "Keep one.")
  if (node.from !== null && node.from.wildcard !== null)
    whole("lists its members, and nothing stands for all of them", node.from.wildcard, "Remove the wildcard.")
  if (node.rows !== null) hierarchyMembers(node, parts, file, found.report)
  else if (node.from !== null && parameter !== undefined && levels.length > 0) {
    const clauses = { bothWays: null, result: parameter.type, effective: null }
    const context = { ...parts, file, name, keyForm: "exact", dated: null } as const
    checkCrosswalkFile(clauses, node.from, context, host, found)
  }
  return {
    kind: "crosswalk",
    node,
    name,
    id,
    file,
    place,
    ...parts,
    inverse: null,
    dated: false,
    total: false,
    external: node.from !== null && node.rows === null,
    broken: found.errors() > before,
  }
}

function memberType({ node, file }: Declared<HierarchyDeclaration>, lookup: Lookup, found: Findings): Type {
  const [parameter] = node.parameters
  if (parameter === undefined) return { kind: "error" }
  const type = parameterType(parameter.type, lookup, found)
  if (canBeKey(type)) return type
  const shown = { name: parameter.name.text, type: aType(type) }
  found.report(diagnostic("FM6208", shown, placeIn(file)(parameter.type)))
  return { kind: "error" }
}

function levelsOf(node: HierarchyDeclaration, file: string, found: Findings): readonly string[] {
  const at = placeIn(file)
  if (node.levels === null) {
    const help = "Write levels and their names, the highest first: levels All, Region, Country."
    found.report(diagnostic("FM6261", { name: node.name.text }, at(node.name), { help }))
    return []
  }
  const levels: string[] = []
  for (const level of node.levels) {
    if (levels.includes(level.text))
      found.report(diagnostic("FM2016", { name: level.text, role: "levels" }, at(level)))
    else levels.push(level.text)
  }
  return levels
}

/** The rows as those of a crosswalk; none after a diagnostic. Lowering asks again for the same answer, silently. */
export function hierarchyMembers(
  node: HierarchyDeclaration,
  { result, hierarchy }: Pick<BoundCrosswalk, "result" | "hierarchy">,
  file: string,
  report: Findings["report"],
): readonly ConstantRow[] {
  const at = placeIn(file)
  const levels = hierarchy?.levels ?? []
  const keyOf = (expression: NonNullable<HierarchyDeclaration["rows"]>[number]["member"], what: string) => {
    if (result.kind === "error" || expression.kind === "error") return null
    const constant = constantOf(expression, result, true)
    if ("value" in constant) return String(constant.value)
    const details = { label: `wanted: ${describeType(result)}`, ...correction(expression, constant, file) }
    report(diagnostic("FM6204", { what, problem: constant.problem }, at(expression), details))
    return null
  }
  const read = (node.rows ?? []).map(row => {
    const member = keyOf(row.member, "This member")
    const parent = row.parent === null ? null : keyOf(row.parent, "This parent")
    const value: Constant | null =
      member === null
        ? null
        : constantTree(row.member, result, { file, report: () => undefined, code: "FM6204" })
    const fits = member !== null && (row.parent === null || parent !== null) && value !== null
    return fits ? { row, value, entry: { member, parent, level: row.level?.text ?? null } } : null
  })
  const rows = read.flatMap(one => (one === null ? [] : [one]))
  // What could not be read would look like parents that are not there.
  if (rows.length < read.length || levels.length === 0) return []
  const made = hierarchyRows(
    rows.map(({ entry }) => entry),
    levels,
  )
  if ("problems" in made) {
    for (const { code, entry, first, message } of made.problems) {
      const row = rows[entry]?.row
      const before = first === undefined ? undefined : rows[first]?.row
      if (row === undefined) continue
      const related = before === undefined ? {} : { related: [{ place: at(before), text: "first here" }] }
      report(diagnostic(hierarchyCodes[code], { problem: message }, at(row), related))
    }
    return []
  }
  return made.rows.flatMap(({ entry, level, ancestor }): ConstantRow[] => {
    const from = rows[entry]
    const above = rows[ancestor]
    if (from === undefined || above === undefined) return []
    const keys = [from.entry.member, level]
    return [{ keys, value: above.value, span: from.row.span, from: firstDay, until: lastDay }]
  })
}
