// Flows: owners, promises, routes, what they stand on and what they show. Flows in: a landscape. Flows out: violations; a step points at where it stands.
import type { PlanFlow, PlanShape } from "../../plan/index.ts"
import { fieldsOf } from "../fields.ts"
import { readByQuestion } from "../flow-givens.ts"
import { isMasked, type labelNames, labelsAt } from "../labels.ts"
import type { FlowSubject, Landscape } from "../landscape.ts"
import { isPlatform } from "../layers.ts"
import { about, type Check, each, type Violation } from "./check.ts"

const ownFlows = (landscape: Landscape) => landscape.ownFlows

type Step = PlanFlow["steps"][number]
type Writing = Extract<Step, { readonly kind: "send" | "load" }>

export const flows = {
  G065: each(ownFlows, subject =>
    subject.declared.owner === null
      ? about(subject, `Nobody answers for the flow ${subject.name}.`, "without an owner")
      : null,
  ),
  G066: each(ownFlows, subject =>
    subject.declared.docs.trim() === ""
      ? about(subject, `The flow ${subject.name} does not say what it is.`, "without a `///` line")
      : null,
  ),
  G067: each(ownFlows, subject =>
    subject.declared.slos.length === 0
      ? about(subject, `The flow ${subject.name} promises nothing.`, "without `slo`")
      : null,
  ),
  G068: each(ownFlows, subject => {
    const { routes } = subject.declared
    const isLost = routes.some(({ on, to }) => on === "failure" && to.kind === "deadLetter")
    return isLost && writes(subject).length > 0
      ? about(
          subject,
          `What fails for good in ${subject.name} becomes a dead letter, and nobody is asked.`,
          "on failure dead letter",
        )
      : null
  }),
  G069: each(ownFlows, subject => {
    const open = subject.declared.routes.flatMap(({ to }) =>
      to.kind === "queue" && to.assign === null ? [to.queue] : [],
    )
    const queues = [...new Set(open)].toSorted()
    return queues.length === 0
      ? null
      : about(
          subject,
          `${subject.name} sends stopped events to ${queues.map(queue => `"${queue}"`).join(", ")} and does not say who works on them.`,
          "without `assign`",
        )
  }),
  G070: each(ownFlows, (subject, landscape) =>
    [...contractsOf(subject, landscape).values()].flatMap(({ contract, at }): readonly Violation[] => {
      const lifecycle = contract.contract?.lifecycle ?? null
      const isStable = !subject.declared.version.startsWith("0.")
      if (lifecycle !== "retired" && !(lifecycle === "draft" && isStable)) return []
      return [
        about(
          subject,
          `The flow ${subject.name} ${subject.declared.version} stands on ${contract.name}, which is ${lifecycle === "draft" ? "a draft" : "retired"}.`,
          lifecycle,
          { at, path: contract.name, related: [{ at: contract.at, text: `lifecycle ${lifecycle}` }] },
        ),
      ]
    }),
  ),
  G071: each(ownFlows, (subject, landscape) => {
    const { lane } = subject.declared
    return lane === null ? null : labelled(subject, lane.key.map, "lane", "The lane", landscape)
  }),
  G072: each(ownFlows, (subject, landscape) =>
    subject.declared.steps.flatMap((step): readonly Violation[] => {
      const event = step.kind === "publish" ? landscape.shape(step.event) : undefined
      if (event === undefined) return []
      const field = fieldsOf(event, landscape).find(({ field: one }) => one.pii || one.confidential)
      if (field === undefined) return []
      const label = field.field.pii ? "pii" : "confidential"
      return [
        about(
          subject,
          `${subject.name} publishes ${event.name} with "${field.path}", which is marked \`${label}\`.`,
          `marked \`${label}\``,
          {
            at: placeOf(step, subject),
            path: event.name,
            related: [{ at: field.field.at, text: "marked here" }],
          },
        ),
      ]
    }),
  ),
  G073: each(ownFlows, (subject, landscape) => {
    const events = subject.declared.steps.flatMap(step => {
      const event = step.kind === "publish" ? landscape.shape(step.event) : undefined
      return event === undefined || event.contract?.retention !== undefined ? [] : [{ event, step }]
    })
    return [...new Map(events.map(one => [one.event.id, one])).values()].map(({ event, step }) =>
      about(
        subject,
        `${subject.name} publishes ${event.name}, which does not say how long it is kept.`,
        "without `retention`",
        { at: placeOf(step, subject), path: event.name },
      ),
    )
  }),
  G074: each(ownFlows, (subject, landscape) =>
    subject.declared.steps.flatMap(step => {
      if (step.kind !== "read") return []
      const system = landscape.plan.systems.find(({ name }) => name === step.from.system)
      return step.by.flatMap(({ field, value }) =>
        labelled(
          subject,
          value.map,
          `${step.name}.${field}`,
          `The look-up by ${field}`,
          landscape,
          (label, source) => {
            if (system === undefined || !isPlatform(system)) return null
            const from = landscape.systemOf(source)
            // What a system told us it may be asked for.
            if (from?.name === system.name) return null
            if (system.cleared?.includes(label) !== true) return `${system.name}, which is not cleared for it`
            const [here, there] = [from?.residency ?? null, system.residency]
            return here !== null && there !== null && here !== there
              ? `${system.name} in ${there}, and comes from ${here}`
              : null
          },
        ),
      )
    }),
  ),
  G075: eachWrite(step =>
    step.effect.retry === null ? ["does not say how often a call is tried again", "without `retry`"] : null,
  ),
  G076: eachWrite(step =>
    step.effect.timeoutMs === null
      ? ["does not say how long it waits for an answer", "without `timeout`"]
      : null,
  ),
  G077: eachLoad((step, flow) =>
    flow.steps.some(one => one.kind === "reconcile" && one.load === step.name)
      ? null
      : ["and nobody compares how many rows were taken", "without `reconcile`"],
  ),
  G078: eachLoad((_, flow) =>
    flow.steps.some(({ kind }) => kind === "control")
      ? null
      : ["and no control compares a sum", "without `control`"],
  ),
  G079: each(ownFlows, subject => {
    const { trigger, lane } = subject.declared
    return trigger.kind === "changed" && lane === null && writes(subject).length > 0
      ? about(
          subject,
          `Two changes of one record may overtake each other in ${subject.name}.`,
          "without `lane`",
        )
      : null
  }),
  G080: each(ownFlows, (subject, landscape) => {
    const { trigger } = subject.declared
    if (trigger.kind !== "call") return null
    const platforms = [trigger.contract, trigger.answer].flatMap(id => {
      const shape = id === null ? undefined : landscape.shape(id)
      const system = landscape.systemOf(shape)
      return shape !== undefined && system !== null && isPlatform(system) ? [{ shape, system }] : []
    })
    const [first] = platforms
    return first === undefined
      ? null
      : about(
          subject,
          `Callers of ${subject.name} speak ${first.shape.name} of ${first.system.name}.`,
          `of ${first.system.name}`,
        )
  }),
} as const satisfies Readonly<Record<string, Check>>

function writes({ declared }: FlowSubject): readonly Writing[] {
  return declared.steps.filter((step): step is Writing => step.kind === "send" || step.kind === "load")
}

function placeOf(step: Step, { declared }: FlowSubject): Violation["at"] {
  return declared.places.find(place => place.step === step.name)?.at ?? declared.at
}

function eachWrite(judge: (step: Writing) => readonly [problem: string, label: string] | null): Check {
  return each(ownFlows, (subject, landscape) =>
    writes(subject).flatMap(step => {
      const found = judge(step)
      if (found === null) return []
      const [problem, label] = found
      const name = landscape.shape(step.to.contract)?.name ?? step.to.contract
      return [
        about(subject, `The write to ${step.to.system}.${name} ${problem}.`, label, {
          at: placeOf(step, subject),
          path: step.name,
        }),
      ]
    }),
  )
}

/** Loads of rows with amounts: others are lists of names, where nothing adds up. */
function eachLoad(
  judge: (
    step: Extract<Step, { readonly kind: "load" }>,
    flow: PlanFlow,
  ) => readonly [problem: string, label: string] | null,
): Check {
  return each(ownFlows, (subject, landscape) =>
    subject.declared.steps.flatMap(step => {
      const target = step.kind === "load" ? landscape.shape(step.to.contract) : undefined
      if (step.kind !== "load" || target === undefined || !hasAmounts(target, landscape)) return []
      const found = judge(step, subject.declared)
      if (found === null) return []
      const [problem, label] = found
      return [
        about(subject, `Rows of ${step.to.system}.${target.name} are loaded, ${problem}.`, label, {
          at: placeOf(step, subject),
          path: step.name,
        }),
      ]
    }),
  )
}

function hasAmounts(shape: PlanShape, landscape: Landscape): boolean {
  return fieldsOf(shape, landscape).some(({ field }) => field.type.kind === "money")
}

/** One for each label that a question of the flow gives on as a value. `where`: to whom; null: it may be there. */
function labelled(
  subject: FlowSubject,
  question: string,
  path: string,
  what: string,
  landscape: Landscape,
  where: (label: (typeof labelNames)[number], source: PlanShape) => string | null = () => "",
): readonly Violation[] {
  const found = new Map<string, Violation>()
  for (const { source, from, read, edge } of readByQuestion(question, subject.declared, landscape)) {
    if (edge.role !== "value" || isMasked(edge)) continue
    for (const label of labelsAt(source, from, landscape)) {
      const to = where(label, source)
      if (to === null || found.has(label)) continue
      const goes = to === "" ? "" : ` and goes to ${to}`
      found.set(
        label,
        about(
          subject,
          `${what} of ${subject.name} is made of ${read.replace(`${subject.name}: `, "")}, which is marked \`${label}\`${goes}.`,
          `marked \`${label}\``,
          {
            at: edge.at[0] ?? subject.at,
            path,
          },
        ),
      )
    }
  }
  return [...found.values()]
}

/** Contracts that the flow reads, writes, publishes or is started by, each with the place that names it. */
function contractsOf(
  subject: FlowSubject,
  landscape: Landscape,
): ReadonlyMap<string, { readonly contract: PlanShape; readonly at: Violation["at"] }> {
  const found = new Map<string, { readonly contract: PlanShape; readonly at: Violation["at"] }>()
  const add = (id: string | null, at: Violation["at"]): void => {
    const contract = id === null ? undefined : landscape.shape(id)
    if (contract !== undefined && !found.has(contract.id)) found.set(contract.id, { contract, at })
  }
  for (const id of startedBy(subject.declared)) add(id, subject.at)
  for (const step of subject.declared.steps) {
    const at = placeOf(step, subject)
    if (step.kind === "read") add(step.from.contract, at)
    if (step.kind === "send" || step.kind === "load") add(step.to.contract, at)
    if (step.kind === "publish") add(step.event, at)
  }
  return found
}

function startedBy({ trigger }: PlanFlow): readonly (string | null)[] {
  switch (trigger.kind) {
    case "changed":
      return [trigger.from.contract]
    case "event":
      return [trigger.event]
    case "call":
      return [trigger.contract, trigger.answer]
    case "manual":
      return [trigger.contract]
    case "schedule":
      return []
  }
}
