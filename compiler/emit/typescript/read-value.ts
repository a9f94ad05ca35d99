// A whole value of a payload wherever it stands: an element of a list, an entry of a dictionary, a crosswalk row, a given. Flows in:
// an expression that gives it. Flows out: an operand; slow, it may be poison.
import type { At, WireType } from "../../plan/index.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  type Place,
  pointerTo,
  poisonType,
  unsupported,
  type ValueOperand,
  valueOf,
  valueTypeOf,
} from "./flow.ts"
import {
  array,
  assign,
  binary,
  cast,
  concat,
  constant,
  invoke,
  list,
  member,
  name,
  named,
  not,
  nothing,
  number,
  run,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js, JsStatement, TsType } from "./javascript/nodes.ts"
import { readFast } from "./read-fast.ts"
import { rowsFast } from "./read-quick.ts"
import { minorArguments, placed } from "./read-slow.ts"
import { type Reading, readRecord, type UnitReader } from "./reads.ts"
import { materialised } from "./records.ts"
import { readerOf, specOf } from "./specs.ts"

/** A present value wherever it stands: an element, a crosswalk row, a given. Slow: may be poison. */
export function readValue(
  flow: Flow,
  raw: Js,
  type: WireType,
  at: At,
  unit: UnitReader,
  hint: string,
): ValueOperand {
  const { module } = flow
  const slow = flow.mode === "slow"
  switch (type.kind) {
    case "record": {
      const nested = module.index.shape(type.shape)
      const units = type.arguments.map(unit)
      const reading: Reading = {
        shape: nested,
        reads: null,
        rules: null,
        unit: parameter => units[nested.parameters.indexOf(parameter)] ?? null,
      }
      if (slow) {
        const id = flow.names.fresh(`${hint}Fields`)
        emit(flow, constant(id, module.call("readPresent", name("report"), raw, ...placed(flow, at))))
        return materialised(flow, readRecord(flow, name(id), false, reading))
      }
      const of = atom(flow, raw, `${hint}Raw`)
      emit(flow, when(not(module.call("isPayloadObject", of)), [giveUp]))
      return materialised(flow, readRecord(flow, of, false, reading))
    }
    case "list":
    case "dictionary": {
      if (slow) {
        const id = flow.names.fresh(`${hint}Raw`)
        emit(
          flow,
          constant(
            id,
            module.call(
              "readElement",
              name("report"),
              raw,
              ...placed(flow, at),
              name(module.runtime(readerOf(type))),
              specOf(flow, type),
            ),
          ),
        )
        return elementsOf(flow, name(id), false, type, at, unit, hint)
      }
      if (type.kind === "dictionary") {
        unsupported(flow, "a dictionary")
        return valueOf(nothing, valueTypeOf(type))
      }
      return elementsOf(
        flow,
        atom(flow, rowsFast(flow, atom(flow, raw, `${hint}Raw`), type), `${hint}Rows`),
        false,
        type,
        at,
        unit,
        hint,
      )
    }
    default: {
      if (!slow) return readFast(flow, raw, type, unit, hint)
      const id = flow.names.fresh(hint)
      const reading = module.call(
        "readElement",
        name("report"),
        raw,
        ...placed(flow, at),
        name(module.runtime(readerOf(type))),
        specOf(flow, type),
        ...minorArguments(flow, type, unit),
      )
      emit(flow, constant(id, reading))
      return valueOf(name(id), valueTypeOf(type), { poison: true })
    }
  }
}

/** The elements of a list or dictionary that was read as such: `raw` is the rows or fields, missing or poison. */
export function elementsOf(
  flow: Flow,
  raw: Js,
  missing: boolean,
  type: Extract<WireType, { kind: "list" | "dictionary" }>,
  at: At,
  unit: UnitReader,
  hint: string,
): ValueOperand {
  const { module } = flow
  const slow = flow.mode === "slow"
  const inside = valueTypeOf(type)
  const element = valueTypeOf(type.of)
  const id = flow.names.fresh(hint)
  const items = flow.names.fresh(`${hint}Items`)
  const rows = flow.names.fresh(`${hint}Rows`)
  const index = flow.names.fresh("i")
  const elementType = slow ? union(insideType(flow, element), poisonType(flow)) : insideType(flow, element)
  const write = (inner: Flow): readonly JsStatement[] => {
    const dictionary = type.kind === "dictionary"
    const pair: TsType = { kind: "list", of: union(named("string"), elementType), readonly: false }
    const collected: TsType = dictionary ? list(pair, false) : list(elementType, false)
    emit(inner, constant(items, array([]), null, collected))
    emit(inner, constant(rows, dictionary ? module.call("entriesOf", raw) : raw))
    const body = branch(inner, deeper => {
      const row = deeper.names.fresh("element")
      const key = deeper.names.fresh("key")
      emit(deeper, constant(row, { kind: "index", of: name(rows), index: name(index) }))
      if (dictionary) {
        const entry = cast(name(row), list(named("unknown")))
        emit(deeper, constant(key, cast({ kind: "index", of: entry, index: number(0) }, named("string"))))
        const place: Place = {
          ...deeper.place,
          pointer: module.call("pointer", deeper.place.pointer, name(key)),
        }
        const value = readValue(
          { ...deeper, place },
          { kind: "index", of: entry, index: number(1) },
          type.of,
          at,
          unit,
          "element",
        )
        emit(deeper, run(invoke(name(items), "push", array([name(key), value.js]))))
        return
      }
      const under =
        type.kind === "list" && typeof type.wire === "object" && "under" in type.wire
          ? pointerTo(deeper.place.pointer, type.wire.under)
          : deeper.place.pointer
      const pieces =
        type.kind === "list" &&
        typeof type.wire === "object" &&
        ("joined" in type.wire || "bitmap" in type.wire)
      const place: Place = pieces
        ? deeper.place
        : { ...deeper.place, pointer: concat(concat(under, string("/")), name(index)) }
      const value = readValue({ ...deeper, place }, name(row), type.of, at, unit, "element")
      emit(deeper, run(invoke(name(items), "push", value.js)))
    })
    emit(inner, { kind: "loop", label: null, index, limit: member(name(rows), "length"), body, at: null })
    return inner.out
  }
  const result = (inner: Flow): Js =>
    type.kind === "dictionary" ? inner.module.call("entryMap", name(items)) : name(items)
  if (!slow && !missing) {
    write(flow)
    return valueOf(result(flow), inside)
  }
  const types: TsType[] = [insideType(flow, inside)]
  if (missing) types.push(named("undefined"))
  if (slow) types.push(poisonType(flow))
  emit(flow, variable(id, union(...types), slow ? name(module.runtime("poison")) : nothing))
  const body = branch(flow, inner => {
    write(inner)
    emit(inner, assign(name(id), result(inner)))
  })
  if (slow) {
    const readable = when(not(module.call("isPoison", raw)), body)
    emit(
      flow,
      missing ? when(binary("===", raw, nothing), [assign(name(id), nothing)], [readable]) : readable,
    )
  } else emit(flow, when(binary("!==", raw, nothing), body))
  return valueOf(name(id), inside, { missing, poison: slow })
}
