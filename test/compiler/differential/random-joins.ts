// Random joins: rows of a further list found by equal texts or numbers. Flows in: generators already open. Flows out: the same with a
// join after them, or as they were where nothing can be compared.
import type { PlanExpression, PlanGenerator, PlanJoin } from "../../../compiler/plan/index.ts"
import {
  exitOf,
  fresh,
  noExits,
  numberExpression,
  type Opened,
  ofKind,
  type Reading,
  read,
  total,
} from "./random-expressions.ts"

export function withJoin(opened: Opened, reading: Reading, inRow: boolean): Opened {
  const { draw } = reading
  const lists = reading.lists.filter(list => !list.source.maybe)
  if (lists.length === 0) return opened
  const list = draw.pick(lists)
  const matches = draw.pick(["one", "optional", "many"] as const)
  const missing = matches === "optional"
  const id = fresh(reading, "found", list.elementType, missing)
  const { readables, element } = list.open(read(id, list.elementType, missing))
  const inner = list.open(read(id, list.elementType))
  const own = inner.readables.filter(one => one.type.kind === "text" || one.type.kind === "number")
  if (own.length === 0) return opened
  const outside = noExits(opened.inside)
  const nothingElse: Reading = { ...noExits(reading), readables: [], lists: [] }
  const keys: PlanJoin["keys"] = Array.from({ length: draw.int(1, 2) }, () => {
    const of = total(nothingElse, draw.pick(own))
    const outer = of.type.kind === "number" ? numberExpression(outside, 1) : ofKind(outside, of.type.kind, 0)
    return { outer, inner: of }
  })
  const leaves = inRow && reading.exits
  const exit = (): PlanExpression | null =>
    leaves && draw.chance(50) ? exitOf({ ...outside, exits: true, inRow: true }) : null
  const join: PlanJoin = {
    keys,
    matches,
    conflict: matches === "many" ? null : draw.chance(60) ? draw.pick(["first", "last"] as const) : exit(),
    otherwise: matches === "optional" ? null : exit(),
  }
  // The list is opened twice: what the keys read and what the row offers are both decoded.
  const reads = [...(element?.reads ?? []), ...(inner.element?.reads ?? [])]
  const fields = new Set<string>()
  const binding =
    element === null
      ? null
      : { ...element, reads: reads.filter(one => !fields.has(one.field) && fields.add(one.field)) }
  const generator: PlanGenerator = { variable: id, source: list.source, element: binding, join }
  const fails =
    (matches === "one" && join.otherwise === null) ||
    (matches !== "many" && join.conflict === null && join.otherwise === null)
  return {
    ...opened,
    generators: [...opened.generators, generator],
    maybe: opened.maybe || fails,
    inside: {
      ...opened.inside,
      readables: [
        ...opened.inside.readables,
        ...readables.map(one => (missing ? ({ ...one, maybe: true } as PlanExpression) : one)),
      ],
    },
  }
}
