// Calls a built-in of the runtime by name. Flows in: evaluated arguments, numbers as the runtime takes them (scaled at
// their static scale). Flows out: its result, missing where it fails. The built-ins themselves are tested in the runtime.
import { fromScaled, functions, toScaled } from "@fmap/runtime"
import type { PlanExpression, ValueType } from "../plan/index.ts"
import {
  asNumber,
  asText,
  BrokenPlan,
  isStopped,
  MISSING,
  numberValue,
  type Outcome,
  POISON,
} from "./value.ts"

type Argument = string | boolean | bigint | readonly string[]
type BuiltIn = (...values: readonly Argument[]) => Argument | undefined

const builtIns: ReadonlyMap<string, unknown> = new Map(Object.entries(functions))

export function callFunction(
  call: Extract<PlanExpression, { kind: "call" }>,
  values: readonly Outcome[],
): Outcome {
  const builtIn = builtIns.get(call.function)
  if (typeof builtIn !== "function")
    throw new BrokenPlan(`there is no built-in ${JSON.stringify(call.function)}`)
  const taken: Argument[] = []
  for (const [i, value] of values.entries()) {
    if (typeof value === "object" && value.kind === "list" && value.elements.some(isStopped)) return POISON
    taken.push(argument(value, call.arguments[i]?.type ?? { kind: "never" }))
  }
  // The checker has proved number and kinds of the arguments against the built-in's spec.
  const result = (builtIn as BuiltIn)(...taken)
  if (result === undefined) return MISSING
  if (typeof result === "object") return { kind: "list", elements: result }
  if (typeof result !== "bigint") return result
  return numberValue(fromScaled(result, call.type.kind === "number" ? call.type.scale : 0))
}

function argument(value: Outcome, type: ValueType): Argument {
  if (typeof value === "boolean") return value
  if (typeof value === "object" && value.kind === "list") return value.elements.map(asText)
  if (type.kind !== "number") return asText(value)
  const scaled = toScaled(asNumber(value), type.scale)
  if (scaled === undefined) throw new BrokenPlan("an argument has more digits than its type")
  return scaled
}
