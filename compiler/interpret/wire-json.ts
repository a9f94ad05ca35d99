// JSON of the Plan as a payload would hold it. The Plan writes every figure as text, so that it stays exact; where the wire
// type wants a JSON number, the text becomes one. Flows in: Plan JSON and its type. Flows out: a payload value.
import { jsonNumber, parseDecimal } from "@fmap/runtime"
import type { Plan, PlanJson, WireType } from "../plan/index.ts"

export function wireJson(json: PlanJson | undefined, type: WireType, plan: Plan): unknown {
  if (json === undefined || json === null || typeof json === "boolean") return json
  switch (type.kind) {
    case "int":
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return typeof json === "string" && type.wire !== "text" ? figure(json) : json
    case "date":
    case "datetime":
    case "instant":
      return typeof json === "string" && typeof type.wire === "object" && "epoch" in type.wire
        ? figure(json)
        : json
    case "record": {
      const shape = plan.shapes.find(candidate => candidate.id === type.shape)
      return typeof json === "string" || shape === undefined ? json : wireRecord(json, shape.fields, plan)
    }
    case "list": {
      if (typeof type.wire === "object" && "under" in type.wire && isObject(json)) {
        const { under } = type.wire
        return mapObject(json, (value, name) => (name === under ? items(value, type.of, plan) : value))
      }
      return items(json, type.of, plan)
    }
    case "dictionary":
      return isObject(json) ? mapObject(json, value => wireJson(value, type.of, plan)) : json
    default:
      return json
  }
}

/** The members of a record by their wire names; others stay as they are. */
export function wireRecord(
  json: PlanJson,
  fields: readonly { readonly wireName: string; readonly type: WireType }[],
  plan: Plan,
): unknown {
  if (!isObject(json)) return json
  const types = new Map(fields.map(field => [field.wireName, field.type]))
  return mapObject(json, (value, name) => {
    const type = types.get(name)
    return type === undefined ? value : wireJson(value, type, plan)
  })
}

function items(json: PlanJson, of: WireType, plan: Plan): unknown {
  return Array.isArray(json) ? json.map((item: PlanJson) => wireJson(item, of, plan)) : json
}

/** Text that is no figure stays text: the door will say so. */
function figure(text: string): unknown {
  const decimal = parseDecimal(text)
  return decimal === undefined ? text : jsonNumber(decimal.unscaled, decimal.scale)
}

function isObject(json: PlanJson): json is { readonly [key: string]: PlanJson } {
  return typeof json === "object" && json !== null && !Array.isArray(json)
}

/** `Object.fromEntries` defines own properties: `__proto__` is a name like any other. */
function mapObject(
  object: { readonly [key: string]: PlanJson },
  change: (value: PlanJson, name: string) => unknown,
): unknown {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]))
}
