// Which wire forms may have no place for a value: a time whose pattern drops digits, a list whose separator an element holds.
// Flows in: how a field stands on the wire. Flows out: whether writing it can fail, which Law 5 then lists.
import type { WireType } from "../plan/index.ts"

export function mayRefuse(wire: WireType): boolean {
  switch (wire.kind) {
    case "datetime":
    case "instant":
      return wire.wire !== "iso"
    case "period":
      // Only a period that is one calendar month has a month: an adjustment period is none.
      return typeof wire.wire === "object" && /[yM]/.test(wire.wire.pattern.replace(/'[^']*'/g, ""))
    case "list":
      return (typeof wire.wire === "object" && !("under" in wire.wire)) || mayRefuse(wire.of)
    case "dictionary":
      return mayRefuse(wire.of)
    default:
      return false
  }
}
