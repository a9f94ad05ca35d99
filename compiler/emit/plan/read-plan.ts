// Reads `fmap.plan.json`. Flows in: text from anywhere. Flows out: a Plan that keeps the schema, or one sentence a person can act
// on. Never throws for what the text says.
import { isPayloadObject, ownMember, readJson } from "@fmap/runtime"
import type { Plan } from "../../plan/index.ts"
import { planSchema } from "./plan-schema.ts"

export type PlanReading = { readonly plan: Plan } | { readonly problem: string }

export function readPlan(text: string): PlanReading {
  const read = readJson(text)
  if ("refused" in read) return { problem: `The plan is not JSON: ${read.refused.message}` }
  const json = read.ok
  if (!isPayloadObject(json) || ownMember(json, "format") !== "fmap.plan") {
    return { problem: 'This is no fmap plan: it lacks "format": "fmap.plan".' }
  }
  const version = ownMember(json, "formatVersion")
  if (version !== 1) {
    return {
      problem: `The plan has format version ${String(version)}, this fmap reads version 1. Compile the project again with this fmap.`,
    }
  }
  const parsed = planSchema.safeParse(json)
  if (parsed.success) return { plan: parsed.data }
  const [issue] = parsed.error.issues
  const where = issue === undefined ? "" : ` at /${issue.path.join("/")}: ${issue.message}`
  return { problem: `The plan does not keep its schema${where}.` }
}
