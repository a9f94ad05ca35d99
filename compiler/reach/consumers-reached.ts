// Whom a change reaches. Flows in: findings, the Plan before and after, whose consumers are asked. Flows out: for each consumer what reaches the fields it selected, by which way, and whether
// it breaks. A field that went is followed over the maps there were.
import type { ChangeFinding } from "../diff/finding.ts"
import type { Plan, PlanConsumer } from "../plan/index.ts"
import { type FieldGraph, type FieldNode, fieldGraph, overlaps } from "./field-graph.ts"
import { startsOf } from "./starts.ts"

export interface ConsumerReach {
  readonly consumer: string
  readonly owner: string | null
  readonly contact: string | null
  /** `file:line:column` */
  readonly at: string
  readonly breaks: boolean
  readonly reached: readonly Reached[]
}

/** One change that comes to a field a consumer selected. */
export interface Reached {
  readonly rule: string
  readonly fingerprint: string
  readonly message: string
  /** As the consumer selected it: `SalesOrder.lines.amount`. */
  readonly field: string
  /** From what changed to the field: `Opportunity.Amount`, `BookOrder`, `SalesOrder.total`. */
  readonly path: readonly string[]
  readonly gives: "value" | "decision"
  readonly breaks: boolean
}

/** `old`: null where only what stands now is known. */
export function consumersReached(
  findings: readonly ChangeFinding[],
  old: Plan | null,
  now: Plan,
): readonly ConsumerReach[] {
  const consumers = now.consumers ?? []
  if (consumers.length === 0) return []
  const sides = (old === null ? [now] : [now, old]).map(plan => ({ plan, graph: fieldGraph(plan) }))
  const arrivals = findings
    .filter(isOfData)
    .flatMap(finding =>
      sides.flatMap(({ plan, graph }) =>
        arrivalsOf(finding, plan, graph).map(arrival => ({ finding, arrival })),
      ),
    )
  const [{ graph: graphNow } = { graph: fieldGraph(now) }] = sides
  return consumers.map(consumer => {
    const selections = selectionsOf(consumer, now, graphNow)
    const reached = new Map<string, Reached>()
    for (const { finding, arrival } of arrivals)
      for (const selection of selections) {
        const key = `${finding.fingerprint} ${selection.label}`
        if (!meets(arrival, selection) || reached.has(key)) continue
        reached.set(key, reachedBy(finding, arrival, selection))
      }
    const all = [...reached.values()]
    return {
      consumer: consumer.name,
      owner: consumer.owner,
      contact: consumer.contact,
      at: `${now.files[consumer.at[0]]?.path ?? ""}:${consumer.at[1]}:${consumer.at[2]}`,
      breaks: all.some(({ breaks }) => breaks),
      reached: all,
    }
  })
}

/** What is proved the same reaches nobody, and neither does what only stops those who send. */
function isOfData({ rule, direction }: ChangeFinding): boolean {
  if (rule === "S001" || rule === "S005") return true
  return direction === "readers" || direction === "both"
}

interface Arrival {
  readonly node: FieldNode
  /** The map that brought it there; null: the contract itself changed. */
  readonly by: string | null
  readonly gives: Reached["gives"]
  readonly path: readonly string[]
}

/** Every field the change comes to, nearest first, each once. */
function arrivalsOf(finding: ChangeFinding, plan: Plan, graph: FieldGraph): readonly Arrival[] {
  const name = nameIn(plan)
  const pending = startsOf(finding, plan, graph).flatMap((start): readonly Arrival[] =>
    start.kind === "contract"
      ? [{ node: start.node, by: null, gives: "value", path: [name(start.node)] }]
      : start.hops.map(({ map, to, gives }) => ({
          node: to,
          by: map,
          gives,
          path: [...(start.from === map ? [] : [start.from]), map, name(to)],
        })),
  )
  const seen = new Set<string>()
  const found: Arrival[] = []
  for (let at = 0; at < pending.length; at++) {
    const arrival = pending[at]
    if (arrival === undefined) break
    const key = JSON.stringify([arrival.node, arrival.by])
    if (seen.has(key)) continue
    seen.add(key)
    found.push(arrival)
    const { by } = arrival
    for (const { to } of by === null ? [] : graph.madeFrom(by, arrival.node))
      pending.push({ ...arrival, node: to, path: [...arrival.path, name(to)] })
    for (const { map, to, gives } of graph.hopsFrom(arrival.node))
      pending.push({
        node: to,
        by: map,
        gives: arrival.gives === "decision" ? "decision" : gives,
        path: [...arrival.path, map, name(to)],
      })
  }
  return found
}

interface Selection {
  readonly label: string
  readonly node: FieldNode
  /** Only what that map makes. */
  readonly of: string | null
  readonly whole: boolean
}

function selectionsOf({ reads }: PlanConsumer, plan: Plan, graph: FieldGraph): readonly Selection[] {
  return reads.flatMap(({ of, fields }): readonly Selection[] => {
    const paths = fields ?? [[]]
    const whole = fields === null
    if (of.kind === "contract") {
      const name = plan.shapes.find(({ id }) => id === of.shape)?.name ?? of.shape
      return paths.map(path => ({
        label: [name, ...path].join("."),
        node: { shape: of.shape, path },
        of: null,
        whole,
      }))
    }
    return graph.targetsOf(of.map).flatMap(({ prefix, shape }) =>
      paths
        .filter(path => overlaps(prefix, path))
        .map(path => ({
          label: [of.map, ...path].join("."),
          node: { shape, path: path.slice(prefix.length) },
          of: of.map,
          whole,
        })),
    )
  })
}

function meets({ node, by }: Arrival, { node: selected, of }: Selection): boolean {
  if (node.shape !== selected.shape || !overlaps(node.path, selected.path)) return false
  return of === null || by === null || by === of
}

function reachedBy(
  { rule, fingerprint, message, severity, direction }: ChangeFinding,
  { gives, path }: Arrival,
  { label, whole }: Selection,
): Reached {
  const isGone = rule === "S005" && !whole
  const breaks =
    rule === "S001"
      ? false
      : isGone ||
        severity === "error" ||
        (rule.startsWith("S") && direction !== "none" && direction !== "writers")
  return { rule, fingerprint, message, field: label, path, gives, breaks }
}

function nameIn(plan: Plan): (node: FieldNode) => string {
  const names = new Map(plan.shapes.map(({ id, name }) => [id, name]))
  return ({ shape, path }) => [names.get(shape) ?? shape, ...path].join(".")
}
