// The state of a simulated account as JSON and back. Flows in: what `dump` gave, or what somebody wrote by hand. Flows out: an account.
import { memberOf, objectOf } from "../../connectors/http/json-value.ts"
import { checkKeys, checkState, placeOf } from "../kernel/check-state.ts"
import { type Account, type AccountRecord, keep } from "./account.ts"
import type { SimRecordType } from "./record-types.ts"

const beginning = "2020-01-01T00:00:00Z"

export function dumpAccount(account: Account): unknown {
  return {
    types: account.types,
    records: Object.fromEntries([...account.records].map(([type, all]) => [type, [...all.values()]])),
    tables: Object.fromEntries(account.tables),
    serial: account.serial,
  }
}

/** Throws a RangeError. Records without an id are given one. */
export function loadAccount(state: unknown, known: Account["types"]): Account {
  checkState(state, { types: "object", records: "records", tables: "records", serial: "count" })
  const types = objectOf(memberOf(state, "types")) as Readonly<Record<string, SimRecordType>> | undefined
  const account: Account = {
    types: { ...known, ...types },
    records: new Map(),
    external: new Map(),
    tables: new Map(),
    serial: Number(memberOf(state, "serial") ?? 0),
  }
  for (const [table, rows] of Object.entries(objectOf(memberOf(state, "tables")) ?? {})) {
    account.tables.set(table.toLowerCase(), rows as readonly AccountRecord[])
  }
  for (const [type, list] of Object.entries(objectOf(memberOf(state, "records")) ?? {})) {
    if (!Object.hasOwn(account.types, type))
      throw new RangeError(
        `${placeOf(["records", type])}: There is no record type ${type}; describe it under "types"`,
      )
    checkKeys(list as readonly AccountRecord[], ["id"], ["records", type], true)
    for (const values of list as readonly AccountRecord[]) {
      const id = typeof values["id"] === "string" ? values["id"] : String(++account.serial)
      keep(account, type, { createdDate: beginning, lastModifiedDate: beginning, ...values, id })
    }
  }
  return account
}
