// What two stores have in common. Flows in: the tables of both. Flows out: the columns and keys that rows are moved and compared by; a refusal where something would be lost.
import { NotPossible } from "../port/failures.ts"
import type { LedgerTable } from "./ledger-end.ts"

/** Where a store keeps rows in the order they were written, it numbers them; the number says nothing elsewhere. */
const ownNumber = "seq"

export function commonTables(
  here: readonly LedgerTable[],
  there: readonly LedgerTable[],
): readonly LedgerTable[] {
  const extra = there.find(({ name }) => !here.some(table => table.name === name))
  if (extra !== undefined) throw other(extra.name)
  return here.map(table => {
    const twin = there.find(({ name }) => name === table.name)
    if (twin === undefined) throw other(table.name)
    return common(table, twin)
  })
}

function common(table: LedgerTable, twin: LedgerTable): LedgerTable {
  const columns = table.columns.filter(column => twin.columns.includes(column))
  const only = [...table.columns, ...twin.columns].find(
    column => !columns.includes(column) && column !== ownNumber,
  )
  if (only !== undefined) throw other(`${table.name}.${only}`)
  const key = [table.key, twin.key].find(
    names => names.length > 0 && names.every(name => columns.includes(name)),
  )
  if (key === undefined) throw other(`${table.name} and its key`)
  return { ...table, columns, key }
}

function other(what: string): NotPossible {
  return new NotPossible("FM8408", `The two stores do not both have ${what}: it would be lost`)
}
