// Steps of a flow in words. Flows in: a step, and what questions say. Flows out: what it does, by which rules, and when alone.
import { repeatsOf } from "../check/flows/platforms.ts"
import type { PlanFlow } from "../plan/index.ts"
import { spanWords } from "./span-words.ts"

export type FlowStep = PlanFlow["steps"][number]
type Question = NonNullable<PlanFlow["when"]>
type Call = Extract<FlowStep, { readonly kind: "map" }>["call"]
type Writing = Extract<FlowStep, { readonly kind: "send" | "load" }>
type Exit = Extract<FlowStep, { readonly kind: "reconcile" }>["otherwise"]

/** A question as its author wrote it. */
export type Said = (question: Question) => string

export function stepBody(step: FlowStep, said: Said): string {
  switch (step.kind) {
    case "read": {
      const by = step.by.map(({ field, value }) => `${field} == ${said(value)}`).join(" and ")
      return `read ${step.many ? "all of " : ""}${nameOf(step.from)}${by === "" ? "" : ` where ${by}`}${otherwise(step.otherwise)}`
    }
    case "map":
      return callOf(step.call, said)
    case "send":
      return `${step.verb} ${nameOf(step.to)} by ${step.key} of ${whatOf(step.what, said)}`
    case "load": {
      const mode = step.mode.kind === "add" ? "add" : `replace over ${step.mode.over.join(", ")}`
      return `load ${nameOf(step.to)} ${mode} of ${whatOf(step.what, said)}`
    }
    case "reconcile":
      return `reconcile ${step.load}${otherwise(step.otherwise)}`
    case "control":
      return `${controlOf(step, said)}${otherwise(step.otherwise)}`
    case "publish":
      return `publish ${step.event} ${step.version} of ${whatOf(step.what, said)}`
    case "answer":
      return `answer ${whatOf(step.what, said)}`
  }
}

/** Outermost first; a list is walked inside of conditions on the whole. */
export function stepConditions({ conditions, each }: FlowStep, said: Said): readonly string[] {
  return [
    ...conditions.map(said),
    ...(each === null ? [] : [`each ${each.binder} in ${[each.of, ...each.path].join(".")}`]),
  ]
}

/** `platform`: of the system that is written to; empty where it names none. */
export function stepRules(step: FlowStep, said: Said, platform: string): readonly string[] {
  if (step.kind !== "send" && step.kind !== "load") return []
  const { retry, timeoutMs, limit, refused } = step.effect
  return [
    ...(retry === null
      ? []
      : [
          `retry ${retry.attempts} times, waiting ${spanWords(retry.baseMs)} to ${spanWords(retry.longestMs)}`,
        ]),
    ...(timeoutMs === null ? [] : [`timeout ${spanWords(timeoutMs)}`]),
    ...(limit === null ? [] : [`limit ${limit.count} in ${spanWords(limit.perMs)}`]),
    ...refused.map(({ code, then }) => `refused ${code ?? "otherwise"}: ${exitWords(then)}`),
    `answer lost: ${lostAnswer(step, platform)}`,
    ...(step.kind === "send" && step.compensate !== null
      ? [`taken back with ${callOf(step.compensate, said)}`]
      : []),
    ...(step.kind === "send" && step.links.length > 0
      ? [`fills ${step.links.map(({ crosswalk }) => crosswalk).join(", ")}`]
      : []),
  ]
}

/** What the connection of the system really offers is known when flows start; this is what the flow was checked by. */
function lostAnswer(step: Writing, platform: string): string {
  const { inDoubt } = step.effect
  if (inDoubt !== undefined) return exitWords(inDoubt)
  if (step.kind === "send" && step.verb === "ensure") return "looked up first"
  const isNew = step.kind === "send" ? step.verb === "create" : step.mode.kind === "add"
  const making = isNew ? (step.kind === "send" ? "create" : "add") : null
  return {
    nativeKey: "sent again under its key",
    upsert: "sent again, which changes nothing",
    lookUp: "looked up first",
    nothing: "a person decides",
  }[repeatsOf(platform, making)]
}

const nameOf = ({ system, contract }: { readonly system: string; readonly contract: string }): string =>
  `${system}.${contract.slice(contract.indexOf("#") + 1)}`

/** One over totals is judged inside its question, which then is the whole statement. */
function controlOf({ title, holds }: Extract<FlowStep, { readonly kind: "control" }>, said: Said): string {
  const text = said(holds)
  return text.startsWith("control ") ? text : `control ${JSON.stringify(title)}: ${text}`
}

function whatOf(what: { readonly call: Call } | { readonly binder: string }, said: Said): string {
  return "call" in what ? callOf(what.call, said) : what.binder
}

function callOf({ map, arguments: given }: Call, said: Said): string {
  const all = given.map(each => ("binder" in each ? each.binder : `${each.name}: ${said(each.value)}`))
  return `${map}(${all.join(", ")})`
}

function otherwise(exit: Exit | null): string {
  return exit === null ? "" : `, else ${exitWords(exit)}`
}

function exitWords({ verb, code }: Exit): string {
  return `${verb === "deadLetter" ? "dead letter" : verb}${code === null ? "" : ` ${code}`}`
}
