// The header of a function: parameters and result. Flows in: the declaration, after all shapes. Flows out: a BoundFunction
// whose value nobody has looked at. Roots of unit paths number the parameters from 0.
import { diagnostic, type FunctionDeclaration, type Place, type TypeNode } from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import { typeFromNode } from "../types/from-node.ts"
import type { Type } from "../types/type.ts"
import type { Declared } from "./collect-names.ts"
import { type HeaderName, headerUnit } from "./header-units.ts"
import { calendarNamed, type Lookup, typeNamed } from "./lookup.ts"
import type { BoundFunction } from "./model.ts"

export function bindFunction(
  declared: Declared<FunctionDeclaration>,
  lookup: Lookup,
  found: Findings,
): BoundFunction {
  const { node, name, file, place } = declared
  const at = placeIn(file)
  const before = found.errors()
  const earlier: HeaderName[] = []
  const typeOf = (type: TypeNode): Type =>
    typeFromNode(type, {
      file,
      report: found.report,
      typeNamed: name => typeNamed(name, lookup),
      calendarNamed: name => calendarNamed(name, lookup),
      unit: (path, kind) => headerUnit(path, kind, earlier, lookup),
    })
  const seen = new Map<string, Place>()
  const parameters = node.parameters.map((parameter, root) => {
    const { text } = parameter.name
    const type = typeOf(parameter.type)
    const first = seen.get(text)
    if (first === undefined) seen.set(text, at(parameter.name))
    else {
      found.report(
        diagnostic("FM2016", { name: text, role: "parameters" }, at(parameter.name), {
          related: [{ place: first, text: "first here" }],
        }),
      )
    }
    // What may be missing gives no unit.
    if (!parameter.optional)
      earlier.push({
        name: text,
        type,
        unit: path => ({ kind: "path", root, rootName: text, path }),
      })
    return { name: text, type, optional: parameter.optional, place: at(parameter.name) }
  })
  const result = typeOf(node.result)
  return {
    kind: "fn",
    node,
    name,
    file,
    place,
    parameters,
    result,
    broken:
      found.errors() > before || parameters.some(p => p.type.kind === "error") || result.kind === "error",
  }
}
