// One flow, whole. Flows in: a bound flow and the project around it. Flows out: its form in the Plan, or null with errors reported; its
// questions and records stand in what the environment collects.
import { diagnostic, type FlowRoute, type FlowSlo, type FlowStatement } from "@fmap/grammar"
import type { Question, SloSpec, StepSpec } from "@fmap/runtime/flow"
import type { PlanCode, PlanFlow } from "../../plan/index.ts"
import { reasonText } from "../reason-text.ts"
import { boolType } from "../values.ts"
import { ask } from "./ask.ts"
import { millisecondsOf } from "./durations.ts"
import { type FlowEnvironment, placeOf, type Visible } from "./environment.ts"
import { inOrder, readsOf } from "./order.ts"
import { type PlacedStep, type Region, regionsOf } from "./regions.ts"
import { checkRoutes, routeSpecs } from "./routes.ts"
import { stepBody } from "./steps.ts"
import { type Started, startOf } from "./trigger.ts"
import { laneOf, whenOf } from "./wanted.ts"

export function checkFlow(env: FlowEnvironment): PlanFlow | null {
  const { node } = env.flow
  const before = env.errors()
  if (node.trigger === null) return null
  const started = startOf(node.trigger, env)
  const root: Region = { binders: new Map(), lets: new Map(), conditions: [], each: null }
  if (started.binder !== null) root.binders.set(started.binder.name, started.binder)
  const header = { binders: new Map(root.binders), lets: root.lets }
  const when = whenOf(started, header, env)
  const lane = laneOf(started, header, env)
  const placed = regionsOf(node.statements, root, env)
  const steps = stepSpecs(placed, started, env)
  const spans = new Map(placed.map(step => [step.name, step.node.span]))
  // A step with an error is no step: nothing is said of what waits for it.
  const ordered =
    steps.length < placed.length ? steps : inOrder(steps, step => spans.get(step) ?? node.headerSpan, env)
  const routes = ofKind(node.statements, "route")
  const specs = routeSpecs(routes, env)
  const slos = ofKind(node.statements, "slo").flatMap(slo => sloSpec(slo, root, env))
  if (
    started.answers !== null &&
    placed.every(({ node: step }) => step.kind !== "step" || step.work.kind !== "answer")
  )
    env.report(
      diagnostic("FM7142", { problem: "is called for an answer, and gives none" }, env.flow.place, {
        help: "Add a step `answer Map(…)`.",
      }),
    )
  if (placed.length === 0 && env.errors() === before)
    env.report(diagnostic("FM7108", { flow: env.flow.name }, env.flow.place, { label: "without a step" }))
  if (env.errors() === before && !env.made.shaky) {
    checkRoutes(routes, env)
    checkUsed(placed, root, env)
  }
  const { trigger } = started
  if (env.errors() > before || env.made.shaky || trigger === null) return null
  return {
    name: env.flow.name,
    version: node.version?.text ?? "",
    owner: reasonText(node.owner),
    trigger,
    when,
    lane,
    steps: ordered,
    routes: specs,
    slos,
    file: env.fileIndex,
    docs: node.docs.join("\n"),
    codes: codesOf(env),
    places: ordered.map(({ name }) => ({
      step: name,
      at: env.at(placeOf(env, spans.get(name) ?? node.headerSpan)),
    })),
    at: env.at(env.flow.place),
  }
}

function stepSpecs(
  placed: readonly PlacedStep[],
  started: Started,
  env: FlowEnvironment,
): readonly StepSpec[] {
  const loads = new Set(
    placed.flatMap(({ name, node }) => (node.kind === "step" && node.work.kind === "load" ? [name] : [])),
  )
  const asked = new Map<object, Question | null>()
  const names = new Set(placed.map(step => step.name))
  const fills: { readonly crosswalk: string; readonly step: string; readonly region: Region }[] = []
  return placed.flatMap(({ name, node, region }): StepSpec[] => {
    const visible: Visible = region
    const conditions = region.conditions.flatMap(condition => {
      const known = asked.get(condition.node)
      const question =
        known === undefined
          ? ask(
              {
                part: `when${asked.size + 1}`,
                value: condition.node,
                wanted: { type: boolType, optional: false },
                visible: condition.visible,
                noExit: "in the condition of a flow",
              },
              env,
            )
          : known
      asked.set(condition.node, question)
      return question === null ? [] : [question]
    })
    const body = stepBody(node, name, { env, started, visible, loads })
    if (body === null || conditions.length < region.conditions.length) return []
    // What a receipt fills reads the step itself.
    const reads = readsOf([body.kind === "send" ? { ...body, links: [] } : body, conditions, region.each])
    const needs = new Set([...reads].flatMap(read => region.binders.get(read)?.step ?? []))
    if (node.kind === "step") for (const each of afterOf(node, names, env)) needs.add(each)
    // What was filled before in the text is there when it is looked up.
    for (const fill of fills)
      if (env.made.lookups.get(name)?.has(fill.crosswalk) === true && isAround(fill.region, region))
        needs.add(fill.step)
    if (body.kind === "send")
      fills.push(...body.links.map(({ crosswalk }) => ({ crosswalk, step: name, region })))
    const filling = body.kind === "send" && body.links.length > 0
    const binder =
      node.kind === "step" && node.name !== null ? givesValue(name, region) : filling ? name : null
    return [{ name, binder, needs: [...needs], conditions, each: region.each, ...body }]
  })
}

/** Is a step of `outer` done whenever one of `inner` is? */
function isAround(outer: Region, inner: Region): boolean {
  return outer === inner || (outer.conditions.length === 0 && outer.each === null)
}

function givesValue(name: string, { binders }: Region): string | null {
  return binders.get(name)?.valueless === null ? name : null
}

function afterOf(
  { clauses }: Extract<FlowStatement, { readonly kind: "step" }>,
  names: ReadonlySet<string>,
  env: FlowEnvironment,
): readonly string[] {
  return clauses.flatMap(clause =>
    clause.kind !== "after"
      ? []
      : clause.steps.flatMap(step => {
          if (names.has(step.text)) return [step.text]
          env.report(
            diagnostic("FM7110", { name: step.text }, placeOf(env, step.span), {
              label: "no step of this flow",
            }),
          )
          return []
        }),
  )
}

function sloSpec(node: FlowSlo, visible: Visible, env: FlowEnvironment): readonly SloSpec[] {
  const withinMs = millisecondsOf(node.within)
  const share = node.share.slice(0, -1)
  if (withinMs === null || Number(share) > 100 || Number(share) <= 0) {
    env.report(
      diagnostic(
        "FM7124",
        { clause: "slo", problem: "it is a share of at most 100% within a length of time" },
        placeOf(env, node.span),
      ),
    )
    return []
  }
  const from =
    node.from === null
      ? null
      : ask(
          {
            part: `slo.${node.name.text}`,
            value: node.from,
            wanted: { type: { kind: "instant" }, optional: false },
            visible,
            noExit: "in a service level",
          },
          env,
        )
  return [{ name: node.name.text, share, withinMs, from }]
}

/** What is named is used: by a step, or told to nobody without a name. */
function checkUsed(placed: readonly PlacedStep[], root: Region, env: FlowEnvironment): void {
  const after = new Set(
    placed.flatMap(({ node }) =>
      node.kind === "step"
        ? node.clauses.flatMap(clause => (clause.kind === "after" ? clause.steps.map(step => step.text) : []))
        : [],
    ),
  )
  for (const { name, node, region } of placed) {
    if (node.kind !== "step" || node.name === null) continue
    if (region.binders.get(name)?.use.seen !== false || after.has(name)) continue
    const place = placeOf(env, node.name.span)
    const effect = node.work.kind !== "make" && node.work.kind !== "read"
    env.report(
      diagnostic("FM7113", { name }, place, {
        label: "never read",
        ...(effect
          ? {
              help: "Leave the name out.",
              edits: [
                { place: placeOf(env, { start: node.name.span.start, end: node.work.span.start }), text: "" },
              ],
            }
          : { help: "Use it, or remove the step." }),
      }),
    )
  }
  for (const { region } of [{ region: root }, ...placed])
    for (const { node, used } of region.lets.values())
      if (!used)
        env.report(
          diagnostic("FM7113", { name: node.name.text }, placeOf(env, node.name.span), {
            label: "never read",
          }),
        )
}

/** One entry a code, sorted, with every place it comes from. */
function codesOf({ made, at }: FlowEnvironment): readonly PlanCode[] {
  const codes = new Map<string, PlanCode>()
  for (const { code, verb, origin, place } of made.codes) {
    const id = `${code} ${verb} ${origin}`
    const known = codes.get(id)?.at ?? []
    const here = at(place)
    const places = known.some(each => each.join() === here.join()) ? known : [...known, here]
    codes.set(id, { code, verb, origin, at: places })
  }
  return [...codes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code)
}

function ofKind(statements: readonly FlowStatement[], kind: "route"): readonly FlowRoute[]
function ofKind(statements: readonly FlowStatement[], kind: "slo"): readonly FlowSlo[]
function ofKind(
  statements: readonly FlowStatement[],
  kind: "route" | "slo",
): readonly (FlowRoute | FlowSlo)[] {
  return statements.filter((each): each is FlowRoute | FlowSlo => each.kind === kind)
}
