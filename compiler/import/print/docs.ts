// Documentation of a source as `///` lines. Flows in: lines as the source has them, often HTML or Markdown with its own breaks.
// Flows out: lines that can stand in a file: no control or invisible characters, long ones broken at blanks.

const unwanted = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2028\u2029\u0085\ufff9-\ufffb]/gu
const widest = 100
const mostLines = 60

export function docLines(docs: readonly string[], indent = ""): readonly string[] {
  const lines = docs
    .flatMap(text => text.split(/\r\n|[\n\r\u2028\u2029\u0085]/u))
    .map(line => line.replaceAll("\t", "  ").replace(unwanted, "").trimEnd())
    .flatMap(broken)
  while (lines[0] === "") lines.shift()
  while (lines.at(-1) === "") lines.pop()
  const once = lines.filter((line, i) => line !== "" || lines[i - 1] !== "")
  const kept = once.length > mostLines ? [...once.slice(0, mostLines - 1), "…"] : once
  return kept.map(line => (line === "" ? `${indent}///` : `${indent}/// ${line}`))
}

/** Tables, headings and indented code keep their lines. */
function broken(line: string): string[] {
  if (line.length <= widest || /^\s*(?:\||#|```| {4})/.test(line)) return [line]
  const lines: string[] = []
  let rest = line
  while (rest.length > widest) {
    const at = rest.lastIndexOf(" ", widest)
    const cut = at > widest / 2 ? at : rest.indexOf(" ", widest)
    if (cut === -1) break
    lines.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut + 1).trimStart()
  }
  return [...lines, rest]
}
