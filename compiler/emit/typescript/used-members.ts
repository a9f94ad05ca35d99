// Which members of which shapes are read from a value (not from a payload local). Only these are kept beside the wire form
// of a record under construction. A shape that is read whole keeps all.

import type { PlanMap, ShapeId, WireType } from "../../plan/index.ts"
import type { PlanIndex } from "./context.ts"

/** By shape: its fields; "*" means all. */
export type Used = ReadonlyMap<ShapeId, ReadonlySet<string>>
type Marks = Map<ShapeId, Set<string>>

/** Members read from values below this node of the Plan, and those of crosswalk rows, which are read whole. */
export function usedMembers(index: PlanIndex, roots: unknown): Used {
  const used: Marks = new Map()
  walk(index, roots, used, false)
  markMadeByRules(index, used)
  for (const crosswalk of index.plan.crosswalks) markWhole(index, crosswalk.result, used)
  return used
}

/** The same for all that the rules of a whole payload read, those of the records in it among them. */
export function usedByRules(index: PlanIndex, id: ShapeId): Used {
  return usedMembers(
    index,
    [...shapesIn(index, id)].map(shape => index.shape(shape)),
  )
}

/** A shape and those of the values in it. */
function shapesIn(index: PlanIndex, id: ShapeId, found = new Set<ShapeId>()): ReadonlySet<ShapeId> {
  if (found.has(id)) return found
  found.add(id)
  const inside = (type: WireType): void => {
    if (type.kind === "list" || type.kind === "dictionary") inside(type.of)
    if (type.kind === "record") shapesIn(index, type.shape, found)
  }
  for (const field of index.shape(id).fields) inside(field.type)
  return found
}

/** The same for a map, with the fields that a binding reads whole. */
export function usedByMap(index: PlanIndex, map: PlanMap): Used {
  const used: Marks = new Map()
  walk(index, map, used, true)
  markMadeByRules(index, used)
  for (const crosswalk of index.plan.crosswalks) markWhole(index, crosswalk.result, used)
  for (const given of [...(map.set?.sets ?? []), ...map.givens]) markWhole(index, given.type, used)
  return used
}

/** Records that the rules of a contract make for themselves, wherever the contract is read. */
function markMadeByRules(index: PlanIndex, used: Marks): void {
  const read: Marks = new Map()
  for (const { rules } of index.plan.shapes) walk(index, rules, read, false)
  for (const [shape, fields] of read)
    if (index.shape(shape).kind === "inferred") for (const field of fields) mark(used, shape, field)
}

export function isMarked(used: Used, shape: ShapeId, field: string): boolean {
  const fields = used.get(shape)
  return fields !== undefined && (fields.has("*") || fields.has(field))
}

function mark(used: Marks, shape: ShapeId, field: string): void {
  const known = used.get(shape)
  if (known === undefined) used.set(shape, new Set([field]))
  else known.add(field)
}

interface Visited {
  readonly kind?: unknown
  readonly field?: unknown
  readonly of?: { readonly type?: { readonly kind?: unknown; readonly shape?: unknown } }
  readonly shape?: unknown
  readonly reads?: unknown
}

function walk(index: PlanIndex, roots: unknown, used: Marks, bindings: boolean): void {
  const pending: unknown[] = [roots]
  while (pending.length > 0) {
    const node = pending.pop()
    if (typeof node !== "object" || node === null) continue
    if (Array.isArray(node)) {
      for (const child of node) if (typeof child === "object") pending.push(child)
      continue
    }
    const { kind, field, of, shape, reads } = node as Visited
    if (kind === "field" && typeof field === "string" && of?.type?.kind === "record")
      mark(used, String(of.type.shape), field)
    if (bindings && typeof shape === "string" && Array.isArray(reads)) markReads(index, shape, reads, used)
    for (const key in node) {
      const child = (node as Readonly<Record<string, unknown>>)[key]
      // positions are most of what a Plan has, and say nothing here
      if (typeof child === "object" && !(Array.isArray(child) && typeof child[0] === "number"))
        pending.push(child)
    }
  }
}

/** Fields that a binding reads whole. */
function markReads(
  index: PlanIndex,
  shape: ShapeId,
  reads: readonly { readonly field: string; readonly members: unknown; readonly elements: boolean }[],
  used: Marks,
): void {
  for (const read of reads) {
    if (read.members !== null || read.elements) continue
    const declared = index.fields(shape).get(read.field)
    if (declared !== undefined) markWhole(index, declared.type, used)
  }
}

function markWhole(index: PlanIndex, type: WireType, used: Marks): void {
  if (type.kind === "list" || type.kind === "dictionary") markWhole(index, type.of, used)
  if (type.kind === "record") markShape(index, type.shape, used)
}

function markShape(index: PlanIndex, id: ShapeId, used: Marks): void {
  if (used.get(id)?.has("*") === true) return
  mark(used, id, "*")
  for (const field of index.shape(id).fields) markWhole(index, field.type, used)
}
