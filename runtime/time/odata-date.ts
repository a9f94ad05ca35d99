// OData 2 dates: `/Date(1774947600000)/`, with an optional offset in minutes that changes how a clock shows the instant, not
// the instant. Flows in: the text; flows out: the reading of a UTC clock. Writing gives the form without offset.
import { datetimeOfEpoch, epochOfDatetime } from "./epoch.ts"
import type { ParsedTime } from "./parsed.ts"

const odataDate = /^\/Date\((-?[0-9]{1,17})(?:[+-][0-9]{1,4})?\)\/$/

export function readODataDate(text: string): ParsedTime {
  const match = odataDate.exec(text)
  if (match?.[1] === undefined)
    return { problem: "The text is not a date in OData 2 form, such as /Date(1774947600000)/" }
  return datetimeOfEpoch({ unscaled: BigInt(match[1]), scale: 0 }, "ms")
}

/** Undefined when the time has a fraction of a millisecond, which the form cannot hold. */
export function writeODataDate(datetime: string): string | undefined {
  const epoch = epochOfDatetime(datetime, "ms")
  return epoch.scale === 0 ? `/Date(${epoch.unscaled})/` : undefined
}
