// Controls: two sides compared, once or for each group of rows. Flows in: a control step. Flows out: statements. Fast: one that does not
// hold gives the record up. Slow: what was compared goes into the issue.
import type { PlanStep } from "../../plan/index.ts"
import { compared } from "./conditions.ts"
import { evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  scaleOf,
  type ValueOperand,
  valueOf,
  widened,
} from "./flow.ts"
import {
  array,
  binary,
  cast,
  constant,
  index,
  invoke,
  list,
  member,
  name,
  named,
  not,
  nothing,
  number,
  object,
  run,
  string,
  when,
} from "./javascript/build.ts"
import type { Js, JsMember } from "./javascript/nodes.ts"
import { loops } from "./rows.ts"
import { isNear, unlessPoison } from "./steps.ts"
import { messageOf, textOf } from "./text.ts"

type Control = Extract<PlanStep, { kind: "control" }>
type Groups = NonNullable<Control["groups"]>
/** What the issue says of a comparison (slow only). */
type Tell = (inner: Flow, figures: readonly JsMember[]) => void

export function control(flow: Flow, step: Control, exitFlow: Flow): void {
  unlessPoison(flow, "controlStep", step.at, inner => {
    if (step.when === null) {
      compareAll(inner, step, exitFlow)
      return
    }
    const wanted = evaluateValue(inner, step.when, "wanted")
    if (wanted !== null)
      emit(
        inner,
        when(
          wanted.js,
          branch(inner, deeper => compareAll(deeper, step, exitFlow)),
        ),
      )
  })
}

function compareAll(flow: Flow, step: Control, exitFlow: Flow): void {
  const { groups } = step
  if (groups === null) {
    compare(flow, step, (inner, figures) => leave(inner, step, exitFlow, array([object(figures, false)])))
    return
  }
  const keys = combinationsOf(flow, groups)
  const failed = flow.names.fresh("failed")
  if (flow.mode === "slow") emit(flow, constant(failed, flow.module.call("noFigures"), step.at))
  const each = flow.names.fresh("group")
  const body = branch(flow, inner => {
    groups.keys.forEach(({ variable, type, name: key }, i) => {
      const id = inner.names.fresh(key)
      emit(inner, constant(id, cast(index(name(keys[i] ?? ""), name(each)), insideType(inner, type))))
      inner.variables.set(variable, valueOf(name(id), type))
    })
    compare(inner, step, (deeper, figures) => {
      const group = groups.keys.map(({ name: key, variable, type, masked }): Js => {
        const value = deeper.variables.get(variable)
        const text = masked || value?.kind !== "value" ? string("•••") : textOf(deeper, { ...value, type })
        return object(
          [
            { key: "key", value: string(key), at: null },
            { key: "value", value: text, at: null },
          ],
          false,
        )
      })
      const all = [{ key: "group", value: array(group), at: null }, ...figures]
      emit(deeper, run(invoke(name(failed), "push", object(all, false))))
    })
  })
  const limit = member(name(keys[0] ?? ""), "length")
  emit(flow, { kind: "loop", label: null, index: each, limit, body, at: step.at })
  if (flow.mode === "fast") return
  const some = binary(">", member(name(failed), "length"), number(0))
  emit(
    flow,
    when(
      some,
      branch(flow, inner => leave(inner, step, exitFlow, name(failed))),
    ),
  )
}

/** One array for each key: what stands at one place of all is one combination, in order of first appearance. */
function combinationsOf(flow: Flow, { keys, rows }: Groups): readonly string[] {
  const known = flow.names.fresh("known")
  const arrays = keys.map(key => flow.names.fresh(`${key.name}Keys`))
  keys.forEach((key, i) => {
    emit(flow, constant(arrays[i] ?? "", array([]), null, list(insideType(flow, key.type), false)))
  })
  emit(
    flow,
    constant(known, flow.module.call("groupIndex"), null, {
      kind: "named",
      name: "Map",
      arguments: [named("string"), named("boolean")],
    }),
  )
  for (const { generators, where, keys: values } of rows) {
    const state = loops(flow, generators, where, (row, mark, label) => {
      // A row whose key is not known makes the groups unknown; the other rows are read all the same.
      const failing: Flow =
        row.mode === "fast" ? row : { ...row, poison: () => [...mark(), { kind: "continue", label }] }
      const found = values.map((value, i) => {
        const key = evaluateValue(failing, value, keys[i]?.name)
        return key === null ? null : { ...key, js: atom(row, key.js, keys[i]?.name ?? "key") }
      })
      if (found.some(key => key === null)) return
      const [first = nothing, ...others] = found.map(key => key?.js ?? nothing)
      // The first alone is a key of another kind than several: always in one text.
      const id = atom(
        row,
        [...others, string("")].reduce<Js>((left, key) => row.module.call("keyPair", left, key), first),
        "groupKey",
      )
      emit(
        row,
        when(not(invoke(name(known), "has", id)), [
          run(invoke(name(known), "set", id, { kind: "word", word: "true" })),
          ...found.map((key, i) => run(invoke(name(arrays[i] ?? ""), "push", key?.js ?? nothing))),
        ]),
      )
    })
    if (state.poisoned !== null) emit(flow, when(state.poisoned, flow.poison()))
  }
  return arrays
}

function compare(flow: Flow, step: Control, tell: Tell): void {
  const left = evaluateValue(flow, step.left, "left")
  const right = evaluateValue(flow, step.right, "right")
  if (left === null || right === null) return
  if (step.within === null) {
    refuse(flow, step, compared(flow, step.operator, left, right), left, right, null, tell)
    return
  }
  const near = isNear(flow, step.within, left, right)
  if (near === null) return
  const holds = step.operator === "==" ? near.holds : not(near.holds)
  refuse(flow, step, holds, left, right, near.tolerance, tell)
}

function refuse(
  flow: Flow,
  step: Control,
  holds: Js,
  left: ValueOperand,
  right: ValueOperand,
  tolerance: ValueOperand | null,
  tell: Tell,
): void {
  const failing = branch(flow, inner => {
    if (inner.mode === "fast") emit(inner, giveUp)
    else tell(inner, step.masked ? [] : figuresOf(inner, left, right, tolerance))
  })
  emit(flow, when(not(holds), failing, [], step.at))
}

function figuresOf(
  flow: Flow,
  left: ValueOperand,
  right: ValueOperand,
  tolerance: ValueOperand | null,
): readonly JsMember[] {
  const figures: JsMember[] = [
    { key: "left", value: textOf(flow, left), at: null },
    { key: "right", value: textOf(flow, right), at: null },
  ]
  if (left.type.kind !== "number" || right.type.kind !== "number") return figures
  const scale = Math.max(scaleOf(left.type), scaleOf(right.type))
  const difference = binary("-", widened(flow, left, scale).js, widened(flow, right, scale).js)
  figures.push({
    key: "difference",
    value: flow.module.call("formatScaled", difference, number(scale)),
    at: null,
  })
  if (tolerance === null) return figures
  const limit = flow.module.call("formatShortest", tolerance.js, number(scaleOf(tolerance.type)))
  return [...figures, { key: "tolerance", value: limit, at: null }]
}

/** The issue, at the place of the control (slow only). */
function leave(flow: Flow, step: Control, exitFlow: Flow, failed: Js): void {
  if (flow.mode === "fast") return
  const { root, pointer } = exitFlow.place
  const placed: Flow = { ...flow, place: exitFlow.place }
  emit(
    flow,
    run(
      flow.module.call(
        "controlFailed",
        name("report"),
        string(step.exit.verb),
        string(step.exit.code),
        string(root),
        pointer,
        step.exit.message === null ? nothing : messageOf(placed, step.exit),
        flow.module.position(step.at),
        string(step.title),
        string(step.operator),
        failed,
      ),
      step.at,
    ),
  )
}
