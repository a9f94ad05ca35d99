// Law 5: the codes that the sources' own checks and derived values can end a record with. Flows in: shapes. Flows out: codes.
import type { PlanCode } from "../plan/index.ts"
import type { BoundShape } from "../resolve/model.ts"
import type { Type } from "../types/type.ts"
import type { State } from "./context.ts"
import { codeOf } from "./field-rules.ts"

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
    for (const rule of shape.fieldRules)
      found.push({
        ...codeOf(rule),
        origin: "contract",
        at: [state.at({ file: shape.file, span: (rule.exit ?? rule).span })],
      })
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
