// Runs an operation over a connection, statement by statement, inside a transaction somebody else begins and ends. Flows in: the operation. Flows
// out: what it returns, and the lanes it wants looked at.
import type { PoolClient } from "pg"
import type { Operation, Row, Wake } from "../../ledger/operation.ts"
import type { Statement } from "../../ledger/statement.ts"

export interface Ran<T> {
  readonly result: T
  readonly wakes: readonly Wake[]
}

/** Statements by their place in the source: their text with `$1`, and a name under which a connection keeps its plan. */
export interface Numbered {
  readonly texts: WeakMap<readonly string[], { readonly text: string; readonly name?: string }>
  count: number
}

export async function runOperation<T>(
  client: PoolClient,
  numbered: Numbered,
  operation: Operation<T>,
): Promise<Ran<T>> {
  const wakes: Wake[] = []
  let rows: readonly Row[] = []
  for (;;) {
    const next = operation.next(rows)
    if (next.done === true) return { result: next.value, wakes }
    rows = []
    switch (next.value.kind) {
      case "sql":
        rows = (await client.query<Row>({ ...textOf(numbered, next.value), values: [...next.value.values] }))
          .rows
        break
      case "lock":
        await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [next.value.name])
        break
      case "wake":
        wakes.push(next.value)
    }
  }
}

/** What asks for whole rows has no plan kept: a column added by a newer fmap would make it fail on the workers that still run. */
function textOf(numbered: Numbered, { pieces }: Statement) {
  const { texts } = numbered
  const known = texts.get(pieces)
  if (known !== undefined) return known
  const text = pieces.reduce((before, piece, index) => `${before}$${index}${piece}`)
  const statement = /\*(?: FROM|,)/u.test(text) ? { text } : { text, name: `fmap-${numbered.count++}` }
  texts.set(pieces, statement)
  return statement
}
