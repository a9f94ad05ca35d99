// A step as comparable parts. Flows in: a step and its side. Flows out: a text for each thing that may change of it, in names that both sides share; two steps whose texts are all equal
// do the same.
import { readsOf } from "../../check/flows/order.ts"
import type { Form } from "../maps/form.ts"
import { conditionOf, type FlowSide, type FlowStep } from "./flow-side.ts"

type Call = Extract<FlowStep, { readonly kind: "map" }>["call"]
export type What = { readonly call: Call } | { readonly binder: string }
type Exit = NonNullable<Extract<FlowStep, { readonly kind: "read" }>["otherwise"]>
export type Effect = Extract<FlowStep, { readonly kind: "send" }>["effect"]

/** Part by name; `what` and `arguments` of a call, `place`, `verb`, `key` … */
export type StepParts = Readonly<Record<string, unknown>>

export function stepParts(step: FlowStep, side: FlowSide, waits: WaitsFor): StepParts {
  return {
    kind: step.kind,
    conditions: step.conditions.map(condition => conditionOf(condition, side).id).toSorted((a, b) => a - b),
    each: step.each === null ? null : [shared(step.each.of, side), step.each.path],
    waits: [...waits(step.name).said].map(name => shared(name, side)).toSorted(),
    ...bodyParts(step, side),
  }
}

function bodyParts(step: FlowStep, side: FlowSide): StepParts {
  switch (step.kind) {
    case "read":
      return {
        place: placeOf(step.from),
        many: step.many,
        by: step.by.map(({ field, value }) => `${field} ${side.asked(value).id}`).toSorted(),
        otherwise: exitOf(step.otherwise),
      }
    case "map":
      return callParts(step.call, side)
    case "send":
      return {
        ...whatParts(step, side),
        place: placeOf(step.to),
        verb: step.verb,
        key: step.key,
        ...effectParts(step.effect),
        compensate: step.compensate === null ? null : { ...callParts(step.compensate, side), version: null },
        links: linksOf(step, side),
      }
    case "load":
      return {
        ...whatParts(step, side),
        place: placeOf(step.to),
        mode: modeOf(step),
        ...effectParts(step.effect),
      }
    case "reconcile":
      return { place: shared(step.load, side), otherwise: exitOf(step.otherwise) }
    case "control":
      return {
        place: step.title,
        holds: controlText(side.asked(step.holds)),
        otherwise: exitOf(step.otherwise),
      }
    case "publish":
      return { ...whatParts(step, side), place: eventOf(step.event, step.version) }
    case "answer":
      return { ...whatParts(step, side), place: "answer" }
  }
}

/** Written for others: to the same system and contract, or the event of one major version. */
export function placeOf({
  system,
  contract,
}: {
  readonly system: string
  readonly contract: string
}): string {
  return `${system}.${contract}`
}

/** Readers wait for an event of one major version. */
export function eventOf(event: string, version: string): string {
  return `${event} ${version.split(".")[0] ?? ""}`
}

export function shared(name: string, { names }: FlowSide): string {
  return names.get(name) ?? name
}

export function exitOf(exit: Exit | null | undefined): string | null {
  return exit === null || exit === undefined ? null : `${exit.verb} ${exit.code ?? ""}`.trim()
}

export function modeOf({ mode }: Extract<FlowStep, { readonly kind: "load" }>): string {
  return mode.kind === "add" ? "add" : `replace over ${mode.over.toSorted().join(", ")}`
}

/** What becomes of a refusal, by the target's code; null: of every other. The first rule that fits counts. */
export function waysOf({ refused }: Effect): ReadonlyMap<string | null, string | null> {
  const found = new Map<string | null, string | null>()
  for (const { code, then } of refused) {
    if (found.has(null)) break
    if (!found.has(code)) found.set(code, exitOf(then))
  }
  return found
}

function effectParts(effect: Effect): StepParts {
  const { retry, timeoutMs, limit, inDoubt } = effect
  return {
    retry,
    timeoutMs,
    limit,
    refused: [...waysOf(effect)].map(way => JSON.stringify(way)).toSorted(),
    inDoubt: exitOf(inDoubt),
  }
}

export function linksOf(
  { links }: Extract<FlowStep, { readonly kind: "send" }>,
  side: FlowSide,
): readonly string[] {
  return links
    .map(({ crosswalk, keys, value }) =>
      JSON.stringify([crosswalk, keys.map(key => side.asked(key).id), side.asked(value).id]),
    )
    .toSorted()
}

/** What a binder holds, or which map makes it. Its version is told by itself. */
function whatParts(step: FlowStep & { readonly what: What }, side: FlowSide): StepParts {
  const what = madeBy(step, side)
  return "binder" in what
    ? { what: `as ${shared(what.binder, side)}`, given: [] }
    : callParts(what.call, side)
}

/** A map that is called in a step of its own, in the same cases, is called all the same. */
export function madeBy(step: FlowStep & { readonly what: What }, { flow }: FlowSide): What {
  const { what } = step
  if (!("binder" in what)) return what
  const maker = flow.steps.find(({ name }) => name === what.binder)
  const cases = ({ conditions, each }: FlowStep): string => JSON.stringify([conditions, each])
  return maker?.kind === "map" && cases(maker) === cases(step) ? { call: maker.call } : what
}

/** A call in a step of its own that nothing reads but steps that write what it makes. */
export function isWrittenOut(step: FlowStep, side: FlowSide): boolean {
  if (step.kind !== "map") return false
  const reading = side.flow.steps.map(other => {
    if (other === step) return null
    const isWritten = "what" in other && "binder" in other.what && "call" in madeBy(other, side)
    return isWritten ? { ...other, what: null } : other
  })
  return !readsOf([reading, side.flow.slos]).has(step.name)
}

/** Sides of an equation may stand either way round. */
export function controlText(asked: Form): string {
  return JSON.stringify(
    asked.parts.map(({ op, detail, parts, id }) => {
      if (op !== "control") return id
      const [left, right, ...rest] = parts.map(part => part.id)
      const sides = [left ?? 0, right ?? 0]
      const turns = (detail[1] === "==" || detail[1] === "!=") && detail[4] !== "relative"
      return [detail, turns ? sides.toSorted((a, b) => a - b) : sides, rest]
    }),
  )
}

function callParts(call: Call, side: FlowSide): StepParts {
  return {
    what: `${side.mapName(call.map)}${call.set ? " over rows" : ""}`,
    given: [...givenTo(call, side)].map(([name, value]) => `${name} ${value}`).toSorted(),
    version: call.version,
  }
}

/** By argument: the name both sides share of a whole record, or what the value means. */
export function givenTo(call: Call, side: FlowSide): ReadonlyMap<string, string> {
  return new Map(
    call.arguments.map(argument => [
      argument.name,
      "binder" in argument ? shared(argument.binder, side) : `value ${side.asked(argument.value).id}`,
    ]),
  )
}

/** The effects a step waits for. */
export interface Waits {
  /** Through whatever is between them. */
  readonly all: ReadonlySet<string>
  /** Because its author says `after`, and not for a value. */
  readonly said: ReadonlySet<string>
}
export type WaitsFor = (step: string) => Waits

export function waitingIn({ flow }: FlowSide): WaitsFor {
  const steps = new Map(flow.steps.map(step => [step.name, step]))
  const known = new Map<string, ReadonlySet<string>>()
  const through = (needs: readonly string[]): Set<string> =>
    new Set(
      needs.flatMap(need => {
        const step = steps.get(need)
        return [...(step !== undefined && isEffect(step) ? [need] : []), ...all(need)]
      }),
    )
  const all = (name: string): ReadonlySet<string> => {
    const found = known.get(name)
    if (found !== undefined) return found
    known.set(name, new Set())
    const waits = through(steps.get(name)?.needs ?? [])
    known.set(name, waits)
    return waits
  }
  return name => {
    const step = steps.get(name)
    const read = readsOf(step === undefined ? null : { ...step, links: null })
    const needs = step?.needs ?? []
    const forValues = through(needs.filter(need => read.has(need)))
    const after = [...through(needs.filter(need => !read.has(need)))]
    return { all: all(name), said: new Set(after.filter(need => !forValues.has(need))) }
  }
}

export function isEffect({ kind }: FlowStep): boolean {
  return kind === "send" || kind === "load" || kind === "publish" || kind === "answer"
}

/** A step by its name, or by what it does where it has none. */
export function calledText(step: FlowStep, side: FlowSide): string {
  return numbered.test(step.name) ? stepText(step, side) : `"${step.name}"`
}

/** A step without a name is called by its word and a number. */
export const numbered = /^(?:read|make|send|ensure|load|reconcile|control|publish|answer)\d+$/u

export function stepText(step: FlowStep, { shapeName }: FlowSide): string {
  switch (step.kind) {
    case "read":
      return `the reading of ${step.from.system}.${shapeName(step.from.contract)}`
    case "map":
      return `the call of ${step.call.map}`
    case "send":
      return `the ${step.verb} of ${step.to.system}.${shapeName(step.to.contract)}`
    case "load":
      return `the load of ${step.to.system}.${shapeName(step.to.contract)}`
    case "reconcile":
      return `the reconciliation of "${step.load}"`
    case "control":
      return `the control "${step.title}"`
    case "publish":
      return `the event ${shapeName(step.event)}`
    case "answer":
      return "the answer"
  }
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
