// Takes what pg-boss would send, so that it goes out in a message of ours. Flows in: a call of pg-boss that is given a database. Flows out: the statement it wanted to send, with its values.
import type { SqlValue, Statement } from "../../ledger/statement.ts"

/** What pg-boss asks of a database. */
interface Database {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: never[] }>
}

/** Texts are kept, so that each is prepared once on a connection. The call has to send one statement, and not to need its rows. */
export function takesStatements(): (call: (database: Database) => Promise<unknown>) => Promise<Statement> {
  const known = new Map<string, Text>()
  return async call => {
    const sent: Statement[] = []
    await call({
      async executeSql(text, values = []) {
        const { pieces, places } = known.get(text) ?? textOf(text)
        known.set(text, { pieces, places })
        sent.push({ kind: "sql", pieces, values: places.map(place => valueOf(values[place])), unread: true })
        return { rows: [] }
      },
    })
    const [statement, ...more] = sent
    if (statement === undefined || more.length > 0)
      throw new TypeError(`pg-boss sent ${sent.length} statements where it sends one`)
    return statement
  }
}

interface Text {
  readonly pieces: readonly string[]
  /** Which value stands between two pieces. */
  readonly places: readonly number[]
}

function textOf(text: string): Text {
  return {
    pieces: text.split(/\$\d+/u),
    places: [...text.matchAll(/\$(\d+)/gu)].map(([, number]) => Number(number) - 1),
  }
}

function valueOf(value: unknown): SqlValue {
  if (value === null || typeof value === "string" || typeof value === "number") return value
  throw new TypeError("pg-boss sent a value that is neither text nor number")
}
