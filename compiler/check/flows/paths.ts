// A path below a name of a flow, as it stands on the wire. Flows in: the names. Flows out: the type at its end and the wire names that lead
// there; null where it is none of a record.
import type { Path } from "@fmap/grammar"
import { wireNameOf } from "../../resolve/bind-field.ts"
import type { BoundField } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"

export interface Led {
  readonly type: Type
  readonly wire: readonly string[]
  /** The last one. */
  readonly field: BoundField | null
  /** May one of the fields be absent? */
  readonly optional: boolean
}

export function follow(type: Type, { names }: Path): Led | null {
  let at: Type = type
  let last: BoundField | null = null
  let optional = false
  const wire: string[] = []
  for (const name of names.slice(1)) {
    if (at.kind !== "record") return null
    const field: BoundField | undefined = at.shape.fields.find(each => each.name === name.text)
    if (field === undefined) return null
    wire.push(wireNameOf(field.node))
    at = within(field.type, at)
    last = field
    optional ||= field.optional && field.default === null
  }
  return { type: at, wire, field: last, optional }
}

/** A record of a contract stands on the wire of the contract's system. */
function within(type: Type, around: Type & { readonly kind: "record" }): Type {
  if (type.kind === "list") return { ...type, of: within(type.of, around) }
  if (type.kind !== "record" || type.shape.isContract) return type
  return { ...type, system: around.system }
}
