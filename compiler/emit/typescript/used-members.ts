// Which members of which shapes are read from a value (not from a payload local). Only these are kept beside the wire form
// of a record under construction. A shape that is read whole keeps all.

import type { PlanMap, ShapeId, WireType } from "../../plan/index.ts"
import type { PlanIndex } from "./context.ts"

/** Identities `[shape, field]`; field "*": all. */
export function usedMembers(index: PlanIndex, roots: unknown): Set<string> {
  const used = new Set<string>()
  const pending: unknown[] = [roots]
  while (pending.length > 0) {
    const node = pending.pop()
    if (typeof node !== "object" || node === null) continue
    const { kind, field, of } = node as {
      kind?: unknown
      field?: unknown
      of?: { type?: { kind?: unknown; shape?: unknown } }
    }
    if (kind === "field" && of?.type?.kind === "record") used.add(JSON.stringify([of.type.shape, field]))
    pushChildren(node, pending)
  }
  for (const crosswalk of index.plan.crosswalks) markWhole(index, crosswalk.result, used)
  return used
}

/** Positions are most of what a Plan has, and say nothing here. */
function pushChildren(node: object, pending: unknown[]): void {
  if (Array.isArray(node)) {
    if (typeof node[0] !== "number") for (const child of node) pending.push(child)
    return
  }
  for (const child of Object.values(node)) if (typeof child === "object") pending.push(child)
}

export function markWhole(index: PlanIndex, type: WireType, used: Set<string>): void {
  if (type.kind === "list" || type.kind === "dictionary") markWhole(index, type.of, used)
  if (type.kind === "record") markShape(index, type.shape, used)
}

export function markShape(index: PlanIndex, id: ShapeId, used: Set<string>): void {
  const identity = JSON.stringify([id, "*"])
  if (used.has(identity)) return
  used.add(identity)
  for (const field of index.shape(id).fields) markWhole(index, field.type, used)
}

/** Fields that a binding reads whole. */
export function markBindings(index: PlanIndex, map: PlanMap, used: Set<string>): void {
  const pending: unknown[] = [map]
  while (pending.length > 0) {
    const node = pending.pop()
    if (typeof node !== "object" || node === null) continue
    const { shape, reads } = node as {
      shape?: unknown
      reads?: readonly { field: string; members: unknown; elements: boolean }[]
    }
    if (typeof shape === "string" && Array.isArray(reads)) {
      for (const read of reads) {
        const declared = index.shape(shape).fields.find(candidate => candidate.name === read.field)
        if (declared !== undefined && read.members === null && !read.elements)
          markWhole(index, declared.type, used)
      }
    }
    pushChildren(node, pending)
  }
  for (const given of map.givens) markWhole(index, given.type, used)
}
