// A simulated model: lists, modules, imports. Flows in: the text of a file. Flows out: how many rows did what, and those that failed. A row with an unknown member fails; one that addresses
// nothing is ignored, and the task is successful all the same, as at the platform.

export interface Member {
  readonly name: string
  readonly code: string
  readonly parent?: string
}

export interface ModelList {
  readonly name: string
  readonly items: Member[]
}

export type ImportInto =
  | {
      readonly kind: "list"
      readonly list: string
      readonly name: string
      readonly code: string
      readonly parent?: string
    }
  | {
      readonly kind: "module"
      readonly module: string
      /** Column → list whose codes it holds. */
      readonly members: Readonly<Record<string, string>>
      /** Columns whose texts are taken as they are: periods, versions. */
      readonly free: readonly string[]
      /** The column of the figures, or several, each a line item: the cell then ends with its name. */
      readonly value: string | readonly string[]
      /** All cells of the module are cleared first. */
      readonly clears?: true
      /** Cells of the members that the file has in these columns are cleared first. */
      readonly clearsOver?: readonly string[]
    }

export interface ModelImport {
  readonly file: string
  readonly into: ImportInto
}

export interface Model {
  readonly lists: Map<string, ModelList>
  /** Module → cell → number as text. */
  readonly modules: Map<string, Map<string, string>>
  readonly imports: Map<string, ModelImport>
  /** Process → the one import it runs. */
  readonly processes: Map<string, string>
}

export interface ImportOutcome {
  readonly name: string
  readonly total: number
  readonly success: number
  readonly created: number
  readonly ignored: number
  readonly failed: readonly {
    readonly line: number
    readonly cells: readonly string[]
    readonly error: string
  }[]
  readonly columns: readonly string[]
}

export function runImport(
  model: Model,
  { into }: ModelImport,
  rows: readonly (readonly string[])[],
): ImportOutcome {
  const [columns = [], ...data] = rows
  return into.kind === "list" ? intoList(model, into, columns, data) : intoModule(model, into, columns, data)
}

function intoList(
  model: Model,
  into: ImportInto & { kind: "list" },
  columns: readonly string[],
  data: readonly (readonly string[])[],
): ImportOutcome {
  const list = model.lists.get(into.list) ?? { name: into.list, items: [] }
  model.lists.set(into.list, list)
  const at = (cells: readonly string[], column: string) => cells[columns.indexOf(column)] ?? ""
  let [success, created, ignored] = [0, 0, 0]
  for (const cells of data) {
    const code = at(cells, into.code)
    if (code === "") {
      ignored++
      continue
    }
    const place = list.items.findIndex(item => item.code === code)
    const parent = into.parent === undefined ? "" : at(cells, into.parent)
    const member = { name: at(cells, into.name), code, ...(parent === "" ? {} : { parent }) }
    success++
    if (place < 0) {
      list.items.push(member)
      created++
    } else list.items[place] = member
  }
  return { name: list.name, total: data.length, success, created, ignored, failed: [], columns }
}

function intoModule(
  model: Model,
  into: ImportInto & { kind: "module" },
  columns: readonly string[],
  data: readonly (readonly string[])[],
): ImportOutcome {
  const cells =
    into.clears === true
      ? new Map<string, string>()
      : (model.modules.get(into.module) ?? new Map<string, string>())
  model.modules.set(into.module, cells)
  const dimensions = [...Object.keys(into.members), ...into.free]
  clearOver(cells, into.clearsOver ?? [], dimensions, columns, data)
  const failed: ImportOutcome["failed"][number][] = []
  let [success, created, ignored] = [0, 0, 0]
  for (const [i, row] of data.entries()) {
    const at = (column: string) => row[columns.indexOf(column)] ?? ""
    const stranger = Object.entries(into.members).find(
      ([column, list]) => !(model.lists.get(list)?.items ?? []).some(({ code }) => code === at(column)),
    )
    if (stranger !== undefined) {
      failed.push({
        line: i + 2,
        cells: row,
        error: `Item not located in ${stranger[0]} list: ${at(stranger[0])}`,
      })
      continue
    }
    const key = dimensions.map(at).join(" | ")
    const figures =
      typeof into.value === "string"
        ? [[key, at(into.value)] as const]
        : into.value.map(item => [`${key} | ${item}`, at(item)] as const)
    // a blank cell says nothing
    const said = figures.filter(([, figure]) => figure !== "")
    if (said.length === 0) {
      ignored++
      continue
    }
    if (said.some(([cell]) => !cells.has(cell))) created++
    for (const [cell, figure] of said) cells.set(cell, figure)
    success++
  }
  return { name: into.module, total: data.length, success, created, ignored, failed, columns }
}

function clearOver(
  cells: Map<string, string>,
  over: readonly string[],
  dimensions: readonly string[],
  columns: readonly string[],
  data: readonly (readonly string[])[],
): void {
  if (over.length === 0) return
  const sliceOf = (values: readonly string[], names: readonly string[]) =>
    JSON.stringify(over.map(column => values[names.indexOf(column)] ?? ""))
  const slices = new Set(data.map(row => sliceOf(row, columns)))
  for (const cell of [...cells.keys()])
    if (slices.has(sliceOf(cell.split(" | "), dimensions))) cells.delete(cell)
}
