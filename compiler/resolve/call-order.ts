// Which functions and maps call which. Flows in: both, bound, and the names of every file. Flows out: functions and maps so
// that what is called stands first, and those that cannot be written out: on a circle, or larger than the limit.
import { diagnostic, type Name } from "@fmap/grammar"
import type { Findings } from "../project/findings.ts"
import { dependencyOrder } from "./dependency-order.ts"
import type { BoundFunction, BoundMap, BoundProject } from "./model.ts"

type Callable = BoundFunction | BoundMap

/** Calls are written out where they stand, so those inside of what is called count again each time. */
const mostCalls = 1000

export type CallOrder = Pick<BoundProject, "functions" | "callOrder" | "uncallable">

export function callOrder(
  callables: readonly Callable[],
  scopes: BoundProject["scopes"],
  found: Findings,
): CallOrder {
  const calls = new Map(callables.map(callable => [callable, callsOf(callable, scopes)]))
  const callsFrom = (callable: Callable): readonly Call[] => calls.get(callable) ?? []
  const { order, cycles } = dependencyOrder(callables, each => callsFrom(each).map(call => call.callee))
  const uncallable = new Set<Callable>()
  for (const cycle of cycles) {
    for (const callable of cycle) uncallable.add(callable)
    const [first] = cycle
    const last = cycle.at(-1)
    const closing = last === undefined ? undefined : callsFrom(last).find(call => call.callee === first)
    if (first === undefined || last === undefined || closing === undefined) continue
    found.report(
      diagnostic(
        "FM4170",
        { cycle: [...cycle, first].map(each => each.name).join(" -> ") },
        { file: last.file, span: closing.name.span },
        { label: "the circle closes here", help: "Write what both need as a function of its own." },
      ),
    )
  }
  const sizes = new Map<Callable, number>()
  for (const callable of order) {
    const inside = callsFrom(callable)
    // What is called has been reported itself.
    if (inside.some(call => uncallable.has(call.callee))) {
      uncallable.add(callable)
      continue
    }
    const size = inside.reduce((sum, call) => sum + 1 + (sizes.get(call.callee) ?? 0), 0)
    sizes.set(callable, size)
    if (size <= mostCalls) continue
    uncallable.add(callable)
    found.report(
      diagnostic(
        "FM4171",
        { name: callable.name, size: String(size), limit: String(mostCalls) },
        callable.place,
        {
          label: "with the calls inside of what it calls",
          help: "Compute what is called more than once in a `let`, and call it once.",
        },
      ),
    )
  }
  return {
    functions: order.filter(each => each.kind === "fn"),
    callOrder: order.filter(each => each.kind === "map"),
    uncallable,
  }
}

interface Call {
  readonly callee: Callable
  readonly name: Name
}

/** Every call, in the order of writing. */
function callsOf(callable: Callable, scopes: BoundProject["scopes"]): readonly Call[] {
  const names = scopes.get(callable.file)
  const calls: Call[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each)
    if (Array.isArray(node) || typeof node !== "object" || node === null) return
    if ("kind" in node && node.kind === "call" && "callee" in node) {
      const name = node.callee as Name
      const callee = names?.get(name.text)
      if (callee?.kind === "fn" || callee?.kind === "map") calls.push({ callee, name })
    }
    for (const each of Object.values(node)) visit(each)
  }
  visit(callable.kind === "fn" ? callable.node.value : callable.node.statements)
  return calls
}
