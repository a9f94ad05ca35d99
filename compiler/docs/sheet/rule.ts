// The rule of one field or value as a sentence, with the cases of a choice apart. Flows in: its expression. Flows out: words. What happens
// without a value is told by `ways-out.ts`, so a way out at the top says nothing here.
import type { PlanExpression } from "../../plan/index.ts"
import type { Naming } from "../words/naming.ts"
import { type ChoiceCase, choiceCases, sayExpression } from "../words/say-expression.ts"
import { code, listed, say, sentence, type Words } from "../words/words.ts"

export interface Rule {
  readonly words: Words
  /** Of a choice, in the order they are tried. */
  readonly cases: readonly ChoiceCase[]
}

export function ruleOf(value: PlanExpression, naming: Naming): Rule {
  const node = withoutFit(value)
  switch (node.kind) {
    case "else": {
      const rule = ruleOf(node.value, naming)
      if (withoutFit(node.fallback).kind === "exit") return rule
      const fallback = sayExpression(node.fallback, naming)
      return { ...rule, words: say`${rule.words} Where that is missing: ${fallback}.` }
    }
    case "switch":
    case "conditional": {
      const { lead, cases } = choiceCases(node, naming)
      const [only] = cases
      if (node.kind === "conditional" && node.arms.length === 0 && only !== undefined)
        return ruleOf(node.otherwise, naming)
      return { words: sentence(withoutColon(lead)), cases }
    }
    case "literal":
      return plain(say`always ${sayExpression(node, naming)}`)
    case "variable":
    case "field":
      return plain(fieldRule(node, naming))
    case "lookup":
      return plain(lookupRule(node, naming))
    default:
      return plain(sayExpression(node, naming))
  }
}

export function withoutFit(node: PlanExpression): PlanExpression {
  return node.kind === "fit" ? withoutFit(node.of) : node
}

function plain(words: Words): Rule {
  return { words: sentence(words), cases: [] }
}

function fieldRule(node: PlanExpression, naming: Naming): Words {
  const root = rootOf(node, naming)
  if (root.kind === "lookup" && node.kind === "field")
    return say`${lookupRule(root, naming)}: its ${code(node.field)}`
  return root.kind === "variable" && !naming.isPosition(root.variable)
    ? say`copied from ${sayExpression(node, naming)}`
    : sayExpression(node, naming)
}

/** What a path begins with. */
function rootOf(node: PlanExpression, naming: Naming): PlanExpression {
  if (node.kind === "field") return rootOf(node.of, naming)
  if (node.kind === "fit") return rootOf(node.of, naming)
  if (node.kind !== "variable") return node
  const stands = naming.standsFor(node.variable)
  return stands === undefined ? node : rootOf(stands, naming)
}

function lookupRule(
  { crosswalk, keys, asOf, inverse }: Extract<PlanExpression, { readonly kind: "lookup" }>,
  naming: Naming,
): Words {
  const asked = listed(keys.map(key => sayExpression(key, naming)))
  const day = asOf === null ? [] : say` as of ${sayExpression(asOf, naming)}`
  const back = inverse ? " (asked back)" : ""
  return say`looked up in ${code(crosswalk)}${back} by ${asked}${day}`
}

function withoutColon(words: Words): Words {
  const last = words.at(-1)
  return typeof last === "string" ? [...words.slice(0, -1), last.replace(/:\s*$/u, "")] : words
}
