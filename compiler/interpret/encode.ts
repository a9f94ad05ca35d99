// Writes a finished record in the wire form of its shape. Flows in: a value whose fields have been proved to fit. Flows out:
// what JSON would hold; missing optional fields are absent, cleared ones null. What a form cannot hold (a separator inside
// a joined list, seconds in a pattern without them) is a reject OUT_OF_RANGE at the field.
import {
  type Issue,
  isRefused,
  minorUnits,
  pointer as pointerTo,
  type Refused,
  toScaled,
  valueScale,
  writeBool,
  writeCode,
  writeDate,
  writeDatetime,
  writeDecimal,
  writeEnum,
  writeInstant,
  writeInteger,
  writeList,
  writePeriod,
  writeText,
} from "@fmap/runtime"
import type { At, PlanShape, UnitSource, WireType } from "../plan/index.ts"
import { loadedCalendar } from "./calendars.ts"
import { periodCalendar } from "./decode-value.ts"
import type { Run } from "./scope.ts"
import {
  asBoolean,
  asDictionary,
  asNumber,
  asRecord,
  asText,
  BrokenPlan,
  CLEAR,
  MISSING,
  type Outcome,
} from "./value.ts"

export interface Writing {
  readonly run: Run
  readonly report: (issue: Issue) => void
  readonly root: string
  readonly pointer: string
  readonly at: At
  readonly unit: (source: UnitSource) => Outcome
}

export function encodeRecord(
  value: Outcome,
  shape: PlanShape,
  units: readonly Outcome[],
  writing: Writing,
): unknown {
  const record = asRecord(value)
  const unit = (source: UnitSource): Outcome => {
    switch (source.kind) {
      case "constant":
        return source.code
      case "parameter":
        return units[shape.parameters.indexOf(source.name)] ?? MISSING
      case "field":
        return source.path.reduce<Outcome>(
          (of, name) => (of === MISSING ? of : asRecord(of).member(name)),
          value,
        )
    }
  }
  if (shape.union !== null) {
    const field = shape.fields.find(candidate => record.member(candidate.name) !== MISSING)
    if (field === undefined) throw new BrokenPlan("a record of a union is of no kind")
    return encodeValue(record.member(field.name), field.type, { ...writing, unit })
  }
  const written: Record<string, unknown> = {}
  for (const field of shape.fields) {
    const member = record.member(field.name)
    if (member === MISSING) continue
    const place = { ...writing, pointer: pointerTo(writing.pointer, field.wireName), at: field.at, unit }
    const encoded = member === CLEAR ? null : encodeValue(member, field.type, place)
    setOwn(written, field.wireName, encoded)
  }
  return written
}

/** `object.__proto__ = x` would change the prototype; a name is a name. */
function setOwn(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}

export function encodeValue(value: Outcome, type: WireType, writing: Writing): unknown {
  switch (type.kind) {
    case "text":
      return writeText(asText(value), type)
    case "bool":
      return writeBool(asBoolean(value), type)
    case "int":
      return writeInteger(scaled(value, 0), type)
    case "decimal":
    case "money":
    case "quantity":
    case "percent": {
      const unit = type.unit === null ? MISSING : writing.unit(type.unit)
      return writeDecimal(
        scaled(value, valueScale(type)),
        type,
        typeof unit === "string" ? minorUnits(unit) : undefined,
      )
    }
    case "currency":
    case "country":
    case "language":
      return writeCode(asText(value), type)
    case "date":
      return writeDate(asText(value), type)
    case "datetime":
      return orRefuse(writeDatetime(asText(value), type), writing)
    case "instant":
      return orRefuse(writeInstant(asText(value), type), writing)
    case "enum":
      return writeEnum(asText(value), type)
    case "record":
      return encodeRecord(
        value,
        writing.run.index.shape(type.shape),
        type.arguments.map(writing.unit),
        writing,
      )
    case "list":
      return encodeList(value, type, writing)
    case "dictionary": {
      const written: Record<string, unknown> = {}
      for (const [key, entry] of asDictionary(value).entries) {
        setOwn(
          written,
          key,
          encodeValue(entry, type.of, { ...writing, pointer: pointerTo(writing.pointer, key) }),
        )
      }
      return written
    }
    case "period": {
      if (type.wire === "plain") return asText(value)
      const calendar = periodCalendar(type, writing.run) ?? loadedCalendar(writing.run, type.calendar)
      return orRefuse(writePeriod(asText(value), type, calendar), writing)
    }
    case "json":
      if (typeof value === "object" && value.kind === "json") return value.json
      throw new BrokenPlan("json was promised")
  }
}

function encodeList(value: Outcome, type: Extract<WireType, { kind: "list" }>, writing: Writing): unknown {
  if (typeof value !== "object" || value.kind !== "list") throw new BrokenPlan("a list was promised")
  const base =
    typeof type.wire === "object" && "under" in type.wire
      ? pointerTo(writing.pointer, type.wire.under)
      : writing.pointer
  const rows = value.elements.map((element, i) =>
    encodeValue(element, type.of, { ...writing, pointer: pointerTo(base, i) }),
  )
  return orRefuse(writeList(rows, type), writing)
}

function scaled(value: Outcome, scale: number): bigint {
  const result = toScaled(asNumber(value), scale)
  if (result === undefined) throw new BrokenPlan("a number reached the writer with too many digits")
  return result
}

function orRefuse<T>(written: T | Refused, { run, report, root, pointer, at }: Writing): T | undefined {
  if (!isRefused(written)) return written
  const { refused: code, message } = written
  report({ code, severity: "reject", root, pointer, message, at: run.index.position(at) })
  return undefined
}
