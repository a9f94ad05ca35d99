// What flows give maps besides records: of which field of which record a given has its value. Flows in: a landscape and a map. Flows out: edges from fields of
// the records a flow knows to givens of the map, made from the lineage of questions.
import type { Edge } from "../lineage/index.ts"
import type { PlanFlow, PlanMap, PlanShape } from "../plan/index.ts"
import type { Landscape } from "./landscape.ts"

export interface GivenByFlow {
  readonly given: string
  readonly source: PlanShape
  readonly from: readonly string[]
  /** `QuoteToOrder: account.name`. */
  readonly read: string
  readonly edge: Edge
}

type Known = Pick<Landscape, "lineage" | "shape" | "plan">

export function givensByFlows(map: PlanMap, landscape: Known): readonly GivenByFlow[] {
  const { plan } = landscape
  return (plan.flows ?? []).flatMap(flow =>
    callsOf(flow)
      .filter(call => call.map === map.name)
      .flatMap(call =>
        call.arguments.flatMap(argument =>
          "value" in argument ? answeredBy(argument.name, argument.value.map, flow, landscape) : [],
        ),
      ),
  )
}

type Call = (PlanFlow["steps"][number] & { readonly kind: "map" })["call"]

function callsOf({ steps }: PlanFlow): readonly Call[] {
  return steps.flatMap(step => {
    if (step.kind === "map") return [step.call]
    const made = "what" in step && "call" in step.what ? [step.what.call] : []
    return step.kind === "send" && step.compensate !== null ? [...made, step.compensate] : made
  })
}

function answeredBy(
  given: string,
  question: string,
  flow: PlanFlow,
  landscape: Known,
): readonly GivenByFlow[] {
  return readByQuestion(question, flow, landscape).map(read => ({ given, ...read }))
}

/** Fields of the records a flow knows that a question of it reads, with what they do for its answer. */
export function readByQuestion(
  question: string,
  flow: PlanFlow,
  { plan, lineage, shape }: Known,
): readonly Omit<GivenByFlow, "given">[] {
  const asked = plan.questions?.find(({ name }) => name === question)
  const scope = shape(asked?.sources[0]?.binding.shape ?? "")
  if (asked === undefined || scope === undefined) return []
  return (lineage(asked)?.fields ?? []).flatMap(({ edges }) =>
    edges.flatMap((edge): readonly Omit<GivenByFlow, "given">[] => {
      if (edge.origin.kind !== "source") return []
      const [binder = "", ...from] = edge.origin.path
      let type = scope.fields.find(field => field.name === binder)?.type
      while (type?.kind === "list" || type?.kind === "dictionary") type = type.of
      const source = type?.kind === "record" ? shape(type.shape) : undefined
      return source === undefined
        ? []
        : [{ source, from, read: `${flow.name}: ${[binder, ...from].join(".")}`, edge }]
    }),
  )
}
