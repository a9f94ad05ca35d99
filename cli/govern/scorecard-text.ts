// Scorecards as text or data. Flows in: scorecards. Flows out: text for standard output; the lowest first, since that is where to begin.
import type { Scorecard } from "@fmap/compiler"
import { safeText } from "../terminal/safe-text.ts"

export function scorecardText(cards: readonly Scorecard[], asData: boolean): string {
  const sorted = cards.toSorted((a, b) => a.points - b.points || (a.contract < b.contract ? -1 : 1))
  if (asData)
    return `${JSON.stringify({ format: "fmap.scorecard", formatVersion: 1, scorecards: sorted }, null, 2)}\n`
  return safeText(
    sorted
      .map(({ contract, version, points, of, lines }) => {
        const missing = lines.filter(line => line.missing !== "")
        const width = Math.max(0, ...missing.map(({ what }) => what.length))
        return [
          `${contract} ${version}  ${points} of ${of}\n`,
          ...missing.map(
            line =>
              `  ${line.what.padEnd(width)}  ${String(line.points).padStart(2)} of ${String(line.of).padStart(2)}  ${line.missing}\n`,
          ),
        ].join("")
      })
      .join("\n"),
  )
}
