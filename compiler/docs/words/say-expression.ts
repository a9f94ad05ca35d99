// An expression as a controller would say it. Flows in: an expression of the Plan and the names of its variables. Flows out: a noun phrase,
// exact enough to be signed. What becomes of a missing value at the top of a rule is told by `ways-out.ts`.

import type { Naming } from "./naming.ts"
import type { PlanExpression, PlanTextHole } from "./parts.ts"
import { sayCalendar } from "./say-calendar.ts"
import { sayCall } from "./say-call.ts"
import { sayCondition } from "./say-condition.ts"
import { sayEach, sayGenerators } from "./say-rows.ts"
import { code, listed, say, separated, type Words } from "./words.ts"

export function sayExpression(node: PlanExpression, naming: Naming): Words {
  const inner = (one: PlanExpression) => sayPart(one, naming)
  switch (node.kind) {
    case "literal":
      return code(literalText(node))
    case "missing":
      return say`nothing`
    case "clear":
      return say`an empty value, written as null`
    case "exit":
      return sayExit(node)
    case "variable": {
      if (naming.isPosition(node.variable)) return say`the number of the row`
      const stands = naming.standsFor(node.variable)
      return stands === undefined ? code(naming.nameOf(node.variable)) : sayExpression(stands, naming)
    }
    case "field":
      return memberOf(inner(node.of), node.field)
    case "entry":
      return say`the entry ${inner(node.key)} of ${inner(node.of)}`
    case "arithmetic":
      return sayArithmetic(node, naming)
    case "negate":
      return say`−${bracketed(node.of, naming)}`
    case "round":
      return say`${inner(node.of)}, rounded to ${sayScale(node, naming)}, ${roundingWords[node.mode]}`
    case "compare":
    case "between":
    case "anyOf":
    case "logic":
    case "not":
    case "present":
      return say`whether ${sayCondition(node, naming)}`
    case "switch":
    case "conditional":
      return sayChoice(node, naming)
    case "else":
      return node.fallback.kind === "exit"
        ? say`${inner(node.value)}, else ${sayExit(node.fallback)}`
        : say`${inner(node.value)}, or ${inner(node.fallback)} where it is missing`
    case "call":
      return sayCall(node, naming)
    case "lookup":
      return node.inverse
        ? say`the key of ${code(node.crosswalk)} whose value is ${listed(node.keys.map(inner))}${asOf(node.asOf, naming)}`
        : say`the row of ${code(node.crosswalk)} for ${listed(node.keys.map(inner))}${asOf(node.asOf, naming)}`
    case "interpolation":
      return sayText(node.parts, naming)
    case "record":
      return say`a record of its own`
    case "list":
      return node.elements.length === 0
        ? say`an empty list`
        : say`a list of ${node.elements.length} ${node.elements.length === 1 ? "part" : "parts"}`
    case "each":
      return sayEach(node, naming)
    case "aggregate":
      return sayAggregate(node, naming)
    case "fit":
      return sayExpression(node.of, naming)
    case "grouping": {
      const keys = listed(node.keys.map(key => inner(key.value)))
      return say`the groups of ${sayGenerators(node.generators, node.where, naming)} with equal ${keys}`
    }
    case "nesting":
      return say`the tree of ${sayGenerators(node.generators, node.where, naming)} by ${inner(node.parent)} to ${inner(node.key)}`
    case "calendar":
      return sayCalendar(node, naming)
    case "zoned":
      return say`the ${zonedWords[node.gives]} of ${inner(node.of)} in the zone ${code(node.zone)}`
    case "spread":
      return say`the parts of ${inner(node.total)}, spread over the periods of ${code(node.calendar)} from ${inner(node.from)} to ${inner(node.to)}${node.inclusive ? " (that day included)" : " (that day not included)"} by ${spreadWords[node.by]}, remainder to ${ruleWords[node.rule]}`
  }
}

/** A value with a fallback is one thing where it is part of another. */
export function sayPart(node: PlanExpression, naming: Naming): Words {
  const words = sayExpression(node, naming)
  return node.kind === "else" ? say`(${words})` : words
}

export const roundingWords = {
  half_even: "halves to the even digit",
  half_up: "halves away from zero",
  half_down: "halves towards zero",
  up: "always away from zero",
  down: "always towards zero",
  ceiling: "always upwards",
  floor: "always downwards",
  exact: "only where nothing is lost",
} as const

export const ruleWords = {
  largest_fraction: "the parts that lose most",
  largest_share: "the largest part",
  first: "the first part",
  last: "the last part",
} as const

const zonedWords = { date: "date", datetime: "local time", instant: "point in time" } as const
const spreadWords = { days: "days", months: "months", thirty_360: "months of thirty days" } as const

const aggregateWords = {
  sum: "the sum of",
  count: "the number of",
  min: "the least of",
  max: "the greatest of",
  average: "the average of",
  any: "whether one of",
  all: "whether all of",
  first: "the first of",
  last: "the last of",
  distinct: "the different values of",
} as const

export function sayScale(
  { scale }: Extract<PlanExpression, { readonly kind: "round" }>,
  naming: Naming,
): Words {
  return scale.kind === "digits"
    ? say`${scale.digits} ${scale.digits === 1 ? "decimal" : "decimals"}`
    : say`the minor units of ${sayExpression(scale.currency, naming)}`
}

function sayExit({ verb, code: name }: { readonly verb: string; readonly code: string }): Words {
  const done: Readonly<Record<string, string>> = { hold: "held", reject: "rejected", skip: "row dropped" }
  return say`${Object.hasOwn(done, verb) ? (done[verb] ?? verb) : verb} as ${code(name)}`
}

/** The message a way out shows, holes and all: `no customer for {opp.AccountId}`. */
export function messageText(message: PlanExpression | null, naming: Naming): string {
  if (message === null) return ""
  if (message.kind !== "interpolation") return ""
  return message.parts.map(part => (typeof part === "string" ? part : holeText(part, naming))).join("")
}

function holeText({ value }: PlanTextHole, naming: Naming): string {
  const words = sayExpression(value, naming)
  return `{${words.map(word => (typeof word === "string" ? word : word.code)).join("")}}`
}

function literalText({ value, type }: Extract<PlanExpression, { readonly kind: "literal" }>): string {
  return typeof value === "string" && type.kind === "text" ? JSON.stringify(value) : String(value)
}

function memberOf(of: Words, field: string): Words {
  const last = of.at(-1)
  if (of.length === 1 && typeof last === "object") return code(`${last.code}.${field}`)
  return say`${code(field)} of ${of}`
}

const signs = { "+": " + ", "-": " − ", "*": " × ", "/": " ÷ " } as const

function sayArithmetic(
  node: Extract<PlanExpression, { readonly kind: "arithmetic" }>,
  naming: Naming,
): Words {
  return say`${operand(node.left, node.operator, false, naming)}${signs[node.operator]}${operand(node.right, node.operator, true, naming)}`
}

/** Brackets where leaving them out would say something else. */
function operand(node: PlanExpression, operator: string, isRight: boolean, naming: Naming): Words {
  const named = node.kind === "variable" ? (naming.standsFor(node.variable) ?? node) : node
  if (named.kind !== "arithmetic") return bracketed(named, naming)
  const isSum = named.operator === "+" || named.operator === "-"
  const wantsBrackets =
    operator === "+" ? false : operator === "-" ? isRight && isSum : isSum || (isRight && operator === "/")
  const words = sayExpression(named, naming)
  return wantsBrackets ? say`(${words})` : words
}

function bracketed(node: PlanExpression, naming: Naming): Words {
  const words = sayExpression(node, naming)
  return words.length === 1 && typeof words[0] === "object" ? words : say`(${words})`
}

function sayChoice(
  node: Extract<PlanExpression, { readonly kind: "switch" | "conditional" }>,
  naming: Naming,
): Words {
  const { lead, cases } = choiceCases(node, naming)
  if (cases.length === 1 && lead.length === 0) return cases[0]?.then ?? []
  const told = cases.map(({ when, then }) => say`${when}: ${then}`)
  return say`${lead}${separated(told, "; ")}`
}

export interface ChoiceCase {
  readonly when: Words
  readonly then: Words
}

/** A choice case by case; a call that was written out decides nothing and has one case. */
export function choiceCases(
  node: Extract<PlanExpression, { readonly kind: "switch" | "conditional" }>,
  naming: Naming,
): { readonly lead: Words; readonly cases: readonly ChoiceCase[] } {
  const inner = (one: PlanExpression) => sayExpression(one, naming)
  if (node.kind === "switch") {
    const subject = inner(node.subject)
    return {
      lead: say`by ${subject}: `,
      cases: [
        ...node.arms.map(({ values, then }) => ({
          when: listed(
            values.map(value => code(typeof value === "string" ? JSON.stringify(value) : String(value))),
            "or",
          ),
          then: inner(then),
        })),
        ...(node.missing === null ? [] : [{ when: say`missing`, then: inner(node.missing) }]),
        ...(node.otherwise === null ? [] : [{ when: say`anything else`, then: inner(node.otherwise) }]),
      ],
    }
  }
  if (node.arms.length === 0) return { lead: [], cases: [{ when: [], then: inner(node.otherwise) }] }
  return {
    lead: say`the first that holds: `,
    cases: [
      ...node.arms.map(({ when, then }) => ({
        when: say`if ${sayCondition(when, naming)}`,
        then: inner(then),
      })),
      { when: say`otherwise`, then: inner(node.otherwise) },
    ],
  }
}

function sayText(
  parts: Extract<PlanExpression, { readonly kind: "interpolation" }>["parts"],
  naming: Naming,
): Words {
  const shown = parts.map(part => (typeof part === "string" ? part : holeText(part, naming))).join("")
  return say`the text ${code(JSON.stringify(shown))}`
}

function sayAggregate(
  { operation, generators, where, value }: Extract<PlanExpression, { readonly kind: "aggregate" }>,
  naming: Naming,
): Words {
  const word = aggregateWords[operation]
  const rows = sayGenerators(generators, where, naming)
  if (value === null) return say`${word} the rows of ${rows}`
  if (operation === "any" || operation === "all")
    return say`whether ${operation === "any" ? "for at least one of" : "for each of"} ${rows}: ${sayCondition(value, naming)}`
  const said = sayPart(value, naming)
  const [only] = generators
  const isPath =
    generators.length === 1 &&
    only !== undefined &&
    where === null &&
    naming.standsFor(only.variable) !== undefined
  return isPath ? say`${word} ${said}` : say`${word} ${said} over ${rows}`
}

function asOf(day: PlanExpression | null, naming: Naming): Words {
  return day === null ? [] : say` as of ${sayExpression(day, naming)}`
}
