// The order in which records and contracts can be bound: what a shape holds comes before it. Flows in: declared shapes
// and the names in scope. Flows out: that order, without the shapes on a circle and those that are too large written out,
// which are reported and never bound.
import {
  type ContractDeclaration,
  diagnostic,
  type Name,
  type RecordDeclaration,
  type TypeNode,
} from "@fmap/grammar"
import type { Findings } from "../project/findings.ts"
import type { Declared, Names } from "./collect-names.ts"
import { dependencyOrder } from "./dependency-order.ts"

export type ShapeNode = RecordDeclaration | ContractDeclaration

export function shapeOrder(names: Names, found: Findings): readonly Declared<ShapeNode>[] {
  const shapes = names.declared.filter(isShape)
  const byNode = new Map<unknown, Declared<ShapeNode>>(shapes.map(shape => [shape.node, shape]))
  const needs = new Map(shapes.map(shape => [shape, uses(shape, names, byNode)]))
  const { order, cycles } = dependencyOrder(shapes, shape => (needs.get(shape) ?? []).map(use => use.shape))
  const circular = new Set<Declared<ShapeNode>>()
  for (const cycle of cycles) {
    for (const shape of cycle) circular.add(shape)
    const [first, second = first] = cycle
    const last = cycle.at(-1)
    if (first === undefined || last === undefined) continue
    const closing = needs.get(last)?.find(use => use.shape === first)
    const opening = needs.get(first)?.find(use => use.shape === second)
    found.report(
      diagnostic(
        "FM6015",
        { cycle: [...cycle, first].map(shape => shape.name).join(" -> ") },
        { file: last.file, span: closing?.name.span ?? last.place.span },
        {
          label: "the circle closes here",
          related:
            opening === undefined || opening === closing
              ? []
              : [{ place: { file: first.file, span: opening.name.span }, text: "it starts here" }],
          help: "Cut it with json at one of these places.",
        },
      ),
    )
  }
  const bound = order.filter(shape => !circular.has(shape))
  const large = tooLarge(bound, shape => needs.get(shape) ?? [], found)
  return bound.filter(shape => !large.has(shape))
}

/** Every later phase walks a shape as it stands in a payload, records inside records written out, by plain recursion. */
const mostLevels = 100
const mostFields = 10_000

/** `order`: what a shape holds comes before it. Only the innermost shape that is too large is reported. */
function tooLarge(
  order: readonly Declared<ShapeNode>[],
  needs: (shape: Declared<ShapeNode>) => readonly Use[],
  found: Findings,
): ReadonlySet<Declared<ShapeNode>> {
  const large = new Set<Declared<ShapeNode>>()
  const sizes = new Map<Declared<ShapeNode>, { readonly levels: number; readonly fields: number }>()
  for (const shape of order) {
    const inside = needs(shape)
    if (inside.some(use => large.has(use.shape))) {
      large.add(shape)
      continue
    }
    let [levels, fields] = [1, shape.node.members.length]
    for (const use of inside) {
      const size = sizes.get(use.shape)
      levels = Math.max(levels, 1 + (size?.levels ?? 0))
      fields += size?.fields ?? 0
    }
    sizes.set(shape, { levels, fields })
    if (levels <= mostLevels && fields <= mostFields) continue
    large.add(shape)
    const size = levels > mostLevels ? `${levels} levels` : `${fields} fields`
    const limit = String(levels > mostLevels ? mostLevels : mostFields)
    found.report(
      diagnostic("FM6018", { name: shape.name, size, limit }, shape.place, {
        label: "with the records inside it written out",
        help: "Take what the maps do not need as json, or leave it out.",
      }),
    )
  }
  return large
}

export function isShape(declared: Declared): declared is Declared<ShapeNode> {
  return declared.node.kind === "record" || declared.node.kind === "contract"
}

interface Use {
  readonly shape: Declared<ShapeNode>
  readonly name: Name
}

function uses(
  shape: Declared<ShapeNode>,
  names: Names,
  byNode: ReadonlyMap<unknown, Declared<ShapeNode>>,
): readonly Use[] {
  const scope = names.scopes.get(shape.file)
  return shape.node.members.flatMap(member => {
    const names = member.kind === "field" || member.kind === "derive" ? innermostNames(member.type) : []
    return names.flatMap(name => {
      const used = byNode.get(scope?.get(name.text)?.node)
      return used === undefined ? [] : [{ shape: used, name }]
    })
  })
}

function innermostNames(type: TypeNode): readonly Name[] {
  let node = type
  while (node.kind === "listType" || node.kind === "dictionaryType")
    node = node.kind === "listType" ? node.element : node.value
  if (node.kind === "unionType") return node.members.map(member => member.name)
  return node.kind === "namedType" ? [node.name] : []
}
