// Crosswalks that receipts of flows fill: `links Salesforce.Account to NetSuite.Customer`. Flows in: bound crosswalks. Flows out: which key of
// which record leads to which field of an answer. What a step writes to the one contract, made of a record of the other, becomes a row.
import { type Diagnostic, diagnostic, type Path, type Span } from "@fmap/grammar"
import type { SendStep } from "@fmap/runtime/flow"
import type { PlanFlow } from "../../plan/index.ts"
import type { BoundCrosswalk, BoundProject } from "../../resolve/model.ts"
import type { Context } from "../context.ts"
import { ask } from "./ask.ts"
import type { What } from "./call.ts"
import { type ContractAt, contractAt } from "./contract-at.ts"
import { type FlowEnvironment, type Linked, placeOf, type Visible } from "./environment.ts"
import { contractOf } from "./fits.ts"

export function linkedCrosswalks(
  crosswalks: BoundProject["crosswalks"],
  names: (file: string) => Context["names"],
  report: (diagnostic: Diagnostic) => void,
): readonly Linked[] {
  return crosswalks.flatMap(crosswalk => {
    const linked = linkedOf(crosswalk, { names: names(crosswalk.file), report, flow: crosswalk })
    return linked === null ? [] : [linked]
  })
}

type Around = Parameters<typeof contractAt>[2]

function linkedOf(crosswalk: BoundCrosswalk, around: Around): Linked | null {
  const { node } = crosswalk
  if (node.kind !== "crosswalk" || node.links === undefined || crosswalk.broken) return null
  const from = contractAt(withoutField(node.links.from), "reads", around)
  const to = contractAt(withoutField(node.links.to), "writes", around)
  if (from === null || to === null) return null
  const keyName = fieldOf(node.links.from)
  const keys = from.shape.fields.filter(field => (keyName === null ? field.key : field.name === keyName))
  const answers = to.shape.answers ?? []
  const answerName = fieldOf(node.links.to) ?? (answers.length === 1 ? answers[0]?.name : "id")
  const answer = answers.find(each => each.name === answerName)
  const [key] = keys
  const problem =
    key === undefined || keys.length > 1
      ? `${from.shape.name} has no ${keyName === null ? "field that alone is its key" : `field "${keyName}"`}`
      : answer === undefined
        ? `${to.shape.name} does not answer ${answerName === undefined ? "anything" : `"${answerName}"`}`
        : answer.type.kind !== crosswalk.result.kind
          ? `"${answer.name}" is of another type than what it gives`
          : null
  if (problem === null && key !== undefined && answer !== undefined)
    return { crosswalk, from: from.shape, key, to: to.shape, answer: answer.name }
  around.report(
    diagnostic(
      "FM7160",
      { crosswalk: crosswalk.name, problem: problem ?? "" },
      placeOf(around, node.links.span),
    ),
  )
  return null
}

const withoutField = (path: Path): Path => ({ ...path, names: path.names.slice(0, 2) })
const fieldOf = ({ names }: Path): string | null => names[2]?.text ?? null

/** The rows that the receipt of a write becomes. */
export function linksOf(
  what: What,
  { shape }: ContractAt,
  step: string,
  visible: Visible,
  span: Span,
  env: FlowEnvironment,
): SendStep["links"] {
  if (!("call" in what)) return []
  const given = what.call.arguments.flatMap(argument =>
    "binder" in argument ? (visible.binders.get(argument.binder) ?? []) : [],
  )
  return env.links.flatMap(({ crosswalk, from, key: field, to, answer }) => {
    const source = given.find(({ type }) => type.kind === "record" && contractOf(type.shape) === from)
    const [parameter] = crosswalk.parameters
    if (to !== shape || source === undefined || parameter === undefined) return []
    const asked = (part: string, of: string, name: string, wanted: Parameters<typeof ask>[0]["wanted"]) =>
      ask(
        {
          part: `${step}.${crosswalk.name}.${part}`,
          value: {
            kind: "member",
            object: { kind: "name", name: { text: of, span, quoted: true }, span },
            name: { text: name, span, quoted: true },
            span,
          },
          wanted,
          visible,
          noExit: null,
        },
        env,
      )
    const key = asked("key", source.name, field.name, { type: parameter.type, optional: field.optional })
    const value = asked("value", step, answer, { type: crosswalk.result, optional: true })
    return key === null || value === null ? [] : [{ crosswalk: crosswalk.id, keys: [key], value }]
  })
}

export function filledBy(flows: readonly { readonly plan: PlanFlow }[]): ReadonlySet<string> {
  return new Set(
    flows.flatMap(({ plan }) =>
      plan.steps.flatMap(step => (step.kind === "send" ? step.links.map(link => link.crosswalk) : [])),
    ),
  )
}

/** Those that no flow fills. */
export function unfilled(links: readonly Linked[], filled: ReadonlySet<string>): readonly Diagnostic[] {
  return links
    .filter(({ crosswalk }) => !filled.has(crosswalk.id))
    .map(({ crosswalk, from, to }) =>
      diagnostic("FM7161", { crosswalk: crosswalk.name, from: from.name, to: to.name }, crosswalk.place, {
        label: "always without a row",
        help: `Send or ensure a ${to.name} that a map makes of a ${from.name}.`,
      }),
    )
}
