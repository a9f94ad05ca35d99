// The type of a record of a contract, as it stands on the wire of the contract's system. Flows in: a shape. Flows out: its type.
import type { BoundShape } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"

export function recordOf(shape: BoundShape): Type {
  return { kind: "record", shape, arguments: [], system: shape.system }
}
