// What is sent to PostgreSQL in one message: several statements, each with its values written in. Flows in: statements of the ledger. Flows out: their
// text. A statement is prepared once on a connection and then called by its name, so that one message costs one look at each plan and one way there and back.
import { hash } from "node:crypto"
import { escapeLiteral } from "pg"
import type { Lock } from "../../ledger/operation.ts"
import { plainValue, type SqlValue, type Statement } from "../../ledger/statement.ts"

/** What one connection knows by name. */
export interface Prepared {
  readonly names: Map<readonly string[], string>
  /** Transactions begun on it. */
  begun: number
  /** Names tried so far: one of a message that failed is never used again. */
  count: number
}

export interface Message {
  readonly text: string
  /** The message went through: what it prepared may be called by name from now on. */
  readonly sent: () => void
}

/** Longer than others hold a lane; who waits longer than that holds up everybody in the same transaction. */
const longestWaitForLock = "200ms"

export interface Wanted {
  readonly begin: "alone" | "together" | "begun"
  /** Names to hold from here on. */
  readonly locks: readonly string[]
  readonly statements: readonly Statement[]
  /** Ends the transaction behind them. */
  readonly commit: boolean
}

export function messageOf({ begin, locks, statements, commit }: Wanted, prepared: Prepared): Message {
  const fresh = new Map<readonly string[], string>()
  const parts: string[] = []
  if (begin !== "begun") {
    parts.push("BEGIN")
    prepared.begun += 1
    if (isTimeToPlan(prepared.begun)) parts.push("DISCARD PLANS")
  }
  if (begin === "together") parts.push(`SET LOCAL lock_timeout = '${longestWaitForLock}'`)
  if (locks.length > 0) parts.push(lockText(locks))
  for (const { pieces } of statements) {
    if (isWholeRow(pieces) || prepared.names.has(pieces) || fresh.has(pieces)) continue
    const name = `fmap_${prepared.count++}`
    fresh.set(pieces, name)
    parts.push(`PREPARE ${name} AS ${pieces.reduce((before, piece, index) => `${before}$${index}${piece}`)}`)
  }
  for (const { pieces, values } of statements) {
    const name = fresh.get(pieces) ?? prepared.names.get(pieces)
    const written = values.map(value => literal(plainValue(value)))
    if (name === undefined)
      parts.push(pieces.reduce((before, piece, index) => `${before}${written[index - 1]}${piece}`))
    else parts.push(written.length === 0 ? `EXECUTE ${name}` : `EXECUTE ${name} (${written.join(", ")})`)
  }
  if (commit) parts.push("COMMIT")
  return {
    text: parts.join(";\n"),
    sent() {
      for (const [pieces, name] of fresh) prepared.names.set(pieces, name)
    },
  }
}

/** Plans made while a table was empty read all of it: they are made anew as it grows, wherever the server does not come to count its rows. */
function isTimeToPlan(begun: number): boolean {
  return begun >= 16 && Math.log2(begun) % 2 === 0
}

/** What asks for whole rows has no plan kept: a column added by a newer fmap would make it fail on the workers that still run. */
function isWholeRow(pieces: readonly string[]): boolean {
  return pieces.some(piece => /\*(?: FROM|,)/u.test(piece))
}

/** In one order in every process, so that two who want the same do not wait for each other. */
function lockText(locks: readonly string[]): string {
  const keys = [...locks].toSorted().map(key => `'${key}'`)
  return `SELECT pg_advisory_xact_lock(key) FROM unnest(ARRAY[${keys.join(", ")}]::bigint[]) AS key`
}

/** 64 bits as a decimal number: nothing of a name becomes SQL. */
export function lockKey({ name }: Lock): string {
  return BigInt.asIntN(64, BigInt(`0x${hash("sha256", name).slice(0, 16)}`)).toString()
}

/** Its type is that of the place it stands at. PostgreSQL holds no text with the character 0, and a message would end at one. */
export function literal(value: SqlValue): string {
  if (value === null) return "NULL"
  const text = String(value)
  if (text.includes("\0")) throw new TypeError("PostgreSQL holds no text with the character U+0000")
  return escapeLiteral(text)
}
