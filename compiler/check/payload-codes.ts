// Law 5 at the door and at the exit: what the contracts can say of the fields a map reads, and of those whose wire form cannot
// hold every value. Flows in: the reads of a map, its givens, its target. Flows out: codes. Authors' codes stand elsewhere.

import { wireSystem } from "../lower/shape-ids.ts"
import { fieldWireType } from "../lower/shapes.ts"
import type { PlanBinding, PlanCode, WireType } from "../plan/index.ts"
import type { BoundField, BoundShape, BoundSystem } from "../resolve/model.ts"
import type { Type } from "../types/type.ts"
import type { State } from "./context.ts"
import { mayRefuse } from "./may-refuse.ts"

/** A record that is read, by the name of a source or as the row of a list. */
export interface RecordRead {
  readonly shape: BoundShape
  readonly system: BoundSystem | null
  /** Null: all of it. */
  readonly reads: PlanBinding["reads"] | null
}

type Add = (code: string, verb?: PlanCode["verb"]) => void

export function payloadCodes(
  records: readonly RecordRead[],
  givens: readonly Type[],
  at: PlanCode["at"],
  state: State,
): PlanCode[] {
  const found = new Map<string, PlanCode>()
  const add: Add = (code, verb = "reject") => {
    found.set(`${verb} ${code}`, { code, verb, origin: "payload", at })
  }
  for (const record of records) recordCodes(record, add)
  for (const type of givens) {
    add("MISSING_FIELD")
    typeCodes(type, state.wireType(type), null, add)
  }
  return [...found.values()]
}

function recordCodes({ shape, system, reads }: RecordRead, add: Add): void {
  add("NOT_AN_OBJECT")
  if (shape.union !== undefined) {
    add("UNKNOWN_KIND")
    if (shape.union.by.kind !== "value") add("AMBIGUOUS_KIND")
  }
  if (shape.node.kind === "contract" && shape.node.closed !== null) add("UNKNOWN_FIELD")
  const wanted = reads ?? shape.fields.map(field => ({ field: field.name, members: null, elements: false }))
  for (const read of wanted) {
    const field = shape.fields.find(f => f.name === read.field)
    if (field === undefined) continue
    if (field.default !== null) add("DEFAULT_USED", "warn")
    else if (!field.optional) add("MISSING_FIELD")
    const wire = fieldWireType(field, shape, system)
    if (read.members !== null && field.type.kind === "record") {
      const inner = field.type.shape
      recordCodes({ shape: inner, system: wireSystem(inner, system), reads: read.members.reads }, add)
    } else if (read.elements) listCodes(wire, add)
    else typeCodes(field.type, wire, system, add)
  }
}

function typeCodes(type: Type, wire: WireType, system: BoundSystem | null, add: Add): void {
  if (type.kind === "record") {
    recordCodes({ shape: type.shape, system: wireSystem(type.shape, system), reads: null }, add)
  } else if (type.kind === "list" && wire.kind === "list") {
    listCodes(wire, add)
    typeCodes(type.of, wire.of, system, add)
  } else if (type.kind === "dictionary" && wire.kind === "dictionary") {
    add("NOT_AN_OBJECT")
    add("BAD_TEXT")
    typeCodes(type.of, wire.of, system, add)
  } else for (const code of scalarCodes(wire)) add(code)
}

function listCodes(wire: WireType, add: Add): void {
  if (wire.kind !== "list") return
  add("WRONG_TYPE")
  if (wire.min > 0) add("TOO_FEW_ROWS")
  if (wire.max !== null) add("TOO_MANY_ROWS")
  if (typeof wire.wire === "object" && "bitmap" in wire.wire) add("BAD_BITMAP")
  if (typeof wire.wire !== "object" || !("under" in wire.wire)) return
  add("NOT_AN_OBJECT")
  add("MISSING_FIELD")
}

const figureCodes = ["WRONG_TYPE", "BAD_NUMBER", "INEXACT_NUMBER", "TOO_MANY_DECIMALS", "OUT_OF_RANGE"]

function scalarCodes(wire: WireType): readonly string[] {
  switch (wire.kind) {
    case "text":
      return [
        "WRONG_TYPE",
        "BAD_TEXT",
        ...(wire.min > 0 ? ["TOO_SHORT"] : []),
        ...(wire.max === null ? [] : ["TOO_LONG"]),
        ...(wire.pattern === null ? [] : ["BAD_PATTERN"]),
      ]
    case "bool":
      return wire.wire === "json" ? ["WRONG_TYPE"] : ["WRONG_TYPE", "UNKNOWN_MEMBER"]
    case "int":
      return figureCodes
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return wire.fitsMinor || wire.wire === "minor" ? [...figureCodes, "BAD_MINOR_UNITS"] : figureCodes
    case "currency":
      return ["WRONG_TYPE", "UNKNOWN_CURRENCY"]
    case "country":
      return ["WRONG_TYPE", "UNKNOWN_COUNTRY"]
    case "language":
      return ["WRONG_TYPE", "UNKNOWN_LANGUAGE"]
    case "date":
      return ["WRONG_TYPE", "BAD_DATE"]
    case "datetime":
      return ["WRONG_TYPE", "BAD_DATETIME"]
    case "instant":
      return ["WRONG_TYPE", "BAD_INSTANT"]
    case "enum":
      return wire.open ? ["WRONG_TYPE", "BAD_TEXT"] : ["WRONG_TYPE", "UNKNOWN_MEMBER"]
    case "period":
      return ["WRONG_TYPE", "BAD_PERIOD"]
    case "json":
      return ["WRONG_TYPE", "TOO_DEEP", "BAD_TEXT", "BAD_NUMBER", "INEXACT_NUMBER"]
    case "record":
    case "list":
    case "dictionary":
      return []
  }
}

/** Fields of what is written whose wire form has no place for some value: a reject OUT_OF_RANGE at the field. */
export function wireCodes(target: BoundShape, state: State): PlanCode[] {
  const fields = new Set<BoundField>()
  const seen = new Set<BoundShape>()
  const visit = (shape: BoundShape, system: BoundSystem | null): void => {
    if (seen.has(shape)) return
    seen.add(shape)
    for (const field of shape.fields) {
      if (field.computed) continue
      if (mayRefuse(fieldWireType(field, shape, system))) fields.add(field)
      let type = field.type
      while (type.kind === "list" || type.kind === "dictionary") type = type.of
      if (type.kind === "record") visit(type.shape, wireSystem(type.shape, system))
    }
  }
  visit(target, target.system)
  return [...fields].map(field => ({
    code: "OUT_OF_RANGE",
    verb: "reject",
    origin: "assignment",
    at: [state.at(field.place)],
  }))
}
