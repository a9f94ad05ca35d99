// Rules of an effect: retries, time, pace, refusals, doubt. Flows in: the clauses of a step. Flows out: their form for the runtime; a clause
// that means nothing there is reported.
import { diagnostic, type FlowClause, type FlowStep, type TextLiteral } from "@fmap/grammar"
import type { EffectRules, ExitSpec } from "@fmap/runtime/flow"
import { constantText } from "../expressions/text.ts"
import { millisecondsOf } from "./durations.ts"
import { type FlowEnvironment, placeOf, type Visible } from "./environment.ts"
import { exitSpec } from "./exits.ts"

type Kind = FlowClause["kind"]
const effect: readonly Kind[] = ["after", "retry", "timeout", "limit", "refused", "doubt"]
const allowed: Readonly<Record<FlowStep["work"]["kind"], readonly Kind[]>> = {
  read: ["after", "else"],
  make: ["after"],
  send: [...effect, "compensate"],
  ensure: [...effect, "compensate"],
  load: effect,
  reconcile: ["after", "else"],
  publish: ["after"],
  answer: ["after"],
}
const written: Partial<Record<Kind, string>> = { doubt: "in doubt" }
const periods: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
}

/** Clauses that may stand there, each once. */
export function checkClauses({ work, clauses }: FlowStep, env: FlowEnvironment): void {
  const seen = new Map<Kind, FlowClause>()
  for (const clause of clauses) {
    const word = written[clause.kind] ?? clause.kind
    const place = placeOf(env, clause.span)
    if (!allowed[work.kind].includes(clause.kind)) {
      const step = work.kind === "make" ? "call of a map" : work.kind
      env.report(diagnostic("FM7122", { clause: word, step }, place, { label: "means nothing here" }))
    }
    const before = seen.get(clause.kind)
    if (before === undefined) seen.set(clause.kind, clause)
    else
      env.report(
        diagnostic("FM1104", { clause: `"${word}" twice`, declaration: "step" }, place, {
          label: "said again",
          related: [{ place: placeOf(env, before.span), text: "said first here" }],
        }),
      )
  }
}

export function clauseOf<K extends Kind>(
  { clauses }: FlowStep,
  kind: K,
): (FlowClause & { readonly kind: K }) | undefined {
  return clauses.find((clause): clause is FlowClause & { readonly kind: K } => clause.kind === kind)
}

export function effectRules(
  node: FlowStep,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): EffectRules {
  const timeout = clauseOf(node, "timeout")
  const doubt = clauseOf(node, "doubt")
  const inDoubt = doubt === undefined ? null : exitSpec(doubt.exit, step, visible, env)
  return {
    retry: retryOf(clauseOf(node, "retry"), env),
    timeoutMs: timeout === undefined ? null : duration(timeout.after, timeout, env),
    limit: limitOf(clauseOf(node, "limit"), env),
    refused: refusedOf(clauseOf(node, "refused"), step, visible, env),
    ...(inDoubt === null ? {} : { inDoubt }),
  }
}

function retryOf(
  clause: (FlowClause & { readonly kind: "retry" }) | undefined,
  env: FlowEnvironment,
): EffectRules["retry"] {
  if (clause === undefined) return null
  const attempts = Number(clause.times)
  if (attempts < 1 || attempts > 1000)
    wrong("retry", "a step is tried again once to a thousand times", clause, env)
  const baseMs = duration(clause.backoff?.from ?? "1s", clause, env) ?? 1000
  const longestMs = duration(clause.backoff?.to ?? "5min", clause, env) ?? baseMs
  if (longestMs < baseMs) wrong("backoff", "the longest wait is shorter than the first one", clause, env)
  return { attempts, baseMs, longestMs }
}

function limitOf(
  clause: (FlowClause & { readonly kind: "limit" }) | undefined,
  env: FlowEnvironment,
): EffectRules["limit"] {
  if (clause === undefined) return null
  const count = Number(clause.count)
  const perMs = Object.hasOwn(periods, clause.per.text) ? periods[clause.per.text] : undefined
  if (count < 1 || count > 1_000_000)
    wrong("limit", "at least 1 and at most a million calls fit", clause, env)
  if (perMs !== undefined) return { count, perMs }
  const wanted = Object.keys(periods).join(", ")
  env.report(
    diagnostic("FM6102", { clause: "per", word: clause.per.text, wanted }, placeOf(env, clause.per.span)),
  )
  return null
}

/** In order; `otherwise` is the last. */
function refusedOf(
  clause: (FlowClause & { readonly kind: "refused" }) | undefined,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): EffectRules["refused"] {
  const found: { code: string | null; then: ExitSpec }[] = []
  const seen = new Set<string | null>()
  for (const arm of clause?.arms ?? []) {
    const then = exitSpec(arm.exit, step, visible, env)
    const codes: readonly (TextLiteral | null)[] = arm.codes ?? [null]
    for (const literal of codes) {
      const code = literal === null ? null : constantText(literal)
      if (seen.has(code) || seen.has(null))
        wrong("refused", "this arm is never reached: one before it takes the same", literal ?? arm, env)
      seen.add(code)
      if (literal !== null && code === null)
        wrong("refused", "a code of the target is a constant", literal, env)
      else if (then !== null) found.push({ code, then })
    }
  }
  return found
}

function duration(
  text: string,
  clause: { readonly kind: string; readonly span: { start: number; end: number } },
  env: FlowEnvironment,
): number | null {
  const found = millisecondsOf(text)
  if (found === null) wrong(clause.kind, `${text} is no length of time a step can wait`, clause, env)
  return found
}

function wrong(
  clause: string,
  problem: string,
  { span }: { readonly span: { start: number; end: number } },
  env: FlowEnvironment,
): void {
  env.report(diagnostic("FM7124", { clause, problem }, placeOf(env, span)))
}
