// Lengths of time as the language writes them. Flows in: milliseconds. Flows out: `500ms`, `30s`, `15min`, `2h`, `1d`.

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const

export function spanWords(ms: number): string {
  const [unit, length] = units.find(([, length]) => ms % length === 0) ?? ["ms", 1]
  return `${ms / length}${unit}`
}
