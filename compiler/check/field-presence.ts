// Does a value exist whatever the record is? Flows in: what is assigned to a field. Flows out: always, never, or only at run time; and
// the same for each arm of a choice that several fields make by the same conditions.
import type { PlanExpression } from "../plan/index.ts"

export type Presence = "always" | "never" | "unknown"

export function presenceOf(plan: PlanExpression): Presence {
  switch (plan.kind) {
    // A cleared field is written as null: it has no value.
    case "missing":
    case "clear":
      return "never"
    case "else": {
      const value = presenceOf(plan.value)
      return value === "unknown" && always(plan.fallback)
        ? "always"
        : value === "never"
          ? presenceOf(plan.fallback)
          : value
    }
    case "fit":
      return plan.emptyIsMissing ? "unknown" : presenceOf(plan.of)
    case "conditional":
    case "switch":
      return together(
        armsOf(plan)
          .filter(arm => !leaves(arm))
          .map(presenceOf),
      )
    default:
      return plan.maybe ? "unknown" : "always"
  }
}

function always(plan: PlanExpression): boolean {
  return leaves(plan) || presenceOf(plan) === "always"
}

/** A way out: the record ends there, and what its fields would have been does not matter. */
function leaves(plan: PlanExpression): boolean {
  return plan.kind === "exit"
}

function together(all: readonly Presence[]): Presence {
  const [first = "always", ...rest] = all
  return rest.every(one => one === first) ? first : "unknown"
}

type Choice = Extract<PlanExpression, { kind: "conditional" | "switch" }>

/** The arms of a choice in their order, `otherwise` last. */
function armsOf(plan: Choice): readonly PlanExpression[] {
  const missing = plan.kind === "switch" && plan.missing !== null ? [plan.missing] : []
  const otherwise = plan.otherwise === null ? [] : [plan.otherwise]
  return [...plan.arms.map(arm => arm.then), ...missing, ...otherwise]
}

function choiceOf(plan: PlanExpression): Choice | null {
  if (plan.kind === "fit" && !plan.emptyIsMissing) return choiceOf(plan.of)
  return plan.kind === "conditional" || plan.kind === "switch" ? plan : null
}

/** What decides between the arms, wherever it is written. */
function decisionOf(plan: Choice): string {
  const tests =
    plan.kind === "switch"
      ? [plan.subject, plan.arms.map(arm => arm.values), plan.missing !== null, plan.otherwise !== null]
      : [plan.bind, plan.arms.map(arm => arm.when)]
  return JSON.stringify(tests, (name, value) => (name === "at" ? undefined : value))
}

/**
 * Presences of several fields in each case that can be told apart: one case, or one for each arm where fields are chosen by the same
 * conditions. A field is left out of a case in which its arm ends the record.
 */
export function casesOf(
  plans: readonly (PlanExpression | null)[],
): readonly (readonly (Presence | null)[])[] {
  const choices = plans.map(plan => (plan === null ? null : choiceOf(plan)))
  const decisions = new Set(choices.filter(choice => choice !== null).map(decisionOf))
  const first = choices.find(choice => choice !== null)
  const whole = plans.map(plan => (plan === null ? "never" : presenceOf(plan)))
  if (first == null || decisions.size !== 1) return [whole]
  return armsOf(first).map((_, arm) =>
    choices.map((choice, i) => {
      const chosen = choice === null ? undefined : armsOf(choice)[arm]
      if (chosen === undefined) return whole[i] ?? "never"
      return leaves(chosen) ? null : presenceOf(chosen)
    }),
  )
}
