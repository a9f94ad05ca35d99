// Random rules of a record about which of its optional fields have values together, as the compiler lowers them. Flows in: choices and
// the fields of the record. Flows out: rules of a shape whose variable 0 is the record.
import type { PlanExpression, PlanField, PlanFieldRule, PlanRule } from "../../../compiler/plan/index.ts"
import {
  at,
  compare,
  member,
  recordOf,
  textLiteral,
  valueType,
  variable,
} from "../interpret/plan-builders.ts"
import type { Draw } from "./draw.ts"

export function randomFieldRules(
  draw: Draw,
  shape: string,
  fields: readonly PlanField[],
): readonly PlanRule[] {
  const optional = fields.filter(field => field.optional && field.default === null)
  if (optional.length < 2 || !draw.chance(60)) return []
  const self = variable(0, recordOf(shape))
  const has = (field: PlanField): PlanExpression => present(reading(self, field), false)
  const lacks = (field: PlanField): PlanExpression => present(reading(self, field), true)
  const chosen = optional.slice(0, draw.int(2, 3))
  const others = (field: PlanField): PlanField[] => chosen.filter(one => one !== field)
  const words = fields.find(
    field =>
      !field.optional &&
      (field.type.kind === "enum" || (field.type.kind === "text" && field.type.wire === "plain")),
  )
  const kind = draw.pick(["exactlyOne", "atMostOne", "allOrNone", "required"] as const)
  const names = chosen.map(field => field.name)
  const [wanted] = chosen
  if (kind === "required" && (words === undefined || wanted === undefined)) return []
  switch (kind) {
    case "exactlyOne":
      return [
        rule(
          joined(
            "or",
            chosen.map(f => joined("and", [has(f), ...others(f).map(lacks)])),
          ),
          { kind, fields: names },
        ),
      ]
    case "atMostOne":
      return [
        rule(
          joined(
            "or",
            chosen.map(f => joined("and", others(f).map(lacks))),
          ),
          { kind, fields: names },
        ),
      ]
    case "allOrNone":
      return [
        rule(joined("or", [joined("and", chosen.map(has)), joined("and", chosen.map(lacks))]), {
          kind,
          fields: names,
        }),
      ]
    case "required": {
      const same = compare(
        reading(self, words!),
        draw.pick(["==", "!="]),
        textLiteral(draw.pick(["Won", "AB", "A"])),
      )
      const when = draw.chance(30) ? joined("and", [same, has(chosen[1]!)]) : same
      const not: PlanExpression = { kind: "not", of: when, type: { kind: "bool" }, maybe: false, at: at(80) }
      return [
        rule(joined("or", [not, has(wanted!)]), { kind, field: wanted!.name, when }, wanted!.name, [
          words!.name,
          ...names,
        ]),
      ]
    }
  }

  function rule(
    condition: PlanExpression,
    says: PlanFieldRule,
    field: string | null = null,
    reads: readonly string[] = names,
  ): PlanRule {
    return {
      kind: "check",
      reads: reads.map(name => [name]),
      condition,
      exit: {
        verb: draw.pick(["reject", "hold"]),
        code: "FIELDS",
        message: textLiteral("these do not go together"),
      },
      field,
      says,
      at: at(81),
    }
  }
}

function reading(self: PlanExpression, field: PlanField): PlanExpression {
  const read = member(self, field.name, valueType(field.type))
  return field.optional ? { ...read, maybe: true } : read
}

function present(of: PlanExpression, negated: boolean): PlanExpression {
  return { kind: "present", of, negated, type: { kind: "bool" }, maybe: false, at: at(82) }
}

function joined(operator: "and" | "or", parts: readonly PlanExpression[]): PlanExpression {
  return parts.reduce((left, right) => ({
    kind: "logic",
    operator,
    left,
    right,
    type: { kind: "bool" },
    maybe: false,
    at: at(83),
  }))
}
