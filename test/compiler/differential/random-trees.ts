// Random trees: rows that name each other by short texts or numbers, which rarely make a tree and now and then do. Flows in: a
// reading and a list. Flows out: the generator over its nodes, and what may be read of each.
import type { PlanExpression, PlanGenerator } from "../../../compiler/plan/index.ts"
import { here, missing, numeric, whenArm } from "../interpret/plan-builders.ts"
import {
  condition,
  fresh,
  type ListSource,
  noExits,
  numberExpression,
  type Opened,
  type Reading,
  read,
  textExpression,
} from "./random-expressions.ts"

export function openNodes(reading: Reading, list: ListSource): Opened {
  const { draw } = reading
  const id = fresh(reading, "row", list.elementType)
  const { readables, element, inner } = list.open(read(id, list.elementType))
  const inside: Reading = { ...reading, inRow: false, readables: [...reading.readables, ...readables] }
  const safe = noExits(inside)
  const texts = draw.chance(50)
  const value = (): PlanExpression => (texts ? textExpression(safe, 0) : numberExpression(safe, 0))
  const top = value()
  // Most rows are at the top: else hardly any list would be a tree.
  const parent: PlanExpression = {
    kind: "conditional",
    bind: null,
    arms: [whenArm(condition(safe, 0), missing), whenArm(condition(safe, 0), missing)],
    otherwise: draw.chance(60) ? missing : top,
    type: top.type,
    maybe: true,
    at: here,
  }
  const source: PlanExpression = {
    kind: "nesting",
    generators: [{ variable: id, source: list.source, element }],
    where: draw.chance(30) ? condition(safe, 1) : null,
    parent,
    key: value(),
    type: { kind: "list", of: list.elementType },
    maybe: true,
    at: here,
  }
  const again = (of: PlanExpression, row: PlanExpression, maybe = false): PlanExpression => {
    if (of.kind === "field") return { ...of, of: again(of.of, row, maybe), maybe: of.maybe || maybe }
    return of.kind === "variable" && of.variable === id ? row : of
  }
  const rows = { kind: "list", of: list.elementType } as const
  const node = fresh(reading, "node", list.elementType)
  const tree = {
    parent: fresh(reading, "parent", list.elementType, true),
    children: fresh(reading, "children", rows),
    descendants: fresh(reading, "descendants", rows),
    depth: fresh(reading, "depth", numeric(0)),
  }
  const listOf = (variable: number): ListSource => ({
    source: read(variable, rows),
    elementType: list.elementType,
    open: row => ({
      readables: readables.map(of => again(of, row)),
      element: null,
      inner: inner.map(one => ({ ...one, source: again(one.source, row) })),
    }),
  })
  const generator: PlanGenerator = { variable: node, source, element: null, tree }
  const own = readables.map(of => again(of, read(node, list.elementType)))
  const above = readables.map(of => again(of, read(tree.parent, list.elementType, true), true))
  const below = [listOf(tree.children), listOf(tree.descendants)]
  return {
    generators: [generator],
    maybe: true,
    inner: [],
    inside: {
      ...reading,
      readables: [...reading.readables, ...own, ...above, read(tree.depth, numeric(0))],
      lists: [...reading.lists, ...below, ...below],
    },
  }
}
