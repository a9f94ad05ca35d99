// What stands in a variable of the slow path whose computation ended in an issue. Whoever reads it stops silently.
export const poison: unique symbol = Symbol("poison")
export type Poison = typeof poison

export function isPoison(value: unknown): value is Poison {
  return value === poison
}
