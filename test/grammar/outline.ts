// A tree as text without spans: what goldens show and what "equal but for spans" means.

/** The tree as plain data without spans. */
export function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare)
  if (typeof node !== "object" || node === null) return node
  // A word that is said is a span under its own name: `patch`, `picks`.
  if (Object.keys(node).sort().join() === "end,start") return "said"
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !/^(span|.*Span)$/.test(key))
      .map(([key, value]) => [key, bare(value)]),
  )
}

/** One node a line, indented; defaults (null, empty lists) left out. */
export function outline(node: unknown, indent = ""): string {
  if (Array.isArray(node)) return node.map(item => outline(item, indent)).join("")
  if (typeof node !== "object" || node === null) return `${indent}${JSON.stringify(node)}\n`
  const entries = Object.entries(node).filter(
    ([key, value]) => !/^(span|.*Span|kind)$/.test(key) && !isDefault(value),
  )
  const flat = entries
    .filter(([, value]) => !isDeep(value))
    .map(([key, value]) => ` ${key}=${shown(value)}`)
    .join("")
  const head = `${indent}${"kind" in node ? String(node.kind) : "-"}${flat}\n`
  return (
    head +
    entries
      .filter(([, value]) => isDeep(value))
      .map(([key, value]) => `${indent}  ${key}:\n${outline(value, `${indent}    `)}`)
      .join("")
  )
}

interface NameLike {
  readonly text: string
  readonly quoted: boolean
}
const isName = (value: unknown): value is NameLike =>
  typeof value === "object" && value !== null && "quoted" in value && "text" in value
const isDefault = (value: unknown) =>
  value === null || value === false || (Array.isArray(value) && value.length === 0)
function isDeep(value: unknown): boolean {
  if (isName(value)) return false
  if (Array.isArray(value)) return value.some(item => isDeep(item))
  return typeof value === "object" && value !== null && !("start" in value)
}
function shown(value: unknown): string {
  if (isName(value)) return value.quoted ? `\`${value.text}\`` : value.text
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`
  return typeof value === "object" ? "yes" : JSON.stringify(value)
}
