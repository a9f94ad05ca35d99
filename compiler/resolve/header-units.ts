// What `in X` means in the header of a map or crosswalk: a constant, or something declared earlier in the same header.
// Flows in: the path and those names. Flows out: a Unit, or null after a diagnostic.
import { diagnostic, type Path } from "@fmap/grammar"
import { isCurrency } from "@fmap/runtime"
import type { Type, Unit } from "../types/type.ts"
import { closest } from "./closest.ts"
import type { Lookup } from "./lookup.ts"
import { constantUnit, type UnitKind } from "./shape-units.ts"

export interface HeaderName {
  readonly name: string
  readonly type: Type
  /** The unit when the name itself is a currency (or, for units, a text). */
  readonly unit: (path: readonly string[]) => Unit
}

export function headerUnit(
  path: Path,
  kind: UnitKind,
  earlier: readonly HeaderName[],
  lookup: Lookup,
): Unit | null {
  const [first, ...rest] = path.names
  if (first === undefined) return null
  const place = { file: lookup.file, span: path.span }
  const named = earlier.find(each => each.name === first.text)
  if (named === undefined) {
    const constant = rest.length === 0 ? constantUnit(first, kind) : null
    if (constant !== null) return constant
    const upper = first.text.toUpperCase()
    const near =
      isCurrency(upper) && rest.length === 0
        ? upper
        : closest(
            first.text,
            earlier.map(each => each.name),
          )
    const what = kind === "currency" ? "currency of ISO 4217" : "unit"
    lookup.report(
      diagnostic(
        "FM2011",
        { name: first.text, what },
        { file: lookup.file, span: first.span },
        {
          ...(near === null ? {} : { help: `Did you mean ${near}?` }),
        },
      ),
    )
    return null
  }
  const refuse = (problem: string): null => {
    lookup.report(diagnostic("FM6006", { name: path.names.map(n => n.text).join("."), problem }, place))
    return null
  }
  let { type } = named
  for (const name of rest) {
    if (type.kind === "error") return null
    if (type.kind !== "record") return refuse(`"${name.text}" is asked of something that is no record`)
    const field = [...type.shape.fields].find(f => f.name === name.text)
    const derive = type.shape.derives.find(d => d.name === name.text)
    if (field === undefined && derive === undefined) {
      const near = closest(
        name.text,
        [...type.shape.fields, ...type.shape.derives].map(f => f.name),
      )
      const at = { file: lookup.file, span: name.span }
      lookup.report(
        diagnostic("FM2010", { name: name.text, of: type.shape.name }, at, {
          related: [{ place: type.shape.place, text: "declared here" }],
          ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place: at, text: near }] }),
        }),
      )
      return null
    }
    if (field?.optional === true && field.default === null) return refuse(`"${name.text}" may be missing`)
    type = (field ?? derive)?.type ?? { kind: "error" }
  }
  if (type.kind === "error") return null
  const fits = kind === "currency" ? type.kind === "currency" : type.kind === "text" || type.kind === "enum"
  return fits ? named.unit(rest.map(name => name.text)) : refuse(`it is no ${kind}`)
}
