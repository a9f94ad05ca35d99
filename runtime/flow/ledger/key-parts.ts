// A ledger in parts, so that who works on it gets in between. Flows in: how many events it has. Flows out: ranges of places, and of what begins with hexadecimal digits (ids of events, keys of effects), of about one size.

/** Events of which payloads, effects or steps are looked at in one go. */
export const inOneGo = 10_000

/** Behind `from`, up to `to`. */
export function partsOfPlaces(last: number): readonly (readonly [from: number, to: number])[] {
  return Array.from(
    { length: Math.ceil(last / inOneGo) },
    (_, i) => [i * inOneGo, (i + 1) * inOneGo] as const,
  )
}

/** From `from` on, before `to`. */
export function partsOfKeys(last: number): readonly (readonly [from: string, to: string])[] {
  const digits = last <= inOneGo ? 0 : last <= 16 * inOneGo ? 1 : 2
  const bounds = Array.from({ length: 16 ** digits - 1 }, (_, i) =>
    (i + 1).toString(16).padStart(digits, "0"),
  )
  return [...bounds, "~"].map((to, i) => [bounds[i - 1] ?? "", to] as const)
}
