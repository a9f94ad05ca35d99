// A call of a map: the record it makes, its statements written out for these sources and givens. Issues point into the field
// that is assigned; ways out, crosswalks and what is read of the sources become those of the caller.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { BoundMap } from "../../resolve/model.ts"
import type { RecordType, Type } from "../../types/type.ts"
import { passArguments, sameSystems } from "../arguments.ts"
import { checkBlock } from "../block.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { checked, erroneous, valueType } from "../values.ts"
import { mayStandHere } from "./function-call.ts"

export function checkMapCall(
  node: CallExpression,
  map: BoundMap,
  ctx: Context,
  expected: Type | null,
): Checked {
  const { state } = ctx
  const before = state.codes.length
  const { target } = map
  const problem = !state.callsMaps
    ? "functions and rules of records give values, and only maps call maps"
    : map.sources.some(source => source.role !== null)
      ? "it runs over a set of rows and makes many records"
      : map.patch
        ? "a patch writes a part of a record"
        : null
  if (problem !== null) {
    state.report(
      diagnostic("FM4172", { name: map.name, reason: problem }, place(ctx, node.callee.span), {
        related: [{ place: map.place, text: "declared here" }],
      }),
    )
    return erroneous(ctx, node.span)
  }
  const passed = passArguments(node, { name: map.name, file: map.file, parameters: parametersOf(map) }, ctx)
  if (passed === null || target === null || !state.isCallable(map)) return erroneous(ctx, node.span)
  const plain: RecordType = {
    kind: "record",
    shape: target.shape,
    arguments: [],
    system: target.shape.system,
  }
  const type = expected === null ? plain : sameSystems(plain, expected)
  if (type.kind !== "record") return erroneous(ctx, node.span)
  const skips: typeof state.skips = []
  const inner: Context = { ...passed.inner, field: null, state: { ...passed.inner.state, skips } }
  const result = checkBlock(map.node.statements, type, target.shape.name, map.node.headerSpan, inner, {
    text: target.name,
    span: target.place.span,
  })
  if (result === null || !mayStandHere(before, map, node, ctx)) return erroneous(ctx, node.span)
  state.skips.push(...skips.map(skip => ({ ...skip, controlled: true })))
  state.calls.maps.add(map)
  const value = valueType(type, state)
  const shape = value.kind === "record" ? value.shape : ""
  return passed.finish(
    checked(
      { kind: "record", shape, block: result.block, type: value, maybe: false, at: at(ctx, node.span) },
      type,
      node.span,
    ),
    type,
  )
}

/** Sources first, then givens, each in the order of the header. */
function parametersOf(map: BoundMap): Parameters<typeof passArguments>[1]["parameters"] {
  const sources = map.sources.map(({ name, shape, arguments: units, place }) => ({
    name,
    type: { kind: "record", shape, arguments: units, system: shape.system } satisfies RecordType,
    optional: false,
    place,
  }))
  return [...sources, ...map.givens.map(given => ({ ...given, optional: false }))]
}
