// Markdown tables. Flows in: a head and rows of cells; flows out: text. The first column is words, the others are figures.
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"))
  return [head, rule, ...rows].map(cells => `| ${cells.join(" | ")} |`).join("\n")
}

/** Three digits that matter. */
export function figure(value: number): string {
  if (value >= 100) return String(Math.round(value))
  return value.toFixed(value >= 10 ? 1 : 2)
}
