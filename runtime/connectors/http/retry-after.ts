// The header Retry-After. Flows in: its text and the time of the clock. Flows out: milliseconds to wait, at most a day; undefined where it says nothing.

const longest = 24 * 60 * 60 * 1_000

export function retryAfterMs(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  const seconds = /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*$/.exec(text)?.[1]
  const wait = seconds === undefined ? dayOf(text) - now : Math.ceil(Number(seconds) * 1_000)
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longest) : undefined
}

/** As HTTP writes it: `Tue, 31 Mar 2026 12:00:30 GMT`. */
function dayOf(text: string): number {
  return /^\s*[A-Za-z]{3,9},/.test(text) ? Date.parse(text) : Number.NaN
}
