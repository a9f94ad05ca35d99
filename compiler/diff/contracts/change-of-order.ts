// S025: columns in another order. Flows in: both versions of a contract with their Plans. Flows out: a change where the records travel as CSV, since only there a place says which field a value is: without a header it breaks,
// with one it is told. An order that nobody can notice is not told.
import type { Plan, PlanShape } from "../../plan/index.ts"
import type { Breaks, ShapeChange } from "../schema/shape-change.ts"

export function changeOfOrder(
  old: PlanShape,
  now: PlanShape,
  plans: { readonly old: Plan; readonly now: Plan },
): readonly ShapeChange[] {
  const transport = now.contract?.transport
  if (transport?.kind !== "csv" || old.contract?.transport?.kind !== "csv") return []
  const [was, is] = [columnsOf(old, plans.old, new Set()), columnsOf(now, plans.now, new Set())]
  // What came or went is told by other rules; here counts only how those that stayed stand to one another.
  const stayed = new Set(was.filter(column => is.includes(column)))
  const [before, after] = [was, is].map(columns => columns.filter(column => stayed.has(column)))
  if (before === undefined || after === undefined || before.join("\n") === after.join("\n")) return []
  const byPosition = !transport.header
  const breaks: Breaks = { backward: byPosition, forward: byPosition }
  const message = byPosition
    ? "The columns stand in another order, and there is no header that would say which is which."
    : "The columns stand in another order; the header still says which is which."
  return [{ rule: "S025", old: before.join(", "), new: after.join(", "), message, breaks, path: [] }]
}

/** In their order, those of records within too. */
function columnsOf(shape: PlanShape, plan: Plan, open: ReadonlySet<string>): readonly string[] {
  if (open.has(shape.id)) return []
  const within = new Set([...open, shape.id])
  return shape.fields.flatMap(({ wireName, type }) => {
    const of = type.kind === "list" || type.kind === "dictionary" ? type.of : type
    const inner = of.kind === "record" ? plan.shapes.find(({ id }) => id === of.shape) : undefined
    return inner === undefined
      ? [wireName]
      : columnsOf(inner, plan, within).map(column => `${wireName}.${column}`)
  })
}
