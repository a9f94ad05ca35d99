// Record literals: the same rules as a map's body, for the record type that is wanted here.
import { diagnostic, type RecordExpression } from "@fmap/grammar"
import type { Type } from "../../types/type.ts"
import { checkBlock } from "../block.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { inferShape } from "../infer.ts"
import { sentence } from "../join.ts"
import { checked, erroneous, valueType } from "../values.ts"

export function checkRecord(node: RecordExpression, ctx: Context, expected: Type | null): Checked {
  if (expected?.kind === "error") return erroneous(ctx, node.span)
  if (expected !== null && expected.kind !== "record" && expected.kind !== "never") {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: sentence(describe(expected, ctx)), found: "a record" },
        place(ctx, node.span),
      ),
    )
    return erroneous(ctx, node.span)
  }
  const rows = ctx.rows?.body === node ? ctx.rows : undefined
  const inner = { ...ctx, inRound: false, field: null, because: null, rows }
  const type = expected?.kind === "record" ? expected : inferShape(node, inner)
  if (type === null) return erroneous(ctx, node.span)
  const { target } = node
  const result =
    target === undefined
      ? checkBlock(node.statements, type, "this record", node.span, inner)
      : checkBlock(node.statements, type, type.shape.name, node.span, inner, target)
  if (result === null) return erroneous(ctx, node.span)
  const value = valueType(type, ctx.state)
  const shape = value.kind === "record" ? value.shape : ""
  return checked(
    { kind: "record", shape, block: result.block, type: value, maybe: false, at: at(ctx, node.span) },
    type,
    node.span,
  )
}
