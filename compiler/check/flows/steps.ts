// One step of a flow. Flows in: the step and what it may name. Flows out: what it does, for the runtime; null after a diagnostic.
import { type ControlStatement, diagnostic, type FlowStep } from "@fmap/grammar"
import type { StepBody } from "@fmap/runtime/flow"
import { aType } from "../../types/describe.ts"
import { ask } from "./ask.ts"
import { madeBy } from "./call.ts"
import { checkClauses, clauseOf } from "./effects.ts"
import { type FlowEnvironment, placeOf, type Visible } from "./environment.ts"
import { exitSpec } from "./exits.ts"
import { contractOf } from "./fits.ts"
import { isEvent } from "./is-event.ts"
import { readStep } from "./reading.ts"
import type { Started } from "./trigger.ts"
import { loadStep, sendStep } from "./writing.ts"

export interface FlowContext {
  readonly env: FlowEnvironment
  readonly started: Started
  readonly visible: Visible
  /** Names of the loads of the flow. */
  readonly loads: ReadonlySet<string>
}

export function stepBody(
  node: FlowStep | ControlStatement,
  name: string,
  context: FlowContext,
): StepBody | null {
  const { env, visible } = context
  if (node.kind === "control") return controlStep(node, name, context)
  checkClauses(node, env)
  const { work } = node
  switch (work.kind) {
    case "read":
      return readStep(node, work, name, visible, env)
    case "make": {
      const made = madeBy(work.what, name, visible, env)
      if (made === null) return null
      if ("call" in made.what) return { kind: "map", call: made.what.call }
      env.report(diagnostic("FM7117", {}, placeOf(env, work.what.span), { label: "another name of a step" }))
      return null
    }
    case "send":
    case "ensure":
      return sendStep(node, work, name, visible, env)
    case "load":
      return loadStep(node, work, name, visible, env)
    case "reconcile":
      return reconcileStep(node, work, name, context)
    case "publish":
      return publishStep(work, name, context)
    case "answer":
      return answerStep(work, name, context)
  }
}

function controlStep(node: ControlStatement, name: string, { env, visible }: FlowContext): StepBody | null {
  const { exit } = node
  const title = node.title.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
  const holds = ask(
    {
      part: name,
      value: { kind: "boolean", value: true, span: node.span },
      control: node,
      wanted: { type: { kind: "bool" }, optional: false },
      visible,
      noExit: null,
    },
    env,
  )
  if (holds === null || exit === null) return null
  const verb = exit.verb === "reject" ? "reject" : "hold"
  return {
    kind: "control",
    title,
    holds,
    otherwise: { verb, code: exit.code?.text ?? null, message: null },
  }
}

function reconcileStep(
  node: FlowStep,
  { load }: FlowStep["work"] & { readonly kind: "reconcile" },
  name: string,
  { env, visible, loads }: FlowContext,
): StepBody | null {
  const place = placeOf(env, load.span)
  const binder = visible.binders.get(load.text)
  if (binder !== undefined) binder.use.seen = true
  if (!loads.has(load.text)) {
    env.report(
      diagnostic("FM7141", { name: load.text }, place, {
        label: "no load",
        ...(binder === undefined ? {} : { related: [{ place: binder.place, text: "named here" }] }),
      }),
    )
    return null
  }
  const exit = clauseOf(node, "else")
  if (exit === undefined) {
    env.report(
      diagnostic("FM4119", { what: "A reconcile" }, placeOf(env, node.span), {
        label: "and if not?",
        help: "End it with `else hold CODE`.",
      }),
    )
    return null
  }
  const otherwise = exitSpec(exit.exit, name, visible, env)
  return otherwise === null ? null : { kind: "reconcile", load: load.text, otherwise }
}

function publishStep(
  { what }: FlowStep["work"] & { readonly kind: "publish" },
  name: string,
  { env, visible }: FlowContext,
): StepBody | null {
  const made = madeBy(what, name, visible, env)
  if (made === null || made.type.kind === "error") return null
  const shape = made.type.kind === "record" ? contractOf(made.type.shape) : null
  if (shape === null || !isEvent(shape)) {
    env.report(
      diagnostic(
        "FM7123",
        {
          wanted: "an event: a contract without a system, or a CloudEvent",
          found: shape?.name ?? aType(made.type),
        },
        placeOf(env, what.span),
      ),
    )
    return null
  }
  const version = shape.node.kind === "contract" ? (shape.node.version?.text ?? "") : ""
  return { kind: "publish", event: shape.id, version, what: made.what }
}

function answerStep(
  { what, span }: FlowStep["work"] & { readonly kind: "answer" },
  name: string,
  { env, visible, started }: FlowContext,
): StepBody | null {
  const made = madeBy(what, name, visible, env)
  if (started.answers === null) {
    env.report(
      diagnostic(
        "FM7142",
        { problem: "is called by nobody who wants an answer, and answers" },
        placeOf(env, span),
        {
          help: "Say in the header `on call request: Request answers Reply`.",
        },
      ),
    )
    return null
  }
  if (made === null || made.type.kind === "error") return null
  if (made.type.kind === "record" && contractOf(made.type.shape) === started.answers)
    return { kind: "answer", what: made.what }
  env.report(
    diagnostic(
      "FM7123",
      {
        wanted: `a record of ${started.answers.name}`,
        found: made.type.kind === "record" ? made.type.shape.name : aType(made.type),
      },
      placeOf(env, what.span),
    ),
  )
  return null
}
