// Does what a step gives fit where it is wanted, as it stands on the wire? Flows in: two types. Flows out: null, or what does not fit.
// The record of a contract fits that contract; any record fits one that asks for no more than it has.
import { fieldWireType } from "../../lower/shapes.ts"
import type { WireType } from "../../plan/index.ts"
import { wireNameOf } from "../../resolve/bind-field.ts"
import type { BoundShape, BoundSystem } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"

export function misfit(from: Type, to: Type): string | null {
  if (from.kind === "error" || to.kind === "error") return null
  if (from.kind === "list" && to.kind === "list") return misfit(from.of, to.of)
  if (from.kind === "list") return "it is a list"
  if (to.kind === "list") return "it is one record"
  if (from.kind !== "record" || to.kind !== "record") return "it is no record"
  return shapeMisfit(from.shape, from.system, to.shape, to.system)
}

/** A patch is a part of the contract; a profile narrows it. */
export const contractOf = (shape: BoundShape): BoundShape => shape.partOf ?? shape

function shapeMisfit(
  from: BoundShape,
  fromSystem: BoundSystem | null,
  to: BoundShape,
  toSystem: BoundSystem | null,
): string | null {
  if (from === to || contractOf(from) === to) return null
  if (to.isContract && to.system !== null) return `it is no record of ${to.name}`
  for (const wanted of to.fields) {
    const name = wireNameOf(wanted.node)
    const field = from.fields.find(each => wireNameOf(each.node) === name)
    if (field === undefined) {
      if (wanted.optional) continue
      return `it has no field "${name}"`
    }
    if (field.optional && field.default === null && !wanted.optional) return `"${name}" may be missing in it`
    const [have, want] = [fieldWireType(field, from, fromSystem), fieldWireType(wanted, to, toSystem)]
    if (!sameForm(have, want)) return `"${name}" stands otherwise on the wire`
  }
  return null
}

/** Bounds and members are judged where the record is read. */
function sameForm(have: WireType, want: WireType): boolean {
  if (have.kind !== want.kind) return false
  if (have.kind === "list" && want.kind === "list") return sameForm(have.of, want.of)
  if (have.kind === "record" && want.kind === "record") return have.shape === want.shape
  return JSON.stringify(wireOf(have)) === JSON.stringify(wireOf(want))
}

const wireOf = (type: WireType): unknown => ("wire" in type ? type.wire : null)
