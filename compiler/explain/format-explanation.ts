// An explanation for people. Flows in: the explanation. Flows out: text: the value, what was said of it, then the expression and below it
// its parts, columns aligned.
import type { Explained, Explanation } from "./explanation.ts"

export function formatExplanation(explanation: Explanation): string {
  const { map, version, status, pointer, value, at, issues, tree, crosswalks, roundings, tzdata } =
    explanation
  const place = pointer === "" ? "the result" : pointer
  const { row, collected } = explanation
  const of =
    collected === null
      ? row === null
        ? ""
        : `, row ${row}`
      : `, of ${collected.rows} row${collected.rows === 1 ? "" : "s"}`
  const said = issues
    .map(({ severity, code, message, place: where }) => `  ${severity} ${code} at ${where}: ${message}\n`)
    .join("")
  const rows = tree === null ? [] : rowsOf(tree, 0)
  const widths = [0, 1].map(i => Math.max(0, ...rows.map(row => [...(row[i] ?? "")].length)))
  const lines = rows.map(row =>
    row
      .map((cell, i) => cell + " ".repeat(Math.max(0, (widths[i] ?? 0) - [...cell].length)))
      .join("  ")
      .trimEnd(),
  )
  const answers = crosswalks
    .filter(({ snapshot }) => snapshot !== "")
    .map(
      ({ crosswalk, version: of, keys, path, found, snapshot, row: line }) =>
        `  ${path === undefined ? "crosswalk" : "hierarchy"} ${crosswalk} ${of} (${keys.join(", ")}) ${found ? (line === null ? "found" : `found in ${line}`) : "not found"}, snapshot ${snapshot}
`,
    )
  const rounded = roundings
    .filter(({ before, after }) => before !== after)
    .map(({ before, after, mode, at: where }) => `  rounded ${before} to ${after}, ${mode}  ${where}\n`)
  const zones = tzdata === null ? [] : [`  time zones of tzdata ${tzdata}\n`]
  return `${place} of ${map} ${version}${of}, ${status}: ${value}  ${at}\n${said}${lines.map(line => `  ${line}\n`).join("")}${[...answers, ...rounded, ...zones].join("")}`
}

function rowsOf({ text, value, note, at, parts }: Explained, depth: number): readonly (readonly string[])[] {
  const shown = `${"  ".repeat(depth)}${text === "" ? at : text}`
  return [
    [shown, value, [note, at].filter(cell => cell !== "").join("  ")],
    ...parts.flatMap(part => rowsOf(part, depth + 1)),
  ]
}
