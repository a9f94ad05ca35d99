// Random groups: the rows of a list put together by one or two keys, then walked like any list. Flows in: a reading and a list.
// Flows out: the generator over the groups, and what may be read inside: the keys, and the rows as a list.
import type { PlanExpression, PlanGenerator } from "../../../compiler/plan/index.ts"
import { here, recordOf, text } from "../interpret/plan-builders.ts"
import {
  candidates,
  condition,
  dateExpression,
  fresh,
  type ListSource,
  noExits,
  numberExpression,
  type Opened,
  openList,
  type Reading,
  read,
  textExpression,
} from "./random-expressions.ts"

export function openGroups(reading: Reading, list: ListSource): Opened {
  const { draw } = reading
  const opened = openList({ ...reading, inRow: false }, list, false)
  const safe = noExits(opened.inside)
  const keys = Array.from({ length: draw.int(1, 3) }, (_, i) => ({ field: `key${i}`, value: keyOf(safe) }))
  const binders = opened.generators.map(generator => generator.variable)
  const members = binders.length === 1 ? null : binders.map((_, i) => `part${i}`)
  const elementType = members === null ? list.elementType : recordOf("Parts")
  const keysType = recordOf("Keys")
  const source: PlanExpression = {
    kind: "grouping",
    generators: opened.generators,
    where: draw.chance(30) ? condition(safe, 1) : null,
    keys,
    members,
    type: { kind: "list", of: keysType },
    maybe: opened.maybe,
    at: here,
  }
  const variable = fresh(reading, "group", keysType)
  const rows = fresh(reading, "groupRows", { kind: "list", of: elementType })
  const generator: PlanGenerator = { variable, source, element: null, rows }
  const own = opened.inside.readables.filter(one => !reading.readables.includes(one))
  const inner = opened.inner
  const group: ListSource = {
    source: read(rows, { kind: "list", of: elementType }),
    elementType,
    open: row => {
      const again = (of: PlanExpression): PlanExpression => inRow(of, row, binders, members)
      return {
        readables: own.map(again),
        element: null,
        inner: inner.map(one => ({ ...one, source: again(one.source) })),
      }
    },
  }
  const keyed = keys.map(
    ({ field, value }): PlanExpression => ({
      kind: "field",
      of: read(variable, keysType),
      field,
      narrowed: false,
      type: value.type,
      maybe: false,
      at: here,
    }),
  )
  return {
    generators: [generator],
    maybe: opened.maybe,
    inner: [],
    inside: {
      ...reading,
      readables: [...reading.readables, ...keyed],
      // Twice: the rows of a group are what a group is for.
      lists: [...reading.lists, group, group],
    },
  }
}

function keyOf(reading: Reading): PlanExpression {
  const { draw } = reading
  const flags = candidates(reading, "bool")
  return draw.pick([
    () => textExpression(reading, 0),
    () => textExpression(reading, 0),
    () => numberExpression(reading, 1),
    () => dateExpression(reading, 0),
    () =>
      flags.length > 0
        ? draw.pick(flags)
        : { kind: "literal" as const, value: "k", type: text, maybe: false, at: here },
  ])()
}

/** The same, read of a row of the group. */
function inRow(
  of: PlanExpression,
  row: PlanExpression,
  binders: readonly number[],
  members: readonly string[] | null,
): PlanExpression {
  if (of.kind === "field") return { ...of, of: inRow(of.of, row, binders, members) }
  const at = of.kind === "variable" ? binders.indexOf(of.variable) : -1
  if (at === -1) return of
  const member = members?.[at]
  if (member === undefined) return row
  return { kind: "field", of: row, field: member, narrowed: false, type: of.type, maybe: false, at: here }
}
