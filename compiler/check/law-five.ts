// Law 5: the codes a record can end with that no author wrote in the map: those of its contracts' checks, and those of the door.
import type { Place } from "@fmap/grammar"
import type { At, PlanBinding, PlanCode } from "../plan/index.ts"
import type { BoundField, BoundShape } from "../resolve/model.ts"
import type { Type } from "../types/type.ts"
import type { State } from "./context.ts"

/** Checks and derived values of everything a source contains, wherever it is nested. */
export function contractCodes(shapes: readonly BoundShape[], state: State): PlanCode[] {
  const found: PlanCode[] = []
  const seen = new Set<BoundShape>()
  const visitType = (type: Type): void => {
    if (type.kind === "record") visit(type.shape)
    if (type.kind === "list" || type.kind === "dictionary") visitType(type.of)
  }
  const visit = (shape: BoundShape): void => {
    if (seen.has(shape)) return
    seen.add(shape)
    for (const check of shape.checks) {
      if (check.exit?.code == null || (check.exit.verb !== "reject" && check.exit.verb !== "hold")) continue
      found.push({
        code: check.exit.code.text,
        verb: check.exit.verb,
        origin: "contract",
        at: [state.at({ file: shape.file, span: check.exit.span })],
      })
    }
    for (const derive of shape.derives)
      for (const exit of exitsIn(derive.node.value))
        found.push({ ...exit, origin: "contract", at: [state.at({ file: shape.file, span: exit.span })] })
    for (const field of shape.fields) visitType(field.type)
  }
  for (const shape of shapes) visit(shape)
  return found.map(({ code, verb, origin, at }) => ({ code, verb, origin, at }))
}

function exitsIn(
  node: unknown,
): { code: string; verb: "reject" | "hold"; span: { start: number; end: number } }[] {
  if (Array.isArray(node)) return node.flatMap(exitsIn)
  if (typeof node !== "object" || node === null) return []
  if ("kind" in node && node.kind === "exit" && "verb" in node && "code" in node && "span" in node) {
    const code = node.code as { text: string } | null
    return code !== null && (node.verb === "reject" || node.verb === "hold")
      ? [{ code: code.text, verb: node.verb, span: node.span as { start: number; end: number } }]
      : []
  }
  return Object.values(node).flatMap(exitsIn)
}

interface SourceReads {
  readonly shape: BoundShape
  readonly binding: PlanBinding | undefined
  readonly at: At
  readonly place: Place
}

/** What the door can say about the fields that are read. */
export function payloadCodes(
  sources: readonly SourceReads[],
  rows: readonly { readonly variable: number }[],
  state: State,
): PlanCode[] {
  const codes = new Map<string, At>()
  const add = (code: string, at: At): void => {
    if (!codes.has(code)) codes.set(code, at)
  }
  const field = (f: BoundField, at: At): void => {
    if (!f.optional && f.default === null) add("MISSING_FIELD", at)
    typeCodes(f.type, code => add(code, at))
  }
  for (const source of sources) {
    add("NOT_AN_OBJECT", source.at)
    const node = source.shape.node
    if (node.kind === "contract" && node.closed !== null) add("UNKNOWN_FIELD", source.at)
    for (const f of source.shape.fields) field(f, source.at)
  }
  for (const row of rows) {
    const payload = state.payloads.get(row.variable)
    const at = sources[0]?.at
    if (payload === undefined || at === undefined) continue
    for (const f of payload.shape.fields) field(f, at)
  }
  return [...codes].map(([code, at]) => ({ code, verb: "reject", origin: "payload", at: [at] }))
}

function typeCodes(type: Type, add: (code: string) => void): void {
  switch (type.kind) {
    case "text":
      add("WRONG_TYPE")
      add("BAD_TEXT")
      if (type.min > 0) add("TOO_SHORT")
      if (type.max !== null) add("TOO_LONG")
      if (type.pattern !== null) add("BAD_PATTERN")
      break
    case "number":
      for (const code of ["WRONG_TYPE", "BAD_NUMBER", "INEXACT_NUMBER", "TOO_MANY_DECIMALS", "OUT_OF_RANGE"])
        add(code)
      if (type.fitsMinor) add("BAD_MINOR_UNITS")
      break
    case "enum":
      add("WRONG_TYPE")
      if (!type.open) add("UNKNOWN_MEMBER")
      break
    case "currency":
      add("WRONG_TYPE")
      add("UNKNOWN_CURRENCY")
      break
    case "country":
      add("WRONG_TYPE")
      add("UNKNOWN_COUNTRY")
      break
    case "language":
      add("WRONG_TYPE")
      add("UNKNOWN_LANGUAGE")
      break
    case "date":
      add("WRONG_TYPE")
      add("BAD_DATE")
      break
    case "datetime":
      add("WRONG_TYPE")
      add("BAD_DATETIME")
      break
    case "instant":
      add("WRONG_TYPE")
      add("BAD_INSTANT")
      break
    case "list":
      add("WRONG_TYPE")
      if (type.min > 0) add("TOO_FEW_ROWS")
      if (type.max !== null) add("TOO_MANY_ROWS")
      typeCodes(type.of, add)
      break
    case "dictionary":
      add("NOT_AN_OBJECT")
      typeCodes(type.of, add)
      break
    case "record":
      add("NOT_AN_OBJECT")
      for (const f of type.shape.fields) {
        if (!f.optional && f.default === null) add("MISSING_FIELD")
        typeCodes(f.type, add)
      }
      break
    case "json":
      add("TOO_DEEP")
      break
    default:
      add("WRONG_TYPE")
  }
}
