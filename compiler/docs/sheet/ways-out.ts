// What happens when a value is missing or does not fit. Flows in: the expression of a field. Flows out: each way out with what leads to it,
// without those of rows and records inside, which have lines of their own.
import { childrenOf } from "../../plan/children.ts"
import type { PlanCrosswalk, PlanExpression } from "../../plan/index.ts"
import { type Naming, namingOf } from "../words/naming.ts"
import { choiceCases, messageText } from "../words/say-expression.ts"
import { say, type Words } from "../words/words.ts"
import { withoutFit } from "./rule.ts"

export interface WayOut {
  readonly verb: "reject" | "hold" | "skip" | "warn"
  readonly code: string
  readonly message: string
  readonly when: Words
}

/** What a way out is told with: names, and the crosswalks, some of which have a way out of their own. */
export interface Leaving {
  readonly naming: Naming
  readonly crosswalk: (id: string) => PlanCrosswalk | undefined
}

export function waysOut(value: PlanExpression, leaving: Leaving): readonly WayOut[] {
  const found = below(value, say`there is no value`, leaving)
  return found.filter(
    (one, i) =>
      found.findIndex(
        other =>
          other.code === one.code &&
          other.message === one.message &&
          JSON.stringify(other.when) === JSON.stringify(one.when),
      ) === i,
  )
}

function below(node: PlanExpression, when: Words, leaving: Leaving): readonly WayOut[] {
  const { naming } = leaving
  switch (node.kind) {
    case "exit":
      return [{ verb: node.verb, code: node.code, message: messageText(node.message, naming), when }]
    case "record":
      return []
    case "each":
      return childrenOf(node).flatMap(({ expression }) =>
        expression === node.body ? [] : below(expression, when, leaving),
      )
    case "else":
      return [
        ...below(node.value, when, leaving),
        ...below(node.fallback, reasonOf(withoutFit(node.value)), leaving),
      ]
    case "switch":
    case "conditional": {
      const { cases } = choiceCases(node, naming)
      const thens =
        node.kind === "switch"
          ? [
              ...node.arms.map(({ then }) => then),
              ...[node.missing, node.otherwise].filter(one => one !== null),
            ]
          : [...node.arms.map(({ then }) => then), node.otherwise]
      const deciding =
        node.kind === "switch"
          ? [node.subject]
          : [...(node.bind === null ? [] : [node.bind.value]), ...node.arms.map(arm => arm.when)]
      return [
        ...deciding.flatMap(one => below(one, when, leaving)),
        ...thens.flatMap((then, i) =>
          below(then, then.kind === "exit" ? (cases[i]?.when ?? when) : when, leaving),
        ),
      ]
    }
    case "fit": {
      const reasons = node.checks.map(({ kind }) => checkWords[kind])
      const unfit: readonly WayOut[] =
        reasons.length === 0
          ? []
          : [{ verb: "reject", code: "OUT_OF_RANGE", message: "", when: say`${reasons.join(", or ")}` }]
      return [...below(node.of, when, leaving), ...unfit]
    }
    case "lookup": {
      const keys = childrenOf(node).flatMap(({ expression }) => below(expression, when, leaving))
      const { parameters = [], unmapped = null } = leaving.crosswalk(node.crosswalk) ?? {}
      if (unmapped === null || node.inverse) return keys
      const variables = parameters.map(({ name }) => ({ name, type: unmapped.type, maybe: false }))
      const inside = { ...leaving, naming: namingOf(variables, unmapped) }
      return [...keys, ...below(unmapped, say`there is no row`, inside)]
    }
    default:
      return childrenOf(node).flatMap(({ expression }) => below(expression, when, leaving))
  }
}

const checkWords = {
  digits: "it has more digits than the field",
  scale: "it has more decimals than the field",
  bounds: "it is out of the field's bounds",
  minor: "it is not whole in the currency's minor units",
  length: "its length does not fit the field",
  pattern: "it does not have the field's form",
  items: "there are too few or too many rows",
  form: "the field's written form has no place for all of it",
} as const

function reasonOf(value: PlanExpression): Words {
  switch (value.kind) {
    case "lookup":
      return say`there is no row`
    case "each":
      return say`there are no rows`
    case "variable":
    case "field":
    case "entry":
      return say`it is missing`
    default:
      return say`there is no value`
  }
}
