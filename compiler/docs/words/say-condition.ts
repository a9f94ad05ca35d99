// A condition as a clause: `line.Quantity is more than 0`. Flows in: an expression that holds or not. Flows out: words that follow "if",
// "where" or "whether". Negations are said, not shown as signs.

import type { Naming } from "./naming.ts"
import type { PlanExpression } from "./parts.ts"
import { sayPart } from "./say-expression.ts"
import { listed, say, type Words } from "./words.ts"

export const comparisonWords = {
  "==": "equals",
  "!=": "differs from",
  "<": "is less than",
  "<=": "is at most",
  ">": "is more than",
  ">=": "is at least",
} as const

const dateWords = {
  ...comparisonWords,
  "<": "is before",
  "<=": "is not after",
  ">": "is after",
  ">=": "is not before",
} as const

export function sayCondition(node: PlanExpression, naming: Naming): Words {
  const value = (one: PlanExpression) => sayPart(one, naming)
  switch (node.kind) {
    case "compare": {
      const { kind } = node.left.type
      const isTime = kind === "date" || kind === "instant" || kind === "datetime" || kind === "period"
      const words = isTime ? dateWords : comparisonWords
      return say`${value(node.left)} ${words[node.operator]} ${value(node.right)}`
    }
    case "between":
      return say`${value(node.of)} is ${node.negated ? "not " : ""}within ${value(node.low)} to ${value(node.high)}`
    case "anyOf":
      return say`${value(node.of)} is ${node.negated ? "none" : "one"} of ${listed(node.options.map(value), "or")}`
    case "logic":
      return say`${part(node.left, node.operator, naming)} ${node.operator} ${part(node.right, node.operator, naming)}`
    case "not":
      return say`not (${sayCondition(node.of, naming)})`
    case "present":
      return say`${value(node.of)} is ${node.negated ? "missing" : "present"}`
    case "fit":
      return sayCondition(node.of, naming)
    case "literal":
      return node.value === true ? say`always` : say`never`
    default:
      return withoutWhether(value(node)) ?? say`${value(node)} is true`
  }
}

/** What is a condition already: "whether a holds b". */
function withoutWhether([first, ...rest]: Words): Words | null {
  const word = "whether "
  return typeof first === "string" && first.startsWith(word) ? say`${first.slice(word.length)}${rest}` : null
}

function part(node: PlanExpression, operator: "and" | "or", naming: Naming): Words {
  const words = sayCondition(node, naming)
  return node.kind === "logic" && node.operator !== operator ? say`(${words})` : words
}
