// A shape may have only so many fields and levels once the records inside it are written out. Flows in: declarations without
// circles. Flows out: the same, with json for the largest records of those that are too large, and a note at each such place.
import type { ImportedDeclaration, ImportedField } from "../model.ts"
import type { TakeNote } from "./settle-enum.ts"
import { usedNames, withoutNames } from "./used-names.ts"

/** Half of what the language takes (compiler/resolve/shape-order.ts), so that maps have room for what they add. */
const mostLevels = 50
const mostFields = 5_000

interface Size {
  readonly levels: number
  readonly fields: number
}

export function cutLarge(
  declarations: ReadonlyMap<string, ImportedDeclaration>,
  note: TakeNote,
): ReadonlyMap<string, ImportedDeclaration> {
  const sizes = new Map<string, Size>()
  const cut = new Map<string, ImportedDeclaration>()
  const measure = (name: string): void => {
    const declaration = declarations.get(name)
    if (declaration === undefined || declaration.kind === "enum") {
      sizes.set(name, { levels: 0, fields: 0 })
      return
    }
    let fields = declaration.fields
    let size = sizeOf(fields, sizes)
    while (size.levels > mostLevels || size.fields > mostFields) {
      const largest = largestField(fields, sizes, size.levels > mostLevels ? "levels" : "fields")
      if (largest === null) break
      note(
        "widened",
        `${name}.${largest.wireName}`,
        "It is taken as json: with it the shape would be too large. `--only` picks what is wanted.",
      )
      fields = fields.map(field =>
        field === largest ? { ...field, type: withoutNames(field.type), wire: null } : field,
      )
      size = sizeOf(fields, sizes)
    }
    sizes.set(name, size)
    if (fields !== declaration.fields) cut.set(name, { ...declaration, fields })
  }
  for (const root of declarations.keys()) {
    const stack = [root]
    for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
      const inside = sizes.has(name) ? [] : inner(declarations.get(name)).filter(each => !sizes.has(each))
      if (inside.length > 0) stack.push(...inside)
      else {
        if (!sizes.has(name)) measure(name)
        stack.pop()
      }
    }
  }
  return new Map([...declarations].map(([name, declaration]) => [name, cut.get(name) ?? declaration]))
}

function inner(declaration: ImportedDeclaration | undefined): readonly string[] {
  if (declaration === undefined || declaration.kind === "enum") return []
  return declaration.fields.flatMap(field => usedNames(field.type))
}

function sizeOf(fields: readonly ImportedField[], sizes: ReadonlyMap<string, Size>): Size {
  let size = { levels: 1, fields: fields.length }
  for (const field of fields) {
    for (const name of usedNames(field.type)) {
      const inside = sizes.get(name)
      if (inside === undefined) continue
      size = { levels: Math.max(size.levels, 1 + inside.levels), fields: size.fields + inside.fields }
    }
  }
  return size
}

function largestField(
  fields: readonly ImportedField[],
  sizes: ReadonlyMap<string, Size>,
  measure: keyof Size,
): ImportedField | null {
  let best: ImportedField | null = null
  let most = 0
  for (const field of fields) {
    const size = usedNames(field.type).reduce((sum, name) => sum + (sizes.get(name)?.[measure] ?? 0), 0)
    if (size > most) [best, most] = [field, size]
  }
  return best
}
