// The checks of a record as data quality rules. Flows in: a shape. Flows out: a text rule for each check, by its code: the standard's own
// languages are SQL and metrics over tables, and a check is neither.
import type { PlanExpression, PlanFieldRule, PlanShape } from "../../plan/index.ts"
import { type JsonObject, jsonObject } from "../json-schema/json-object.ts"

export function qualityOf(shape: PlanShape): readonly JsonObject[] {
  return shape.rules.flatMap(rule => {
    if (rule.kind !== "check") return []
    const { verb, code, message } = rule.exit
    return [
      jsonObject([
        ["name", code],
        ["type", "text"],
        ["description", textOf(message) ?? (rule.says === null ? undefined : phraseOf(rule.says))],
        ["dimension", rule.says === null ? "consistency" : "completeness"],
        ["severity", verb === "warn" ? "warning" : "error"],
      ]),
    ]
  })
}

/** A message with holes is shown without them. */
function textOf(message: PlanExpression | null): string | undefined {
  return message?.kind === "literal" && typeof message.value === "string" ? message.value : undefined
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
