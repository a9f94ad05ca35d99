// Whole numbers between the brackets of a type. Flows in: size arguments, whose numbers are text of any length. Flows
// out: numbers within the limits of the language, or null after a diagnostic.
import { type Diagnostic, diagnostic, type SizeArgument } from "@fmap/grammar"

interface Context {
  readonly file: string
  readonly report: (diagnostic: Diagnostic) => void
}

/** Longest text and list a type can ask for. */
export const largestSize = 1_000_000_000

/** `5`, `1..5`, `1..`, `..5` of lengths and counts: none below 0. A single number is both ends. */
export function readRange(
  size: SizeArgument,
  context: Context,
): { low: number | null; high: number | null } | null {
  const low = readSize(size.low, size, context)
  const high = size.isRange ? readSize(size.high, size, context) : low
  if (low === undefined || high === undefined) return null
  if (low !== null && high !== null && high < low) {
    context.report(
      diagnostic(
        "FM6003",
        { low: String(low), high: String(high) },
        { file: context.file, span: size.span },
        {
          label: "no length is in between",
        },
      ),
    )
    return null
  }
  return { low, high }
}

/** Null: not written; undefined: a diagnostic was given. */
function readSize(text: string | null, size: SizeArgument, context: Context): number | null | undefined {
  if (text === null) return null
  const problem = !/^\d+$/.test(text)
    ? `${text} is no whole number from 0 on`
    : text.length > 10 || Number(text) > largestSize
      ? `${text} is above ${largestSize}`
      : null
  if (problem === null) return Number(text)
  context.report(diagnostic("FM6002", { problem }, { file: context.file, span: size.span }))
  return undefined
}
