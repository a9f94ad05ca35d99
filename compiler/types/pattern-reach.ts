// What patterns can say of the periods of a calendar. Flows in: its rules. Flows out: whether they may be calendar months, and over
// how many years they go (those of a file are not known here, nor how many).
import type { PeriodRules } from "@fmap/runtime"

export function patternReach(rules: PeriodRules | null): {
  readonly isMonths: boolean
  readonly years: number
} {
  switch (rules?.kind) {
    case "months":
      return { isMonths: rules.day === 1, years: rules.until - rules.from + 1 }
    case "weeks":
      return { isMonths: false, years: rules.until - rules.from + 1 }
    default:
      return { isMonths: true, years: 1 }
  }
}
