// The rows written in a crosswalk. Flows in: rows, key types, result type. Flows out: rows with canonical keys and constant
// values; what does not fit is reported and left out. Lowering asks again for the same answer, silently.
import { type CrosswalkRow, type Diagnostic, diagnostic, type Span } from "@fmap/grammar"
import { crosswalkKey, type KeyForm, normaliseKey } from "@fmap/runtime"
import { placeIn } from "../project/findings.ts"
import { constantOf, correction } from "../types/constant.ts"
import { type Constant, constantTree } from "../types/constant-tree.ts"
import { describeType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"

export interface ConstantRow {
  /** As written, in canonical form: `key folded` is applied by lookups on both sides. */
  readonly keys: readonly string[]
  readonly value: Constant
  readonly span: Span
}

export interface RowsContext {
  readonly file: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly result: Type
  readonly keyForm: KeyForm
  readonly report: (diagnostic: Diagnostic) => void
}

export function crosswalkRows(rows: readonly CrosswalkRow[], context: RowsContext): readonly ConstantRow[] {
  const seen = new Map<string, CrosswalkRow>()
  return rows.flatMap(row => {
    const keys = keysOf(row, context)
    const value = constantTree(row.value, context.result, {
      file: context.file,
      report: context.report,
      code: "FM6204",
    })
    if (keys !== null) reportTwice(row, keys, seen, context)
    return keys === null || value === null ? [] : [{ keys, value, span: row.span }]
  })
}

function keysOf(row: CrosswalkRow, context: RowsContext): readonly string[] | null {
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
  const keys: string[] = []
  row.keys.forEach((key, index) => {
    const type = parameters[index]?.type ?? { kind: "error" }
    if (type.kind === "error" || key.kind === "error") return
    const constant = constantOf(key, type, true)
    if ("value" in constant) keys.push(String(constant.value))
    else {
      const details = { label: `wanted: ${describeType(type)}`, ...correction(key, constant, context.file) }
      context.report(diagnostic("FM6204", { what: "This key", problem: constant.problem }, at(key), details))
    }
  })
  return keys.length === parameters.length ? keys : null
}

function reportTwice(
  row: CrosswalkRow,
  keys: readonly string[],
  seen: Map<string, CrosswalkRow>,
  context: RowsContext,
): void {
  const at = placeIn(context.file)
  const key = crosswalkKey(keys.map(part => normaliseKey(part, context.keyForm)))
  const first = seen.get(key)
  if (first === undefined) {
    seen.set(key, row)
    return
  }
  context.report(
    diagnostic("FM6205", { key: shownKey(keys) }, at(row), {
      label: "again",
      related: [{ place: at(first), text: "first here" }],
      ...(context.keyForm === "exact" ? {} : { help: `The keys are compared ${context.keyForm}.` }),
    }),
  )
}

export function shownKey(keys: readonly string[]): string {
  return keys.map(key => JSON.stringify(key)).join(", ")
}
