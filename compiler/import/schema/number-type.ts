// Numbers of a schema. Flows in: a schema of type number or integer. Flows out: an exact figure: digits where the schema has them,
// else wide ones and a note.
import type { ImportedType } from "../model.ts"
import { comparePlain, plainInteger, plainNumber } from "../settle/plain-number.ts"
import { countOf, memberOf, numberTextOf } from "../tree/tree-value.ts"
import { noteAt, type SchemaContext } from "./schema-context.ts"

/** Wide enough for whatever a double can show of an amount. */
const unsaid = { precision: 34, scale: 12 }

export function integerType(schema: unknown, at: string, context: SchemaContext): ImportedType {
  const { min, max, exclusive } = boundsOf(schema)
  noteMultiple(schema, at, context, "1")
  return {
    kind: "int",
    min: whole(min, exclusive === "min" || exclusive === "both" ? 1n : 0n),
    max: whole(max, exclusive === "max" || exclusive === "both" ? -1n : 0n),
  }
}

/** A bound inside by one where it is not a value itself. */
function whole(bound: string | null, inward: bigint): string | null {
  const integer = bound === null ? null : plainInteger(bound)
  return integer === null ? null : String(BigInt(integer) + inward)
}

export function figureType(schema: unknown, at: string, context: SchemaContext): ImportedType {
  const sizes = sizesOf(schema)
  if (sizes === null)
    noteAt(
      context,
      "guessed",
      at,
      `The source says no digits; decimal(${unsaid.precision},${unsaid.scale}) is taken. An amount of money wants its currency: \`money(18,2) in …\`.`,
      "unsure",
    )
  const { min, max, exclusive } = boundsOf(schema)
  return {
    kind: "decimal",
    ...(sizes ?? unsaid),
    min,
    max,
    ...(exclusive === null ? {} : { exclusive }),
  }
}

function sizesOf(schema: unknown): { precision: number; scale: number } | null {
  const precision = countOf(schema, "x-sap-precision")
  if (precision !== null && precision > 0) return { precision, scale: countOf(schema, "x-sap-scale") ?? 0 }
  const step = plainNumber(numberTextOf(memberOf(schema, "multipleOf")) ?? "")
  const scale = step === null ? null : /^(?:1|0\.0*1)$/.test(step) ? (step.split(".")[1]?.length ?? 0) : null
  return scale === null ? null : { precision: Math.min(38, 18 + scale), scale }
}

function noteMultiple(schema: unknown, at: string, context: SchemaContext, known: string): void {
  const step = numberTextOf(memberOf(schema, "multipleOf"))
  if (step !== null && plainNumber(step) !== known)
    noteAt(context, "dropped", at, `"multipleOf" is not kept: it is a multiple of ${step}.`)
}

interface Bounds {
  readonly min: string | null
  readonly max: string | null
  readonly exclusive: "min" | "max" | "both" | null
}

/** Draft 4 says with a flag that a bound is not a value itself, later ones with a bound of its own. */
function boundsOf(schema: unknown): Bounds {
  const low = tighter(schema, "minimum", "exclusiveMinimum", 1)
  const high = tighter(schema, "maximum", "exclusiveMaximum", -1)
  const exclusive =
    low.exclusive && high.exclusive ? "both" : low.exclusive ? "min" : high.exclusive ? "max" : null
  return { min: low.value, max: high.value, exclusive }
}

function tighter(
  schema: unknown,
  inclusive: string,
  exclusive: string,
  direction: 1 | -1,
): { value: string | null; exclusive: boolean } {
  const plain = plainNumber(numberTextOf(memberOf(schema, inclusive)) ?? "")
  const flag = memberOf(schema, exclusive)
  if (typeof flag === "boolean") return { value: plain, exclusive: flag && plain !== null }
  const open = plainNumber(numberTextOf(flag) ?? "")
  if (open === null) return { value: plain, exclusive: false }
  if (plain === null || comparePlain(open, plain) * direction >= 0) return { value: open, exclusive: true }
  return { value: plain, exclusive: false }
}
