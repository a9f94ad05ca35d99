// Law 4: what no rule of a map reads, down into the rows it walks. Flows in: what was read of each payload variable and which
// lists its rows come from. Flows out: the unread fields, and what is wrong about them or about `ignore`.
import { type Diagnostic, diagnostic, type Place } from "@fmap/grammar"
import type { PlanExpression } from "../plan/index.ts"
import type { BoundField, BoundMap, BoundShape } from "../resolve/model.ts"
import type { Type } from "../types/type.ts"
import { pathKey } from "./checked.ts"
import type { State } from "./context.ts"
import { emptyRead, type ReadNode, readChain } from "./reads.ts"

/** A row variable and the list it walks. */
export interface Walked {
  readonly variable: number
  readonly source: PlanExpression
}

interface SourceVariable {
  readonly source: BoundMap["sources"][number]
  readonly variable: number
}

export interface Unread {
  readonly unread: readonly { readonly source: string; readonly field: string }[]
  readonly findings: readonly Diagnostic[]
}

/** Rows of a list stand under this name below the list's own mark. */
const rowsOf = "[]"

export function unreadFields(
  sources: readonly SourceVariable[],
  walked: readonly Walked[],
  reads: ReadonlyMap<number, ReadNode>,
  state: State,
  place: Place,
): Unread {
  const places = new Map<number, { readonly root: number; readonly path: readonly string[] }>()
  for (const { variable } of sources) places.set(variable, { root: variable, path: [] })
  const trees = new Map(sources.map(({ variable }) => [variable, copy(reads.get(variable))]))
  // Outer loops stand before inner ones, so a row's own list is always known.
  for (const { variable, source } of walked) {
    const chain = readChain(source, state.origins)
    const list = chain === null ? undefined : places.get(chain.variable)
    if (chain === null || list === undefined) continue
    const path = [...list.path, ...chain.path, rowsOf]
    places.set(variable, { root: list.root, path })
    const tree = trees.get(list.root)
    if (tree !== undefined) merge(nodeAt(tree, path), reads.get(variable))
  }
  const ignored = new Set<string>()
  const findings: Diagnostic[] = []
  for (const each of state.ignored) {
    const base = places.get(each.variable)
    if (base === undefined) continue
    const whole = sources.some(({ source, variable }) => variable === each.variable && source.role === "set")
    const path = [...base.path, ...(whole ? [rowsOf] : []), ...each.path]
    ignored.add(pathKey(base.root, path))
    const mark = find(trees.get(base.root), path)
    if (mark !== undefined && (mark.whole || mark.elements || mark.members.size > 0)) {
      findings.push(
        diagnostic("FM4111", { path: each.text }, each.place, { label: "ignored, and read elsewhere" }),
      )
    }
  }
  const unread: { source: string; field: string }[] = []
  for (const { source, variable } of sources) {
    const visit = (shape: BoundShape, node: ReadNode | undefined, path: readonly string[]): void => {
      if (node?.whole === true) return
      for (const field of shape.fields) {
        const here = [...path, field.name]
        if (ignored.has(pathKey(variable, here))) continue
        const mark = node?.members.get(field.name)
        if (mark !== undefined) {
          const inner = innerOf(field.type, mark)
          if (inner !== null) visit(inner.shape, inner.node, inner.rows ? [...here, rowsOf] : here)
          continue
        }
        const name = (source.role === "set" ? here.slice(1) : here).join(".").replaceAll(`.${rowsOf}`, rowsOf)
        unread.push({ source: source.name, field: name })
        const finding = judge(field, shape, `${source.name}.${name}`, place)
        if (finding !== null) findings.push(finding)
      }
    }
    const tree = trees.get(variable)
    if (source.role === "set") visit(source.shape, tree?.members.get(rowsOf), [rowsOf])
    else visit(source.shape, tree, [])
  }
  return { unread, findings }
}

/** A record, or the rows of a list, that is read member by member. A list that is only counted has no such rows. */
function innerOf(
  type: Type,
  mark: ReadNode,
): { readonly shape: BoundShape; readonly node: ReadNode; readonly rows: boolean } | null {
  if (mark.whole) return null
  if (type.kind === "record") return { shape: type.shape, node: mark, rows: false }
  const rows = mark.members.get(rowsOf)
  return type.kind === "list" && type.of.kind === "record" && rows !== undefined
    ? { shape: type.of.shape, node: rows, rows: true }
    : null
}

function judge(field: BoundField, shape: BoundShape, path: string, place: Place): Diagnostic | null {
  const mark = field.key
    ? "a key"
    : field.pii
      ? "personal data"
      : field.type.kind === "number" && field.type.role === "money"
        ? "an amount"
        : null
  if (mark === null) return null
  return diagnostic("FM4109", { field: field.name, source: shape.name, mark }, place, {
    label: "neither reads nor ignores it",
    related: [{ place: field.place, text: "declared here" }],
    help: path.includes(rowsOf)
      ? `Read it, or \`ignore\` it inside the \`each\` over its rows, with \`because "…"\`.`
      : `Read it, or \`ignore ${path} because "…"\`.`,
  })
}

function copy(node: ReadNode | undefined): ReadNode {
  const made = emptyRead()
  merge(made, node)
  return made
}

function merge(into: ReadNode, from: ReadNode | undefined): void {
  if (from === undefined) return
  into.whole ||= from.whole
  into.elements ||= from.elements
  for (const [name, inner] of from.members) merge(nodeAt(into, [name]), inner)
}

function nodeAt(node: ReadNode, path: readonly string[]): ReadNode {
  let current = node
  for (const name of path) {
    const next = current.members.get(name) ?? emptyRead()
    current.members.set(name, next)
    current = next
  }
  return current
}

function find(node: ReadNode | undefined, path: readonly string[]): ReadNode | undefined {
  return path.reduce<ReadNode | undefined>((n, name) => n?.members.get(name), node)
}
