// The checks of a record as data quality rules. Flows in: a shape. Flows out: a text rule for each check, by its code: the standard's own
// languages are SQL and metrics over tables, and a check is neither.
import type { PlanExpression, PlanFieldRule, PlanShape } from "../../plan/index.ts"
import { type JsonObject, jsonObject } from "../json-schema/json-object.ts"

export function qualityOf(shape: PlanShape): readonly JsonObject[] {
  return shape.rules.flatMap(rule => {
    if (rule.kind !== "check") return []
    const { code, message } = rule.exit
    return [
      jsonObject([
        ["name", code],
        ["type", "text"],
        ["description", textOf(message) ?? (rule.says === null ? undefined : phraseOf(rule.says))],
        ["dimension", rule.says === null ? "consistency" : "completeness"],
        ["severity", "error"],
      ]),
    ]
  })
}

/** What is known of a message without a record; one with holes is not shown. */
function textOf(message: PlanExpression | null): string | undefined {
  if (message?.kind === "literal" && typeof message.value === "string") return message.value
  if (message?.kind !== "interpolation") return undefined
  const parts = message.parts.filter(part => typeof part === "string")
  return parts.length === message.parts.length ? parts.join("") : undefined
}

function phraseOf(says: PlanFieldRule): string {
  switch (says.kind) {
    case "exactlyOne":
      return `Exactly one of ${says.fields.join(", ")} has a value.`
    case "atMostOne":
      return `At most one of ${says.fields.join(", ")} has a value.`
    case "allOrNone":
      return `All of ${says.fields.join(", ")} have a value, or none.`
    case "required":
      return `${says.field} has a value where its condition holds.`
  }
}
