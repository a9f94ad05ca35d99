// What a file calls a declaration. Flows in: a shape, crosswalk or enum and the names of the file. Flows out: the alias it was
// imported with, its own name, or its id where that name alone would not tell it from another.
import type { BoundCalendar, BoundCrosswalk, BoundDeclaration, BoundShape } from "../resolve/model.ts"
import type { EnumType } from "../types/type.ts"
import type { Context } from "./context.ts"

export function nameHere(
  declaration: BoundShape | BoundCrosswalk | BoundCalendar,
  { names }: Pick<Context, "names">,
): string {
  if (declaration.kind === "shape" && declaration.partOf !== undefined)
    return nameHere(declaration.partOf, { names })
  const { name, id } = declaration
  if (names.get(name) === declaration) return name
  for (const [local, named] of names) if (named === declaration) return local
  if (declaration.kind !== "shape") return id
  // A union is called by its field.
  if (declaration.union !== undefined) return name
  return declaration.node.members.length === 0 ? madeUpName(name) : id
}

export const thisRecord = "this record"

/** What a `let` or a call made up is declared nowhere; behind the sign stands the place it was made at, which says nothing to a reader. */
function madeUpName(name: string): string {
  const [shown = name] = name.split("@")
  return shown === "record" ? thisRecord : shown
}

/** `nameHere` at the start of a sentence. */
export function recordHere(shape: BoundShape, names: Pick<Context, "names">): string {
  const name = nameHere(shape, names)
  return name === thisRecord ? "This record" : name
}

/** Null for an enum written in place. Of two of one name the one this file cannot name is told by where it is. */
export function enumHere(type: EnumType, { names }: Pick<Context, "names">): string | null {
  if (type.name === null) return null
  const isMeant = (named: BoundDeclaration | undefined): boolean =>
    named?.kind === "enum" && named.type.members === type.members
  if (isMeant(names.get(type.name))) return type.name
  for (const [local, named] of names) if (isMeant(named)) return local
  return names.has(type.name) ? `${type.name} of another file` : type.name
}
