// Questions to a calendar in words. Flows in: a calendar expression. Flows out: a noun phrase that names the calendar.

import type { Naming } from "./naming.ts"
import type { ExpressionOf } from "./parts.ts"
import { sayPart } from "./say-expression.ts"
import { code, say, type Words } from "./words.ts"

export function sayCalendar(node: ExpressionOf<"calendar">, naming: Naming): Words {
  const [a = [], b = []] = node.arguments.map(one => sayPart(one, naming))
  const corp = code(node.calendar)
  switch (node.operation) {
    case "period_of":
      return say`the period of ${a} in ${corp}`
    case "open_period_of":
      return say`the period of ${a} in ${corp}, if it is open`
    case "next_open_period_of":
      return say`the first open period of ${corp} from that of ${a} on`
    case "start_of":
      return say`the first day of ${a} in ${corp}`
    case "end_of":
      return say`the last day of ${a} in ${corp}`
    case "year_of":
      return say`the fiscal year of ${a} in ${corp}`
    case "number_of":
      return say`the number of ${a} in its year of ${corp}`
    case "regular":
      return say`the regular period of ${a} in ${corp}`
    case "is_adjustment":
      return say`whether ${a} is an adjustment period of ${corp}`
    case "is_open":
      return say`whether ${a} is open in ${corp}`
    case "add_periods":
      return say`${a} moved by ${b} periods of ${corp}`
    case "periods_between":
      return say`the number of periods of ${corp} from ${a} to ${b}`
    case "period_at":
      return say`the period ${b} of the year ${a} in ${corp}`
    case "format_period":
      return say`${a} of ${corp}, written as ${b}`
    case "is_business_day":
      return say`whether ${a} is a business day of ${corp}`
    case "next_business_day":
      return say`the business day of ${corp} on or after ${a}`
    case "previous_business_day":
      return say`the business day of ${corp} on or before ${a}`
    case "add_business_days":
      return say`${a} moved by ${b} business days of ${corp}`
    case "business_days_between":
      return say`the business days of ${corp} from ${a} to ${b}`
  }
}
