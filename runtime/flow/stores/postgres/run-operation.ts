// Runs an operation over a connection, statement by statement, inside a transaction it begins and somebody else ends. Flows in: the operation. Flows
// out: what it returns, and the lanes it wants looked at.
import { hash } from "node:crypto"
import type { PoolClient } from "pg"
import type { Lock, Operation, Row, Wake } from "../../ledger/operation.ts"
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

/** Begins the transaction, with the names the operation wants for itself first in the same message. */
export async function runOperation<T>(
  client: PoolClient,
  numbered: Numbered,
  operation: Operation<T>,
): Promise<Ran<T>> {
  const wakes: Wake[] = []
  const held = new Set<string>()
  let wanted: string[] = []
  let begun = false
  let rows: readonly Row[] = []
  for (;;) {
    const next = operation.next(rows)
    if (next.done !== true && next.value.kind === "lock") {
      const key = lockKey(next.value)
      if (!held.has(key)) wanted.push(key)
      held.add(key)
      rows = []
      continue
    }
    if (!begun || wanted.length > 0) await client.query(messageOf(begun, wanted))
    begun = true
    wanted = []
    if (next.done === true) return { result: next.value, wakes }
    rows = []
    if (next.value.kind === "wake") wakes.push(next.value)
    else if (next.value.kind === "sql")
      rows = (await client.query<Row>({ ...textOf(numbered, next.value), values: [...next.value.values] }))
        .rows
  }
}

/** One after the other, in the order they were asked for. */
function messageOf(begun: boolean, locks: readonly string[]): string {
  const asked = locks.map(key => `SELECT pg_advisory_xact_lock(${key})`)
  return [...(begun ? [] : ["BEGIN"]), ...asked].join("; ")
}

/** 64 bits as a decimal number: nothing of a name becomes SQL. */
function lockKey({ name }: Lock): string {
  return BigInt.asIntN(64, BigInt(`0x${hash("sha256", name).slice(0, 16)}`)).toString()
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
