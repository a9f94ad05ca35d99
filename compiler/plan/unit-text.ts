// A currency or unit as its contract writes it. Flows in: where a figure's unit stands. Flows out: text for readers.
import type { UnitSource } from "./value-type.ts"

export function unitText(unit: UnitSource): string {
  switch (unit.kind) {
    case "constant":
      return unit.code
    case "field":
      return unit.path.join(".")
    case "parameter":
      return unit.name
  }
}
