// What holds beside the fields: values worked out on the way, checks and controls. Flows in: a map of the Plan. Flows out: each with its
// sentence, what happens when it fails and the line it stands on.
import type { PlanExpression, PlanMap, PlanSetControl, PlanSetTerm } from "../../plan/index.ts"
import { type PlacedStep, stepsWithin } from "../../plan/steps-within.ts"
import type { Naming } from "../words/naming.ts"
import { comparisonWords, sayCondition } from "../words/say-condition.ts"
import { messageText, ruleWords, sayPart } from "../words/say-expression.ts"
import { code, listed, say, sentence, type Words } from "../words/words.ts"
import { type Rule, ruleOf } from "./rule.ts"
import type { SheetContext } from "./sheet-lines.ts"
import { placeText, sourceLines } from "./source-lines.ts"
import { type WayOut, waysOut } from "./ways-out.ts"

interface Placed {
  /** The target field in whose record or rows it is said; empty: the target itself. */
  readonly path: string
  readonly place: string
  readonly source: string
}

/** A `let`, a derived value of the target or a share. */
export interface WorkedOut extends Placed {
  readonly name: string
  readonly rule: Rule
  readonly waysOut: readonly WayOut[]
}

export interface Ruling extends Placed {
  readonly kind: "check" | "control"
  /** Of a control. */
  readonly title: string
  readonly words: Words
  readonly verb: "reject" | "hold" | "warn"
  readonly code: string
  readonly message: string
}

export function workedOut(context: SheetContext): readonly WorkedOut[] {
  const { map, naming } = context
  return stepsWithin(map.body).flatMap((placed): readonly WorkedOut[] => {
    const { step } = placed
    if (step.kind === "let" || step.kind === "derive") {
      const name = step.kind === "derive" ? step.field : naming.nameOf(step.variable)
      const { value } = step
      const told = { rule: ruleOf(value, naming), waysOut: waysOut(value, context) }
      return [{ name, ...told, ...placedAt(placed, context) }]
    }
    if (step.kind !== "share") return []
    const equally = step.equally ? "; in equal parts where there is no proportion" : ""
    const words = say`a share of ${sayPart(step.total, naming)} by ${sayPart(step.weight, naming)}, remainder to ${ruleWords[step.rule]}${equally}`
    const rule = { words: sentence(words), cases: [] }
    return [{ name: naming.nameOf(step.variable), rule, waysOut: [], ...placedAt(placed, context) }]
  })
}

export function rulings(context: SheetContext): readonly Ruling[] {
  const { map, naming } = context
  const within = stepsWithin(map.body).flatMap((placed): readonly Ruling[] => {
    const { step } = placed
    if (step.kind !== "check" && step.kind !== "control") return []
    const { verb, code: name, message } = step.exit
    return [
      {
        kind: step.kind,
        title: step.kind === "control" ? step.title : "",
        words: sentence(
          step.kind === "check" ? sayCondition(step.condition, naming) : sayControl(step, naming),
        ),
        verb,
        code: name,
        message: messageText(message, naming),
        ...placedAt(placed, context),
      },
    ]
  })
  // A rule of a record holds for every part of a list that is one: it is said once.
  const once = new Map(within.map(ruling => [JSON.stringify(ruling), ruling]))
  return [...once.values(), ...setRulings(map, context)]
}

function placedAt({ step, path }: PlacedStep, { sources }: SheetContext): Placed {
  return { path, place: placeText(step.at, sources.plan), source: sourceLines(step.at, sources) }
}

type ControlStep = Extract<PlacedStep["step"], { readonly kind: "control" }>

function sayControl({ left, operator, right, within, when, groups }: ControlStep, naming: Naming): Words {
  const value = (one: PlanExpression) => sayPart(one, naming)
  const tolerance =
    within === null
      ? []
      : within.minorOf !== null
        ? say`, within ${value(within.amount)} minor ${isOne(within.amount) ? "unit" : "units"}`
        : say`, within ${value(within.amount)}${within.relative ? " of the second figure" : ""}`
  const only = when === null ? [] : say`, when ${sayCondition(when, naming)}`
  const each = groups === null ? [] : say`for each ${listed(groups.keys.map(({ name }) => code(name)))}: `
  return say`${each}${value(left)} ${comparisonWords[operator]} ${value(right)}${tolerance}${only}`
}

function isOne(amount: PlanExpression): boolean {
  return amount.kind === "literal" && amount.value === "1"
}

function setRulings({ set }: PlanMap, context: SheetContext): readonly Ruling[] {
  return (set?.controls ?? []).map(control => ({
    kind: "control",
    title: control.title,
    words: sentence(say`over the whole run, ${saySetControl(control, context)}`),
    verb: control.exit.verb,
    code: control.exit.code,
    message: control.exit.message ?? "",
    path: "",
    place: placeText(control.at, context.sources.plan),
    source: sourceLines(control.at, context.sources),
  }))
}

function saySetControl(
  { keys, left, operator, right, within }: PlanSetControl,
  context: SheetContext,
): Words {
  const side = (terms: readonly PlanSetTerm[]) =>
    say`${terms.flatMap((term, i) => [
      term.negative ? (i === 0 ? "−" : " − ") : i === 0 ? "" : " + ",
      ...sayTerm(term, context),
    ])}`
  const each = keys.length === 0 ? [] : say`for each ${listed(keys.map(({ name }) => code(name)))}: `
  const tolerance =
    within === null
      ? ""
      : `, within ${within.amount}${within.minor ? " minor units" : within.relative ? " of the second figure" : ""}`
  return say`${each}${side(left)} ${comparisonWords[operator]} ${side(right)}${tolerance}`
}

const rowWords = {
  rows: "all rows",
  rejected: "the rejected rows",
  held: "the held rows",
  dropped: "the dropped rows",
  out: "the records that came out",
} as const

function sayTerm(term: PlanSetTerm, { map, naming }: SheetContext): Words {
  switch (term.kind) {
    case "sum":
      return say`the sum of ${code(map.set?.figures[term.figure]?.path ?? "")} over ${rowWords[term.of]}`
    case "sumOut":
      return say`the sum of ${code(term.field)} over ${rowWords.out}`
    case "count":
      return say`the number of ${rowWords[term.of]}`
    case "literal":
      return code(term.value)
    case "input":
      return sayPart(term.value, naming)
  }
}
