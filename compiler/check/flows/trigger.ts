// What starts a flow. Flows in: the trigger as written. Flows out: its form for the runtime, and the name it gives.
import { diagnostic, type Expression, type FlowTrigger, type NamedTypeNode } from "@fmap/grammar"
import type { TriggerSpec } from "@fmap/runtime/flow"
import { wireNameOf } from "../../resolve/bind-field.ts"
import { closest } from "../../resolve/closest.ts"
import type { BoundShape } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import { asPath } from "../expressions/as-path.ts"
import { objectOf } from "./contract-at.ts"
import { contractField } from "./contract-field.ts"
import { type Binder, type FlowEnvironment, placeOf } from "./environment.ts"
import { isEvent } from "./is-event.ts"
import { follow } from "./paths.ts"
import { saysWhoChanged } from "./platforms.ts"
import { recordOf } from "./record-of.ts"
import { scheduleSpec } from "./schedule.ts"

export interface Started {
  readonly trigger: TriggerSpec | null
  readonly binder: Binder | null
  /** What a call is answered with. */
  readonly answers: BoundShape | null
}

export function startOf(node: FlowTrigger, env: FlowEnvironment): Started {
  const none = { trigger: null, binder: null, answers: null }
  if (node.kind === "schedule") {
    const trigger = scheduleSpec(node, env)
    const binder = node.name === null ? null : binderOf(node.name, { kind: "instant" }, env)
    return { ...none, trigger, binder }
  }
  if (node.kind === "manual") {
    const shape = node.type === null ? null : contractNamed(node.type, env)
    if (node.name === null || node.type === null)
      return { ...none, trigger: { kind: "manual", binder: null, contract: null } }
    if (shape === null) return { ...none, binder: binderOf(node.name, unknown, env) }
    const trigger = { kind: "manual", binder: node.name.text, contract: shape.id } as const
    return { ...none, trigger, binder: binderOf(node.name, recordOf(shape), env) }
  }
  const shape = contractNamed(node.type, env)
  if (shape === null) return { ...none, binder: binderOf(node.name, unknown, env) }
  const binder = binderOf(node.name, recordOf(shape), env)
  if (node.kind === "call") {
    const answers = node.answers === null ? null : contractNamed(node.answers, env)
    if (node.answers !== null && answers === null) return { ...none, binder }
    const answer = answers?.id ?? null
    return {
      ...none,
      binder,
      answers,
      trigger: { kind: "call", binder: node.name.text, contract: shape.id, answer },
    }
  }
  if (node.changed === null) return { ...none, binder, trigger: event(node, shape, env) }
  return { ...none, binder, trigger: changed(node, node.changed, shape, env) }
}

/** Of what is not known, whatever is said of it is taken. */
const unknown = { kind: "error" } as const

type OnRecord = FlowTrigger & { readonly kind: "record" }

function event(node: OnRecord, shape: BoundShape, env: FlowEnvironment): TriggerSpec | null {
  if (shape.system !== null && !isEvent(shape)) {
    env.report(
      diagnostic(
        "FM7102",
        { what: shape.name, problem: `is a record of ${shape.system.name}, and no event` },
        placeOf(env, node.span),
        { help: `Say \`on ${node.name.text}: ${shape.name} changed\`.` },
      ),
    )
    return null
  }
  const version = shape.node.kind === "contract" ? (shape.node.version?.text ?? "") : ""
  return { kind: "event", binder: node.name.text, event: shape.id, version }
}

function changed(
  node: OnRecord,
  { fields, notByUs }: NonNullable<OnRecord["changed"]>,
  shape: BoundShape,
  env: FlowEnvironment,
): TriggerSpec | null {
  const { system } = shape
  const problem =
    system === null
      ? "belongs to no system that could change it"
      : shape.direction === "writes"
        ? `is only written to ${system.name}`
        : null
  if (system === null || problem !== null) {
    env.report(
      diagnostic("FM7102", { what: shape.name, problem: problem ?? "" }, placeOf(env, node.type.span), {
        related: [{ place: shape.place, text: "declared here" }],
        ...(system === null ? { help: "Leave `changed` out: it is an event that a flow publishes." } : {}),
      }),
    )
    return null
  }
  const platform = system.node.platform?.text
  if (notByUs !== null && platform !== undefined && !saysWhoChanged(platform))
    env.report(
      diagnostic("FM7109", { system: system.name, platform }, placeOf(env, notByUs), {
        label: "nobody tells our writes from others",
        help: "Leave it out, and wait for fields that the flow does not write: `changed in (…)`.",
      }),
    )
  const wire = fields?.flatMap(name => {
    const field = contractField(name, { shape }, env)
    return field === null ? [] : [wireNameOf(field.node)]
  })
  const from = objectOf(shape, system)
  const becomes = becomesOf(node, shape, env)
  return {
    kind: "changed",
    binder: node.name.text,
    from,
    fields: wire ?? null,
    notByUs: notByUs !== null,
    becomes,
  }
}

/** Which fields must have changed to which value. */
function becomesOf(
  node: OnRecord,
  shape: BoundShape,
  env: FlowEnvironment,
): (TriggerSpec & { readonly kind: "changed" })["becomes"] {
  const conditions = env.flow.node.when?.conditions ?? []
  return conditions.flatMap(({ operand, becomes }) => {
    if (becomes === null) return []
    const path = asPath(operand)
    const led = path?.names[0]?.text === node.name.text ? follow(recordOf(shape), path) : null
    const value = constantOf(becomes)
    if (led === null || led.field === null || led.type.kind === "record" || led.type.kind === "list") {
      env.report(
        diagnostic(
          "FM7104",
          { problem: `stands behind a field of ${node.name.text}` },
          placeOf(env, operand.span),
          {
            label: "no field of it",
          },
        ),
      )
      return []
    }
    if (value === null) {
      env.report(
        diagnostic("FM7104", { problem: "has a constant after it" }, placeOf(env, becomes.span), {
          label: "no constant",
          help: "Compare with what is computed in a condition of its own, joined by and.",
        }),
      )
      return []
    }
    return [{ path: led.wire, value }]
  })
}

/** As it stands on the wire of texts, enums, codes, dates and bools. */
function constantOf(node: Expression): string | boolean | null {
  if (node.kind === "boolean") return node.value
  if (node.kind === "enumMember") return node.name.text
  if (node.kind !== "text") return null
  let text = ""
  for (const part of node.parts) {
    if (part.kind === "hole") return null
    text += part.text
  }
  return text
}

function contractNamed(node: NamedTypeNode, env: FlowEnvironment): BoundShape | null {
  const { text, span } = node.name
  const found = env.names.get(text)
  if (found?.kind === "shape" && found.isContract) return found
  const contracts = [...env.names].flatMap(([name, each]) =>
    each.kind === "shape" && each.isContract ? [name] : [],
  )
  const place = placeOf(env, span)
  const near = closest(text, contracts)
  env.report(
    found === undefined
      ? diagnostic("FM2001", { name: text }, place, {
          label: "not declared or imported",
          ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
        })
      : diagnostic("FM7102", { what: text, problem: "is no contract" }, place, {
          related: [{ place: found.place, text: "declared here" }],
        }),
  )
  return null
}

function binderOf(
  name: { readonly text: string; readonly span: { start: number; end: number } },
  type: Type,
  env: FlowEnvironment,
): Binder {
  return {
    name: name.text,
    type,
    maybe: false,
    valueless: null,
    step: null,
    place: placeOf(env, name.span),
    use: { seen: false },
  }
}
