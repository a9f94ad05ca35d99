// Columns of a table by their headers, and the filter of its rows: the same for every kind of reference data. Flows in: headers and
// cells. Flows out: where a column stands, and problems with row and column.

/** Lists of problems of every kind take these. */
interface ProblemList {
  push(problem: ColumnProblem): unknown
}

interface ColumnProblem {
  readonly row: number
  readonly column: string
  readonly code: "MISSING_COLUMN" | "DUPLICATE_COLUMN" | "BAD_BOOLEAN"
  readonly message: string
}

export interface Column {
  readonly header: string
  readonly index: number
}

/** Reports a column the file lacks or has twice. */
export function findColumn(columns: readonly string[], header: string, problems: ProblemList): Column {
  const index = columns.indexOf(header)
  if (index < 0) {
    problems.push({
      row: 1,
      column: header,
      code: "MISSING_COLUMN",
      message: `The file has no column "${header}".`,
    })
  } else if (columns.includes(header, index + 1)) {
    problems.push({
      row: 1,
      column: header,
      code: "DUPLICATE_COLUMN",
      message: `The file has the column "${header}" twice.`,
    })
  }
  return { header, index }
}

/** Does a row fulfil the filter? A flag wants cells `true` and `false`. */
export function keepsRow(
  filter: { readonly operator: "==" | "!="; readonly value: string | boolean },
  column: Column,
  row: { readonly line: number; readonly cells: readonly string[] },
  problems: ProblemList,
): boolean {
  const cell = row.cells[column.index] ?? ""
  if (typeof filter.value === "boolean" && cell !== "true" && cell !== "false") {
    const message = `Expected true or false in the column "${column.header}".`
    problems.push({ row: row.line, column: column.header, code: "BAD_BOOLEAN", message })
    return false
  }
  return (cell === String(filter.value)) === (filter.operator === "==")
}

/** A column that two names share is reported once. */
export function once<P extends { readonly message: string }>(problems: readonly P[]): readonly P[] {
  return problems.filter((problem, i) => problems.findIndex(one => one.message === problem.message) === i)
}
