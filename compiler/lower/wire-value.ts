// Constants as a payload would hold them. Flows in: a canonical constant and its wire type. Flows out: JSON. It needs the
// shapes for records, and the units around an amount where the wire counts in minor units.
import {
  isRefused,
  minorUnits,
  parseScaled,
  valueScale,
  writeBool,
  writeCode,
  writeDate,
  writeDatetime,
  writeDecimal,
  writeInstant,
  writeInteger,
  writeList,
  writeText,
} from "@fmap/runtime"
import type { DecimalWireType, PlanJson, PlanShape, ShapeId, UnitSource, WireType } from "../plan/index.ts"
import type { Constant } from "../types/constant-tree.ts"

export type WireValue = { readonly json: PlanJson } | { readonly problem: string }

export interface ValueContext {
  readonly shapes: ReadonlyMap<ShapeId, Pick<PlanShape, "parameters" | "fields" | "union">>
  /** The code an amount is in; null when it is not known here. */
  readonly unitOf: (unit: UnitSource) => string | null
}

/** Where nothing around an amount tells its currency. */
export function constantUnits(unit: UnitSource): string | null {
  return unit.kind === "constant" ? unit.code : null
}

export function wireValue(constant: Constant, type: WireType, context: ValueContext): WireValue {
  switch (constant.kind) {
    case "list":
      return listValue(constant.items, type, context)
    case "record":
      return recordValue(constant.fields, type, context)
    case "scalar":
      return scalarValue(constant.value, type, context)
  }
}

function scalarValue(value: string | boolean, type: WireType, context: ValueContext): WireValue {
  const text = String(value)
  switch (type.kind) {
    case "bool":
      return { json: writeBool(value === true, type) }
    case "text":
      return { json: writeText(text, type) }
    case "int":
      return { json: writeInteger(BigInt(text), type) }
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return decimalValue(text, type, context)
    case "currency":
    case "country":
    case "language":
      return { json: writeCode(text, type) }
    case "date":
      return { json: writeDate(text, type) }
    case "datetime":
    case "instant": {
      const written = type.kind === "datetime" ? writeDatetime(text, type) : writeInstant(text, type)
      return isRefused(written) ? { problem: written.message.replace(/\.$/, "") } : { json: written }
    }
    case "period":
      // Other forms need the calendar: a file of records has them as they are.
      return type.wire === "plain"
        ? { json: text }
        : { problem: "its form on the wire is known only to its calendar" }
    default:
      return { json: text }
  }
}

function decimalValue(text: string, type: DecimalWireType, context: ValueContext): WireValue {
  const scaled = parseScaled(text, valueScale(type))
  if (scaled === undefined) return { problem: `${text} has more digits than fit` }
  const code = type.unit === null ? null : context.unitOf(type.unit)
  const minor = code === null || type.kind !== "money" ? undefined : minorUnits(code)
  if (type.wire === "minor" && minor === undefined)
    return { problem: "it stands in minor units, and its currency is not known here" }
  try {
    return { json: writeDecimal(scaled, type, minor) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { problem: `${text} has more digits after the point than ${code ?? "the wire"} has` }
  }
}

function listValue(items: readonly Constant[], type: WireType, context: ValueContext): WireValue {
  if (type.kind !== "list") return { problem: "a list stands where none is wanted" }
  const rows: PlanJson[] = []
  for (const item of items) {
    const row = wireValue(item, type.of, context)
    if ("problem" in row) return row
    rows.push(row.json)
  }
  const written = writeList(rows, type)
  return isRefused(written) ? { problem: written.message.replace(/\.$/, "") } : { json: written as PlanJson }
}

function recordValue(fields: ReadonlyMap<string, Constant>, type: WireType, outer: ValueContext): WireValue {
  const shape = type.kind === "record" ? outer.shapes.get(type.shape) : undefined
  if (shape === undefined || type.kind !== "record")
    return { problem: "a record stands where none is wanted" }
  const unitOf = (unit: UnitSource): string | null => {
    if (unit.kind === "constant") return unit.code
    if (unit.kind === "field") return codeAt(fields, unit.path)
    const argument = type.arguments[shape.parameters.indexOf(unit.name)]
    return argument === undefined ? null : outer.unitOf(argument)
  }
  const entries: [string, PlanJson][] = []
  for (const field of shape.fields) {
    const constant = fields.get(field.name)
    if (constant === undefined) continue
    const value = wireValue(constant, field.type, { ...outer, unitOf })
    if ("problem" in value) return value
    entries.push([field.wireName, value.json])
  }
  if (shape.union !== null) {
    const [only, other] = entries
    return only === undefined || other !== undefined
      ? { problem: "a record of a union is exactly one of its kinds" }
      : { json: only[1] }
  }
  // fromEntries defines own properties, also for a field named __proto__.
  return { json: Object.fromEntries(entries) }
}

function codeAt(fields: ReadonlyMap<string, Constant>, path: readonly string[]): string | null {
  let at: Constant = { kind: "record", fields }
  for (const name of path) {
    const next: Constant | undefined = at.kind === "record" ? at.fields.get(name) : undefined
    if (next === undefined) return null
    at = next
  }
  return at.kind === "scalar" ? String(at.value) : null
}
