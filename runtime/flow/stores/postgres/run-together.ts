// Runs operations side by side in one transaction over one connection: in each round the next statement of every operation goes out in one message. Flows in: the
// operations. Flows out: how each ended, the lanes they want looked at, and what is still to be sent; the transaction is left open for who ends it. Operations that want the same lock run one after the
// other, as they would in transactions of their own.
import type { PoolClient, QueryResult } from "pg"
import type { Operation, Row, Wake } from "../../ledger/operation.ts"
import type { Statement } from "../../ledger/statement.ts"
import { lockKey, messageOf, type Prepared, type Wanted } from "./message.ts"

export type Ended =
  | { readonly kind: "done"; readonly result: unknown }
  /** Before it wrote anything, so that nothing of it is in the transaction. */
  | { readonly kind: "threw"; readonly error: unknown }

export interface Ran {
  /** By operation. */
  readonly ended: readonly Ended[]
  readonly wakes: readonly Wake[]
  /** What has not been sent yet, for the message that ends the transaction. */
  readonly left: Omit<Wanted, "commit">
}

/** One of several operations threw when it had written, or they wait for each other: the transaction is of no use to any of them. */
export class Entangled extends Error {
  override readonly name = "Entangled"
}

/** An operation, or a part of one that runs beside its other parts. */
interface Strand {
  readonly member: number
  readonly operation: Operation<unknown>
  readonly parent: Strand | undefined
  rows: readonly Row[]
  /** Parts that have not ended. */
  left: number
}

export async function runTogether(
  client: PoolClient,
  prepared: Prepared,
  operations: readonly Operation<unknown>[],
): Promise<Ran> {
  const ended = new Map<number, Ended>()
  const wakes: { readonly member: number; readonly wake: Wake }[] = []
  /** Who of them has a name now, and which the transaction has. */
  const holders = new Map<string, number>()
  const locked = new Set<string>()
  const wrote = new Set<number>()
  let ready: Strand[] = operations.map((operation, member) => strandOf(member, operation, undefined))
  let waiting: { readonly strand: Strand; readonly key: string }[] = []
  let asked: { readonly strand: Strand; readonly statement: Statement }[] = []
  let wanted: string[] = []
  let begun = false

  for (;;) {
    for (let strand = ready.shift(); strand !== undefined; strand = ready.shift()) goOn(strand)
    if (asked.every(({ statement }) => statement.unread)) break
    const answers = await ask(client, prepared, { ...left(), commit: false })
    ready = []
    for (const [index, { strand, statement }] of asked.entries()) {
      if (statement.unread) continue
      strand.rows = answers[index] ?? []
      ready.push(strand)
    }
    begun = true
    wanted = []
    asked = []
  }
  if (ended.size < operations.length) throw new Entangled("Operations of one transaction wait for each other")
  return {
    ended: [...ended].toSorted(([a], [b]) => a - b).map(([, how]) => how),
    wakes: wakes.flatMap(({ member, wake }) => (ended.get(member)?.kind === "done" ? [wake] : [])),
    left: left(),
  }

  function left(): Omit<Wanted, "commit"> {
    const begin = begun ? "begun" : operations.length > 1 ? "together" : "alone"
    return { begin, locks: wanted, statements: asked.map(({ statement }) => statement) }
  }

  /** Until it asks for rows, waits, or ends. */
  function goOn(strand: Strand): void {
    const { member } = strand
    for (let rows = strand.rows; !ended.has(member); rows = []) {
      let next: ReturnType<Strand["operation"]["next"]>
      try {
        next = strand.operation.next(rows)
      } catch (error) {
        if (operations.length === 1) throw error
        if (wrote.has(member)) throw new Entangled("An operation threw when it had written", { cause: error })
        end(member, { kind: "threw", error })
        return
      }
      if (next.done === true) {
        finish(strand, next.value)
        return
      }
      const { value } = next
      switch (value.kind) {
        case "wake":
          wakes.push({ member, wake: value })
          break
        case "lock":
          if (!hold(member, lockKey(value))) {
            waiting.push({ strand, key: lockKey(value) })
            strand.rows = []
            return
          }
          break
        case "together":
          if (value.operations.length === 0) break
          strand.rows = []
          strand.left = value.operations.length
          ready.push(...value.operations.map(operation => strandOf(member, operation, strand)))
          return
        case "sql":
          if (!/^\s*SELECT/u.test(value.pieces[0] ?? "")) wrote.add(member)
          asked.push({ strand, statement: value })
          if (value.unread) break
          return
      }
    }
  }

  function hold(member: number, key: string): boolean {
    const holder = holders.get(key)
    if (holder !== undefined) return holder === member
    holders.set(key, member)
    if (locked.has(key)) return true
    locked.add(key)
    wanted.push(key)
    return true
  }

  function finish({ member, parent }: Strand, result: unknown): void {
    if (parent === undefined) end(member, { kind: "done", result })
    else {
      parent.left -= 1
      if (parent.left === 0) ready.push(parent)
    }
  }

  /** What it held goes to whoever of this transaction waits for it, and sees what it wrote. */
  function end(member: number, how: Ended): void {
    ended.set(member, how)
    if (how.kind === "threw") asked = asked.filter(({ strand }) => strand.member !== member)
    waiting = waiting.filter(({ strand }) => strand.member !== member)
    for (const [key, holder] of holders) {
      if (holder !== member) continue
      holders.delete(key)
      const next = waiting.find(one => one.key === key)
      if (next === undefined) continue
      holders.set(key, next.strand.member)
      waiting = waiting.filter(one => one !== next)
      ready.push(next.strand)
    }
  }
}

/** The rows of each statement. */
export async function ask(client: PoolClient, prepared: Prepared, wanted: Wanted): Promise<readonly Row[][]> {
  const { text, sent } = messageOf(wanted, prepared)
  const results: QueryResult<Row> | readonly QueryResult<Row>[] = await client.query<Row>(text)
  sent()
  const all = [results].flat()
  const end = wanted.commit ? all.length - 1 : all.length
  return all.slice(end - wanted.statements.length, end).map(({ rows }) => rows)
}

function strandOf(member: number, operation: Operation<unknown>, parent: Strand | undefined): Strand {
  return { member, operation, parent, rows: [], left: 0 }
}
