// What flows must know of contracts. Flows in: a Plan. Flows out: keys, fields and answers of an object; the amount of a record; sentences about a payload.
import { type Plan, type PlanShape, payloadValidator } from "@fmap/compiler"
import { type Issue, isExactNumber } from "@fmap/runtime"
import type { ContractFacts, EventAmount, Figures, FlowSpec, ObjectSpec } from "@fmap/runtime/flow"
import type { LabelledField } from "@fmap/runtime/http"
import { labelsOf } from "./labelled-fields.ts"
import { planFigures } from "./plan-figures.ts"
import { stepOf } from "./step-of.ts"

export interface PlanFacts {
  facts(object: ObjectSpec): ContractFacts
  amountOf(object: ObjectSpec, record: unknown): EventAmount | undefined
  /** Undefined where the flow does not say what its events are, or where they have no amount, or several. */
  eventAmount(spec: FlowSpec, payload: unknown): EventAmount | undefined
  /** Wire name of the key of a flow's events; null: they have none, or nobody says. */
  eventKey(spec: FlowSpec): string | null
  /** Undefined: the flow does not say what its events are. */
  validatorOf(spec: FlowSpec): ((payload: unknown) => readonly string[]) | undefined
  /** The same with all there is to tell. */
  issuesOf(spec: FlowSpec): ((payload: unknown) => readonly Issue[]) | undefined
  /** Of the contract of its events. */
  labelsOf(spec: FlowSpec): readonly LabelledField[]
  /** Of the records that a step of it reads or writes; undefined: it does neither, or nobody knows the contract. */
  labelsOfStep(spec: FlowSpec, step: string): readonly LabelledField[] | undefined
  /** Of what a call of it is answered with; undefined: nobody says. */
  answerLabels(spec: FlowSpec): readonly LabelledField[] | undefined
  /** Labels that fields of an object have. */
  labelsAt(object: Pick<ObjectSpec, "contract" | "system">): ReadonlySet<LabelledField["label"]>
  /** The same, of the contract of its events. */
  eventLabels(spec: FlowSpec): ReadonlySet<LabelledField["label"]>
}

export function planFacts(plan: Plan): PlanFacts {
  const shapeOf = ({
    contract,
    system,
  }: Pick<ObjectSpec, "contract"> & { readonly system: string | null }) => {
    const named = plan.shapes.filter(
      shape => shape.contract !== null && (shape.id === contract || shape.name === contract),
    )
    return named.find(shape => shape.contract?.system === system) ?? named[0]
  }
  const payloadShape = ({ trigger }: FlowSpec) => {
    const contract = contractOf(trigger)
    return contract === null ? undefined : shapeOf(contract)
  }
  const issuesOf: PlanFacts["issuesOf"] = spec => {
    const shape = payloadShape(spec)
    if (shape === undefined) return undefined
    const validate = payloadValidator(plan, shape.id)
    return payload => {
      const result = validate(payload)
      return result.status === "done" ? [] : result.issues.filter(stops)
    }
  }
  const known = new Map<PlanShape, Figures>()
  const figuresOf = (shape: PlanShape) => {
    const figures = known.get(shape) ?? planFigures(plan, shape)
    known.set(shape, figures)
    return figures
  }
  const labelSet = (shape: PlanShape | undefined) =>
    new Set(shape === undefined ? [] : labelsOf(plan, shape).map(({ label }) => label))
  return {
    labelsAt: object => labelSet(shapeOf(object)),
    eventLabels: spec => labelSet(payloadShape(spec)),
    facts(object) {
      const shape = shapeOf(object)
      if (shape === undefined) return { key: null, fields: null }
      const answers = shape.contract?.answers?.map(({ name }) => name)
      return {
        key: shape.fields.find(field => field.key)?.wireName ?? null,
        fields: shape.fields.filter(field => !field.writeOnly).map(field => field.wireName),
        ...(answers === undefined ? {} : { answers }),
        figures: figuresOf(shape),
      }
    },
    amountOf(object, record) {
      const shape = shapeOf(object)
      return shape === undefined ? undefined : onlyAmount(shape, record)
    },
    eventKey({ trigger }) {
      const contract = contractOf(trigger)
      const shape = contract === null ? undefined : shapeOf(contract)
      return shape?.fields.find(field => field.key)?.wireName ?? null
    },
    eventAmount({ trigger }, payload) {
      const contract = contractOf(trigger)
      const shape = contract === null ? undefined : shapeOf(contract)
      const amount = shape === undefined ? undefined : onlyAmount(shape, payload)
      // Nobody has judged the payload yet.
      return amount !== undefined && isFigure(amount.value) && amount.currency.length <= 12
        ? amount
        : undefined
    },
    validatorOf(spec) {
      const issues = issuesOf(spec)
      return issues === undefined ? undefined : payload => issues(payload).map(sentence)
    },
    issuesOf,
    labelsOfStep(spec, done) {
      const step = stepOf(spec, done)
      const object =
        step === undefined ? undefined : "to" in step ? step.to : "from" in step ? step.from : undefined
      const shape = object === undefined ? undefined : shapeOf(object)
      return shape === undefined ? undefined : labelsOf(plan, shape)
    },
    answerLabels({ trigger }) {
      const contract = trigger.kind === "call" ? trigger.answer : null
      const shape = contract === null ? undefined : shapeOf({ contract, system: null })
      return shape === undefined ? undefined : labelsOf(plan, shape)
    },
    labelsOf(spec) {
      const shape = payloadShape(spec)
      return shape === undefined ? [] : labelsOf(plan, shape)
    },
  }
}

function stops({ severity }: Issue): boolean {
  return severity === "reject" || severity === "hold"
}

function sentence({ code, root, pointer, message }: Issue): string {
  return `${code} at ${root}${pointer}: ${message.replace(/\.$/u, "")}`
}

function contractOf(
  trigger: FlowSpec["trigger"],
): { readonly contract: string; readonly system: string | null } | null {
  switch (trigger.kind) {
    case "changed":
      return trigger.from
    case "event":
      return { contract: trigger.event, system: null }
    case "manual":
    case "call":
      return trigger.contract === null ? null : { contract: trigger.contract, system: null }
    case "schedule":
      return null
  }
}

/** Of a record with one amount there is no doubt which it is. Amounts on the wire as figures only: minor units would have to be taken apart. */
function onlyAmount({ fields }: PlanShape, record: unknown): EventAmount | undefined {
  const amounts = fields.flatMap(({ wireName, type }) => (type.kind === "money" ? [{ wireName, type }] : []))
  const [only] = amounts
  if (amounts.length !== 1 || only === undefined) return undefined
  const { wire, unit } = only.type
  if ((wire !== "number" && wire !== "text") || unit === null || unit.kind === "parameter") return undefined
  const value = textAt(record, [only.wireName])
  const currency = unit.kind === "constant" ? unit.code : textAt(record, wirePath(fields, unit.path))
  return value === undefined || currency === undefined ? undefined : { value, currency }
}

function wirePath(fields: PlanShape["fields"], path: readonly string[]): readonly string[] {
  const [first = "", ...rest] = path
  return rest.length > 0 ? [] : [fields.find(({ name }) => name === first)?.wireName ?? first]
}

function textAt(record: unknown, path: readonly string[]): string | undefined {
  let at = record
  if (path.length === 0) return undefined
  for (const name of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined
    at = (at as Readonly<Record<string, unknown>>)[name]
  }
  if (typeof at === "string") return at
  if (typeof at === "number") return isFigure(String(at)) ? String(at) : undefined
  return isExactNumber(at) ? at.text : undefined
}

function isFigure(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,39})(?:\.\d{1,20})?$/u.test(text)
}
