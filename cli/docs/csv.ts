// Tables as CSV (RFC 4180, UTF-8). Flows in: rows of texts of anybody. Flows out: text that a spreadsheet opens as text: a cell that it would
// take for a formula begins with an apostrophe. Plain figures stay figures.

export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map(row => `${row.map(cell).join(",")}\r\n`).join("")
}

const formula = /^[\s\u0000]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]/u
const figure = /^-?\d+(?:\.\d+)?$/u

function cell(text: string): string {
  const isUnsafe = (formula.test(text) && !figure.test(text)) || /^[\t\r\n]/u.test(text)
  const safe = isUnsafe ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
