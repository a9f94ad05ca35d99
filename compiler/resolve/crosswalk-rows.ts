// The rows written in a crosswalk. Flows in: rows, key types, result type. Flows out: rows with canonical keys, their days and constant
// values; what does not fit is reported and left out. Lowering asks again for the same answer, silently.
import { type CrosswalkRow, type Diagnostic, diagnostic, type Expression, type Span } from "@fmap/grammar"
import {
  type Days,
  firstDay,
  type KeyForm,
  lastDay,
  normaliseKey,
  type RowConflict,
  rowConflicts,
  shownDays,
  untilNext,
} from "@fmap/runtime"
import { placeIn } from "../project/findings.ts"
import { constantOf, correction } from "../types/constant.ts"
import { type Constant, constantTree } from "../types/constant-tree.ts"
import { describeType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"
import { type Dated, rowDays } from "./crosswalk-days.ts"

export interface ConstantRow extends Days {
  /** As written, in canonical form: `key folded` is applied by lookups on both sides. Null: `_`, every key. */
  readonly keys: readonly (string | null)[]
  readonly value: Constant
  readonly span: Span
}

export interface RowsContext {
  readonly file: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly result: Type
  readonly keyForm: KeyForm
  readonly dated: Dated
  readonly report: (diagnostic: Diagnostic) => void
}

/** A crosswalk is read by people: more rows that contradict each other than these say nothing new. */
const mostConflicts = 50

export function crosswalkRows(rows: readonly CrosswalkRow[], context: RowsContext): readonly ConstantRow[] {
  const read = rows.flatMap((row): ConstantRow[] => {
    const keys = keysOf(row, context)
    const value = constantTree(row.value, context.result, {
      file: context.file,
      report: context.report,
      code: "FM6204",
    })
    const days = rowDays(row, context.dated, context.file, context.report)
    return keys === null || value === null || days === null ? [] : [{ keys, value, span: row.span, ...days }]
  })
  const compared = (row: ConstantRow): ConstantRow["keys"] =>
    row.keys.map(key => (key === null ? null : normaliseKey(key, context.keyForm)))
  const closed = context.dated?.next === true ? untilNext(read, row => JSON.stringify(compared(row))) : read
  const keyed = closed.map(row => ({ ...row, keys: compared(row) }))
  for (const conflict of rowConflicts(keyed, mostConflicts)) reportConflict(conflict, read, context)
  return closed
}

/** `_` is no value: it stands for every key, also where an enum has a member of that name (`"_"` is the member). */
export function isWildcard(key: Expression): boolean {
  return key.kind === "name" && key.name.text === "_"
}

function keysOf(row: CrosswalkRow, context: RowsContext): ConstantRow["keys"] | null {
  const at = placeIn(context.file)
  const { parameters } = context
  if (row.keys.length !== parameters.length) {
    const count = (n: number) => (n === 1 ? "one key" : `${n} keys`)
    const [first] = row.keys
    context.report(
      diagnostic(
        "FM6203",
        { given: count(row.keys.length), wanted: parameters.map(p => p.name).join(", ") },
        at(first ?? row),
        {
          label: `wanted ${count(parameters.length)}`,
        },
      ),
    )
    return null
  }
  const keys: (string | null)[] = []
  row.keys.forEach((key, index) => {
    const type = parameters[index]?.type ?? { kind: "error" }
    if (type.kind === "error" || key.kind === "error") return
    if (isWildcard(key)) {
      keys.push(null)
      return
    }
    const constant = constantOf(key, type, true)
    if ("value" in constant) keys.push(String(constant.value))
    else {
      const details = { label: `wanted: ${describeType(type)}`, ...correction(key, constant, context.file) }
      context.report(diagnostic("FM6204", { what: "This key", problem: constant.problem }, at(key), details))
    }
  })
  return keys.length === parameters.length ? keys : null
}

function reportConflict(conflict: RowConflict, rows: readonly ConstantRow[], context: RowsContext): void {
  const { days } = conflict
  const first = rows[conflict.first]
  const second = rows[conflict.second]
  if (first === undefined || second === undefined) return
  const at = placeIn(context.file)
  const always = days.from === firstDay && days.until === lastDay
  const help = context.keyForm === "exact" ? {} : { help: `The keys are compared ${context.keyForm}.` }
  if (conflict.kind === "ambiguous") {
    const key = shownKey(meeting(first.keys, second.keys))
    context.report(
      diagnostic("FM6254", { key, days: always ? "" : ` ${shownDays(days)}` }, at(second), {
        label: "fits it",
        related: [{ place: at(first), text: "fits it too" }],
        help: `Add the row for ${key}: it is more specific than both.`,
      }),
    )
    return
  }
  const related = [{ place: at(first), text: "first here" }]
  const details = { label: "again", related, ...help }
  const key = shownKey(second.keys)
  context.report(
    always
      ? diagnostic("FM6205", { key }, at(second), details)
      : diagnostic("FM6253", { key, days: shownDays(days) }, at(second), details),
  )
}

/** As written: a folded key would be nobody's. */
function meeting(a: ConstantRow["keys"], b: ConstantRow["keys"]): ConstantRow["keys"] {
  return a.map((key, position) => key ?? b[position] ?? null)
}

export function shownKey(keys: readonly (string | null)[]): string {
  return keys.map(key => (key === null ? "_" : JSON.stringify(key))).join(", ")
}
