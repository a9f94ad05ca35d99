// Questions of flows are emitted like maps, and the records they read and answer like records. Flows in: a Plan. Flows out: the Plan as the
// TypeScript emitter sees it; without flows the same.
import type { Plan, WireType } from "../../plan/index.ts"

export function withQuestions(plan: Plan): Plan {
  const questions = plan.questions ?? []
  if (questions.length === 0) return plan
  const byId = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const used = new Set<string>()
  const visit = (id: string): void => {
    const shape = byId.get(id)
    if (shape === undefined || used.has(id)) return
    used.add(id)
    for (const field of shape.fields) inside(field.type)
  }
  const inside = (type: WireType): void => {
    if (type.kind === "record") visit(type.shape)
    if (type.kind === "list" || type.kind === "dictionary") inside(type.of)
  }
  for (const { sources, target } of questions) {
    for (const source of sources) visit(source.binding.shape)
    visit(target.shape)
  }
  return {
    ...plan,
    maps: [...plan.maps, ...questions],
    shapes: plan.shapes.map(shape =>
      shape.kind === "inferred" && used.has(shape.id) ? { ...shape, kind: "record" } : shape,
    ),
  }
}
