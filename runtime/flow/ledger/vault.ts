// Keys of a tenant, and a ledger behind them: AES-256-GCM, the key's id in the text, each text bound to tenant, column and row. Flows in: keys, operations. Flows out: the same operations, whose sealed values reach
// the store encrypted and come back as they were. A text whose key is not there comes back as it stands.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"
import { NotPossible } from "../port/failures.ts"
import type { Ledger } from "./ledger.ts"
import type { Operation, Row } from "./operation.ts"
import { brokenMark, type Sealed, sealedMark } from "./sealed.ts"
import type { Statement } from "./statement.ts"

export interface VaultKey {
  /** Letters, digits, `.`, `_` and `-`; at most 60. It stands in each text. */
  readonly id: string
  /** 32 bytes. */
  readonly secret: Uint8Array
}

export interface Vault {
  seal(value: Sealed): string
  /** With every sealed text open. Throws TypeError where the row does not have the columns it is bound to. */
  open(row: Row): Row
}

const [ivBytes, tagBytes, keyBytes] = [12, 16, 32]

/** The first key seals; all open. Throws NotPossible for what is no key. */
export function createVault(tenant: string, keys: readonly VaultKey[]): Vault {
  const own = new Map<string, Uint8Array>()
  for (const { id, secret } of keys) {
    if (!/^[A-Za-z0-9._-]{1,60}$/u.test(id))
      throw new NotPossible("FM8411", `"${id.slice(0, 80)}" is no id of a key: letters, digits, ., _ and -`)
    if (secret.length !== keyBytes) throw new NotPossible("FM8411", `The key ${id} does not have 32 bytes`)
    if (own.has(id)) throw new NotPossible("FM8411", `Two keys have the id ${id}`)
    // Each tenant's own: what is sealed for one says nothing about another, though both were given one secret.
    own.set(
      id,
      new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(), `fmap ledger\0${tenant}`, keyBytes)),
    )
  }
  const first = keys[0]
  const sealing = first === undefined ? undefined : own.get(first.id)
  if (first === undefined || sealing === undefined) throw new NotPossible("FM8411", "A vault needs a key")

  function openText(text: string, column: string, row: Row): string {
    const [id = "", names = "", body = ""] = text.slice(sealedMark.length).split(":")
    const key = own.get(id)
    if (key === undefined) return text
    const bytes = Buffer.from(body, "base64")
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(boundTo(tenant, column, namesIn(names), row))
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
        "utf8",
      )
    } catch (error) {
      if (error instanceof NotAsked) throw error
      return `${brokenMark}${id}`
    }
  }

  return {
    seal({ column, row, text }) {
      const names = Object.keys(row).toSorted()
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv("aes-256-gcm", sealing, iv, { authTagLength: tagBytes })
      cipher.setAAD(boundTo(tenant, column, names, row))
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
      return `${sealedMark}${first.id}:${names.join(",")}:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64")}`
    },
    open(row) {
      const cells = Object.entries(row)
      if (!cells.some(([, cell]) => isSealed(cell))) return row
      return Object.fromEntries(
        cells.map(([column, cell]) => [column, isSealed(cell) ? openText(cell, column, row) : cell]),
      )
    },
  }
}

function isSealed(cell: unknown): cell is string {
  return typeof cell === "string" && cell.startsWith(sealedMark)
}

/** A defect of a query, not of the ledger. */
class NotAsked extends TypeError {}

function namesIn(names: string): readonly string[] {
  return names === "" ? [] : names.split(",")
}

function boundTo(tenant: string, column: string, names: readonly string[], row: Row): Buffer {
  const values = names.map(name => {
    const value = row[name]
    if (typeof value !== "string") throw new NotAsked(`${column} of the ledger is read without ${name}`)
    return value
  })
  return Buffer.from(JSON.stringify([tenant, column, names, values]))
}

/** The same ledger, whose sealed values are encrypted. */
export function behindVault<L extends Ledger>(ledger: L, vault: Vault): L {
  return { ...ledger, run: operation => ledger.run(() => sealing(operation(), vault)) }
}

function* sealing<T>(operation: Operation<T>, vault: Vault): Operation<T> {
  let rows: readonly Row[] = []
  for (;;) {
    const next = operation.next(rows)
    if (next.done === true) return next.value
    const { value } = next
    if (value.kind === "sql") rows = (yield sealedStatement(value, vault)).map(row => vault.open(row))
    else if (value.kind === "together")
      rows = yield { kind: "together", operations: value.operations.map(part => sealing(part, vault)) }
    else rows = yield value
  }
}

function sealedStatement(statement: Statement, vault: Vault): Statement {
  const { values } = statement
  if (!values.some(isToBeSealed)) return statement
  return { ...statement, values: values.map(value => (isToBeSealed(value) ? vault.seal(value) : value)) }
}

function isToBeSealed(value: Statement["values"][number]): value is Sealed {
  return typeof value === "object" && value !== null
}
