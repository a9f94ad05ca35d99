// Specs of the door's readers and writers as constants of the module: what the runtime must know of a field, no more.
import type { WireType } from "../../plan/index.ts"
import type { Flow } from "./flow.ts"
import { nil } from "./javascript/build.ts"
import type { Js } from "./javascript/nodes.ts"

export function specOf(flow: Flow, type: WireType): Js {
  return flow.module.spec(type, () => {
    const { spec, hint, name } = described(type)
    return spec === null ? nil : flow.module.constant(spec, hint, name)
  })
}

function described(type: WireType): {
  readonly spec: unknown
  readonly hint: string
  readonly name: string | null
} {
  switch (type.kind) {
    case "text":
      return {
        spec: pick(type, ["kind", "min", "max", "measure", "pattern", "wire"]),
        hint: type.max === null ? "TEXT" : `TEXT_${type.max}`,
        name: "TextSpec",
      }
    case "bool":
      return { spec: pick(type, ["kind", "wire"]), hint: "BOOL", name: "BoolSpec" }
    case "int":
      return { spec: pick(type, ["kind", "min", "max", "wire"]), hint: "INT", name: "IntegerSpec" }
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return {
        spec: pick(type, ["kind", "precision", "scale", "low", "high", "fitsMinor", "wire", "fraction"]),
        hint: `${type.kind.toUpperCase()}_${type.precision ?? "ANY"}_${type.scale}`,
        name: "DecimalSpec",
      }
    case "currency":
    case "country":
    case "language":
      return { spec: pick(type, ["kind", "wire"]), hint: type.kind.toUpperCase(), name: "CodeSpec" }
    case "date":
    case "datetime":
    case "instant":
      return { spec: pick(type, ["kind", "wire"]), hint: type.kind.toUpperCase(), name: "TimeSpec" }
    case "enum":
      return {
        spec: { kind: "enum", open: type.open, members: type.members.map(({ value }) => ({ value })) },
        hint: type.name ?? "MEMBERS",
        name: "EnumSpec",
      }
    case "list":
      return { spec: pick(type, ["kind", "min", "max", "wire"]), hint: "LIST", name: "ListSpec" }
    case "period":
      return { spec: pick(type, ["kind", "wire"]), hint: "PERIOD", name: "PeriodSpec" }
    case "record":
    case "dictionary":
    case "json":
      return { spec: null, hint: "NONE", name: null }
  }
}

function pick(type: object, keys: readonly string[]): unknown {
  return Object.fromEntries(Object.entries(type).filter(([key]) => keys.includes(key)))
}

/** The door's reader of a kind. */
export function readerOf(type: WireType): string {
  switch (type.kind) {
    case "text":
      return "readText"
    case "bool":
      return "readBool"
    case "int":
      return "readInteger"
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return "readDecimal"
    case "currency":
      return "readCurrency"
    case "country":
      return "readCountry"
    case "language":
      return "readLanguage"
    case "date":
      return "readDate"
    case "datetime":
      return "readDatetime"
    case "instant":
      return "readInstant"
    case "enum":
      return "readEnum"
    case "list":
      return "readRows"
    case "record":
    case "dictionary":
      return "readFields"
    case "json":
      return "readJsonValue"
    case "period":
      return "readPeriod"
  }
}
