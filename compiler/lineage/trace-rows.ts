// The lineage of lists: which rows there are, in what order, and what stands in them. Flows in: generators, lists, aggregates. Flows
// out: rows with what decided them. A row that a later expression drops counts as filtered.
import type { PlanExpression, PlanGenerator, PlanJoin } from "../plan/index.ts"
import { bindingStops } from "./contract-rules.ts"
import { decidingEdges, type Edge, joinEdges, throughEdges } from "./edge.ts"
import {
  decidedBy,
  edgesOf,
  eitherOf,
  nothing,
  type Provenance,
  rowEdges,
  rowOf,
  valueOf,
} from "./provenance.ts"
import { trace } from "./trace-expression.ts"
import { atPath, decided, type Tracing } from "./tracing.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

/** Binds the rows; gives what decides which there are. */
export function traceGenerators(
  generators: readonly PlanGenerator[],
  where: PlanExpression | null,
  tracing: Tracing,
): readonly Edge[] {
  const edges: Edge[] = []
  for (const { variable, source, element, rows: ofGroup, join, tree } of generators) {
    const rows = trace(source, decided(tracing, edges))
    const row = rowOf(rows)
    tracing.variables.set(variable, row)
    if (ofGroup !== undefined && source.kind === "grouping")
      tracing.variables.set(ofGroup, rowsOfGroup(source, rowEdges(rows), tracing))
    edges.push(...rowEdges(rows))
    if (tree !== undefined) {
      const placed = rowEdges(rows)
      const below: Provenance = { kind: "list", edges: placed, of: row }
      tracing.variables.set(tree.parent, decidedBy(placed, row))
      tracing.variables.set(tree.children, below)
      tracing.variables.set(tree.descendants, below)
      tracing.variables.set(tree.depth, valueOf(placed.map(edge => ({ ...edge, manners: ["position"] }))))
    }
    if (element !== null) bindingStops(element, row, tracing)
    if (join !== undefined) {
      const keys = traceJoin(join, decided(tracing, edges))
      tracing.variables.set(variable, decidedBy(keys, row))
      // Only a row that may be missing, and of which one is taken, says nothing of which rows there are.
      if (join.matches !== "optional" || typeof join.conflict !== "string") edges.push(...keys)
    }
  }
  if (where !== null) edges.push(...decidingEdges(edgesOf(trace(where, tracing)), "filter"))
  return joinEdges(edges)
}

export function traceEach(node: Of<"each">, tracing: Tracing): Provenance {
  const rows = traceGenerators(node.generators, node.where, tracing)
  const sorted = node.sort.flatMap(({ key }) => decidingEdges(edgesOf(trace(key, tracing)), "sort"))
  const structure = joinEdges([...rows, ...sorted])
  if (node.position !== null) {
    tracing.variables.set(node.position, valueOf(structure.map(edge => ({ ...edge, manners: ["position"] }))))
  }
  traceCarries(node, structure, tracing)
  const skips: Edge[] = []
  const of = trace(node.body, { ...atPath(decided(tracing, structure), "[]"), skips })
  const dropped = skips.map((edge): Edge => ({ ...edge, manners: ["filter"] }))
  return { kind: "list", edges: joinEdges([...structure, ...dropped]), of }
}

/** What finds the joined row, and the ways out where none or several are found. */
function traceJoin({ keys, conflict, otherwise }: PlanJoin, tracing: Tracing): readonly Edge[] {
  const edges = keys.flatMap(({ outer, inner }) =>
    [outer, inner].flatMap(side => decidingEdges(edgesOf(trace(side, tracing)), "key")),
  )
  const inside = decided(tracing, joinEdges(edges))
  for (const exit of [conflict, otherwise])
    if (exit !== null && typeof exit !== "string") trace(exit, atPath(inside, "[]"))
  return joinEdges(edges)
}

/** Groups, as records of their keys: the keys decide which row belongs where. */
export function traceGrouping(node: Of<"grouping">, tracing: Tracing): Provenance {
  const rows = traceGenerators(node.generators, node.where, tracing)
  const inside = decided(tracing, rows)
  const keys = node.keys.map(({ field, value }) => ({ field, at: value.at, of: trace(value, inside) }))
  const placed = keys.flatMap(key => decidingEdges(edgesOf(key.of), "key"))
  return {
    kind: "list",
    edges: joinEdges([...rows, ...placed]),
    of: {
      kind: "record",
      members: new Map(keys.map(key => [key.field, key.of])),
      places: new Map(keys.map(key => [key.field, key.at])),
    },
  }
}

/** The rows of a tree: the keys decide which stands where. */
export function traceNesting(node: Of<"nesting">, tracing: Tracing): Provenance {
  const rows = traceGenerators(node.generators, node.where, tracing)
  const inside = decided(tracing, rows)
  const placed = [node.parent, node.key].flatMap(key => decidingEdges(edgesOf(trace(key, inside)), "key"))
  const [generator] = node.generators
  const of = generator === undefined ? undefined : tracing.variables.get(generator.variable)
  return { kind: "list", edges: joinEdges([...rows, ...placed]), of: of ?? nothing }
}

/** The rows of a group, once its generators are bound. */
function rowsOfGroup(node: Of<"grouping">, edges: readonly Edge[], tracing: Tracing): Provenance {
  const rows = node.generators.map(({ variable }) => tracing.variables.get(variable) ?? nothing)
  const members = node.members?.map((name, i) => [name, rows[i] ?? nothing] as const)
  const of: Provenance =
    members === undefined
      ? (rows[0] ?? nothing)
      : {
          kind: "record",
          members: new Map(members),
          places: new Map(members.map(([name]) => [name, node.at])),
        }
  return { kind: "list", edges, of }
}

/** What rows leave to the next ones: as many rounds as there are, since each may be made of the others. */
function traceCarries({ body, carries = [] }: Of<"each">, order: readonly Edge[], tracing: Tracing): void {
  for (const { variable, start } of carries)
    tracing.variables.set(variable, start === null ? nothing : trace(start, tracing))
  for (const _ of carries) {
    const aside: Tracing = { ...atPath(tracing, "[]"), stops: [], skips: [] }
    trace(body, aside)
    const left = carries.map(({ value }) => decidedBy(order, valueOf(edgesOf(trace(value, aside)))))
    carries.forEach(({ variable }, i) => {
      tracing.variables.set(variable, left[i] ?? nothing)
    })
  }
}

export function traceList(node: Of<"list">, tracing: Tracing): Provenance {
  const edges: Edge[] = []
  const options: Provenance[] = []
  for (const { when, value, spread } of node.elements) {
    const wanted = when === null ? [] : decidingEdges(edgesOf(trace(when, tracing)), "filter")
    const inside = decided(tracing, wanted)
    // A list inside a list numbers its rows itself.
    const element = trace(value, spread ? inside : atPath(inside, "[]"))
    edges.push(...wanted)
    if (spread) edges.push(...rowEdges(element))
    options.push(spread ? rowOf(element) : element)
  }
  return { kind: "list", edges: joinEdges(edges), of: eitherOf(options) }
}

export function traceAggregate(node: Of<"aggregate">, tracing: Tracing): Provenance {
  const found = traceGenerators(node.generators, node.where, tracing)
  const rows = isOrdered(node.operation) ? found : unordered(found)
  if (node.value === null) return valueOf(rows.map(counted))
  const value = trace(node.value, decided(tracing, rows))
  switch (node.operation) {
    case "first":
    case "last":
      return decidedBy(rows, value)
    case "distinct":
      return {
        kind: "list",
        edges: joinEdges([...rows, ...decidingEdges(edgesOf(value), "filter")]),
        of: value,
      }
    case "sum":
    case "count":
    case "min":
    case "max":
    case "average":
    case "any":
    case "all":
      return valueOf(joinEdges([...throughEdges(edgesOf(value), "aggregated"), ...rows]))
  }
}

function isOrdered(operation: Of<"aggregate">["operation"]): boolean {
  return operation === "first" || operation === "last" || operation === "distinct"
}

/** The order of rows has no say in their sum. */
function unordered(edges: readonly Edge[]): readonly Edge[] {
  return edges
    .map(edge => ({ ...edge, manners: edge.manners.filter(manner => manner !== "sort") }))
    .filter(edge => edge.manners.length > 0)
}

function counted(edge: Edge): Edge {
  return edge.manners.includes("rows") ? { ...edge, role: "value", manners: ["counted"] } : edge
}
