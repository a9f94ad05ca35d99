// What stands in a variable of the slow path whose computation ended in an issue. Whoever reads it stops silently. One
// object, told by identity: no payload can forge it.
declare const brand: unique symbol

export interface Poison {
  readonly [brand]: true
}

export const poison: Poison = Object.freeze({}) as Poison

export function isPoison(value: unknown): value is Poison {
  return value === poison
}
