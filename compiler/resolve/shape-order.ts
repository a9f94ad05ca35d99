// The order in which records and contracts can be bound: what a shape holds comes before it. Flows in: declared shapes
// and the names in scope. Flows out: that order, and the shapes on a circle, which are reported and never bound.
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
  return order.filter(shape => !circular.has(shape))
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
    const name = member.kind === "field" || member.kind === "derive" ? innermostName(member.type) : null
    const used = name === null ? undefined : byNode.get(scope?.get(name.text)?.node)
    return name === null || used === undefined ? [] : [{ shape: used, name }]
  })
}

function innermostName(type: TypeNode): Name | null {
  let node = type
  while (node.kind === "listType" || node.kind === "dictionaryType")
    node = node.kind === "listType" ? node.element : node.value
  return node.kind === "namedType" ? node.name : null
}
