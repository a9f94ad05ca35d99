// The fields of a contract, those of its records too, by path. Flows in: a shape and a way to find others. Flows out: fields and paths.
import type { PlanField, PlanShape, WireType } from "../plan/index.ts"

export interface PlacedField {
  readonly field: PlanField
  /** `lines[].amount`. */
  readonly path: string
  /** `lines`, `[]`, `amount`: as lineage has it. */
  readonly steps: readonly string[]
  /** Neither a record nor a list of records. */
  readonly isLeaf: boolean
}

export interface Shapes {
  readonly shape: (id: string) => PlanShape | undefined
}

/** In the order of the contract, a record before its fields. A record that holds itself does not exist. */
export function fieldsOf(
  shape: PlanShape,
  shapes: Shapes,
  above: readonly string[] = [],
): readonly PlacedField[] {
  return shape.fields.flatMap(field => {
    const steps = [...above, field.name]
    const { type, wraps } = unwrapped(field.type)
    const inner = type.kind === "record" ? shapes.shape(type.shape) : undefined
    const placed = { field, path: pathOf(steps), steps, isLeaf: inner === undefined }
    return inner === undefined ? [placed] : [placed, ...fieldsOf(inner, shapes, [...steps, ...wraps])]
  })
}

/** The fields a path goes through: `buyer`, then `email`. */
export function fieldsAlong(
  shape: PlanShape,
  steps: readonly string[],
  shapes: Shapes,
): readonly PlanField[] {
  const found: PlanField[] = []
  let of: PlanShape | undefined = shape
  for (const step of steps) {
    if (isWrap(step)) continue
    const field: PlanField | undefined = of?.fields.find(({ name }) => name === step)
    if (field === undefined) break
    found.push(field)
    const { type } = unwrapped(field.type)
    of = type.kind === "record" ? shapes.shape(type.shape) : undefined
  }
  return found
}

export function pathOf(steps: readonly string[]): string {
  return steps.reduce(
    (path, step) => (step === "[]" ? `${path}[]` : path === "" ? step : `${path}.${step}`),
    "",
  )
}

export function stepsOf(path: string): readonly string[] {
  return path
    .replaceAll("[]", ".[]")
    .split(".")
    .filter(step => step !== "")
}

/** A row of a list, an entry of a dictionary. */
export function isWrap(step: string): boolean {
  return step === "[]" || step === "*"
}

function unwrapped(of: WireType): { readonly type: WireType; readonly wraps: readonly string[] } {
  const wraps: string[] = []
  let type = of
  while (type.kind === "list" || type.kind === "dictionary") {
    wraps.push(type.kind === "list" ? "[]" : "*")
    type = type.of
  }
  return { type, wraps }
}
