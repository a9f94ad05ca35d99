// Hides a text but for its last characters. Pure; see spec.ts for the promise.

/** What is shown is at most this part of the whole: a text of five characters of which four are seen is not hidden. */
const shownPart = 4

export function masked(text: string, keep: bigint): string {
  const points = Array.from(text)
  const shown = keep > 0n && keep * BigInt(shownPart) <= BigInt(points.length) ? Number(keep) : 0
  const hidden = points.length - shown
  return "*".repeat(hidden) + points.slice(hidden).join("")
}
