// Reads one value of a payload by its wire type: scalars with the runtime's readers, lists, dictionaries and records member
// by member. Flows in: anything. Flows out: a value, or poison after an issue. Never throws for a payload.
import {
  type Calendar,
  fromScaled,
  isRefused,
  minorUnits,
  readBool,
  readCountry,
  readCurrency,
  readDate,
  readDatetime,
  readDecimal,
  readEnum,
  readInstant,
  readInteger,
  readJsonValue,
  readLanguage,
  readList,
  readObject,
  readPeriod,
  readText,
  valueScale,
} from "@fmap/runtime"
import type { DecimalWireType, WireType } from "../plan/index.ts"
import { decodeRecord } from "./decode-record.ts"
import { admitted, type Door, inside, refuseValue } from "./door.ts"
import type { Run } from "./scope.ts"
import { listValue, MISSING, numberValue, type Outcome, POISON } from "./value.ts"

type Of<K extends WireType["kind"]> = Extract<WireType, { kind: K }>

export function decodeValue(value: unknown, type: WireType, door: Door): Outcome {
  const text = (read: ReturnType<typeof readText>): Outcome => admitted(read, value, door, same => same)
  switch (type.kind) {
    case "text":
      return text(readText(value, type))
    case "bool":
      return admitted(readBool(value, type), value, door, read => read)
    case "int":
      return admitted(readInteger(value, type), value, door, read => numberValue(fromScaled(read, 0)))
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return decodeDecimal(value, type, door)
    case "currency":
      return text(readCurrency(value, type))
    case "country":
      return text(readCountry(value, type))
    case "language":
      return text(readLanguage(value, type))
    case "date":
      return text(readDate(value, type))
    case "datetime":
      return text(readDatetime(value, type))
    case "instant":
      return text(readInstant(value, type))
    case "enum":
      return text(readEnum(value, type))
    case "record": {
      const shape = door.run.index.shape(type.shape)
      return decodeRecord(
        value,
        { shape, reads: null, rules: null, units: type.arguments.map(door.unit) },
        door,
      )
    }
    case "list":
      return decodeList(value, type, door)
    case "dictionary":
      return decodeDictionary(value, type, door)
    case "period":
      return text(readPeriod(value, type, periodCalendar(type, door.run)))
    case "json":
      return admitted(readJsonValue(value), value, door, json => ({ kind: "json", json }))
  }
}

/** Undefined: its periods stand in a file, and a whole contract is checked without it. */
export function periodCalendar({ calendar: id }: Of<"period">, { calendars }: Run): Calendar | undefined {
  return calendars.declared(id) ?? calendars.loaded(id)
}

/** Where the currency is poison, an amount in minor units cannot be read, and whether it fits is not judged. */
function decodeDecimal(value: unknown, type: DecimalWireType, door: Door): Outcome {
  const needsMinor = type.wire === "minor" || type.fitsMinor
  const unit = needsMinor && type.unit !== null ? door.unit(type.unit) : MISSING
  if (unit === POISON && type.wire === "minor") return POISON
  const minor = typeof unit === "string" ? minorUnits(unit) : undefined
  return admitted(readDecimal(value, type, minor), value, door, read =>
    numberValue(fromScaled(read, valueScale(type))),
  )
}

function decodeList(value: unknown, type: Of<"list">, door: Door): Outcome {
  const rows = readList(value, type)
  if (isRefused(rows)) return refuseValue(door, rows, value)
  return listValue(rows.map((row, i) => decodeValue(row, type.of, elementDoor(door, type, i))))
}

/** Rows have pointers of their own; the pieces of a joined text, and the names in a bitmap, have not. */
export function elementDoor(door: Door, type: Of<"list">, index: number): Door {
  if (type.wire === "array") return inside(door, index)
  return "under" in type.wire ? inside(inside(door, type.wire.under), index) : door
}

function decodeDictionary(value: unknown, type: Of<"dictionary">, door: Door): Outcome {
  const object = readObject(value)
  if (isRefused(object)) return refuseValue(door, object, value)
  // An entry without a value is no entry, as a field without one is missing.
  const keys = Object.keys(object).filter(key => object[key] !== undefined && object[key] !== null)
  const entries = keys.map((key): [string, Outcome] => [
    key,
    decodeValue(object[key], type.of, inside(door, key)),
  ])
  return { kind: "dictionary", entries: new Map(entries) }
}
