// Databases that cannot be opened: whoever tries is told what to do, without a password, and it is no bug of fmap.
import { expect, test } from "vitest"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { NotPossible, StoreFailed } from "../../../../runtime/flow/port/failures.ts"
import { cannotOpen } from "../../../../runtime/flow/stores/postgres/cannot-open.ts"
import { openPostgresLedger } from "../../../../runtime/flow/stores/postgres/open-ledger.ts"
import { connection, serverAnswers } from "./server.ts"

const shown = "postgres://ana@db:5432/books"
const asked = "postgres://ana:canary-7@canary-9@db:5432/books?password=canary-8"

test.each([
  [{ code: "3D000" }, 'database "books" does not exist', "make the database first"],
  [{ code: "28P01" }, 'password authentication failed for user "ana"', "check user and password"],
  [{ code: "28000" }, 'role "ana" does not exist', "check user and password"],
  [{}, "SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string", "check user and password"],
  [{}, "The server does not support SSL connections", "check sslmode"],
  [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "self-signed certificate", "check sslmode"],
  [{ code: "ERR_INVALID_URL" }, "Invalid URL", "write postgres://user@host/database"],
  [{ code: "42501" }, "permission denied for schema fmap", "fmap flow migrate"],
])("%j %s", (members, message, help) => {
  const told = cannotOpen(Object.assign(new Error(message), members), asked)
  expect(told).toBeInstanceOf(NotPossible)
  expect(String(told)).toContain(shown)
  expect(String(told)).toContain(message)
  expect(String(told)).toContain(help)
  expect(String(told)).not.toContain("canary")
})

test("a server that does not answer may answer later; anything else stays what it is", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })
  expect(cannotOpen(refused, asked)).toBeInstanceOf(StoreFailed)
  const bug = new TypeError("x is undefined")
  expect(cannotOpen(bug, asked)).toBe(bug)
})

test.skipIf(!(await serverAnswers())).each([
  ["no_such_database_of_fmap", "does not exist"],
  ["%zz", "does not exist"],
])("as the server says it: %s", async (database, word) => {
  const to = connection.replace(/\/[^/]*$/u, `/${database}`)
  const opening = openPostgresLedger({ connection: to }, systemWorld())
  await expect(opening).rejects.toThrow(NotPossible)
  await expect(openPostgresLedger({ connection: to, guest: true }, systemWorld())).rejects.toThrow(word)
})
