// What a ledger holds, in a form in which two can be compared. Flows in: its rows as they pass. Flows out: how many there are in each table, a digest of all of them, exact sums by currency.
import { createHash } from "node:crypto"
import { createSums } from "../ledger/amounts.ts"
import type { Cell, LedgerEnd, LedgerTable } from "./ledger-end.ts"

export interface Contents {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly digest: string }[]
  readonly sums: readonly {
    /** events, or what was done at targets. */
    readonly of: "events" | "effects"
    readonly currency: string
    readonly value: string
  }[]
}

export interface Reader {
  /** Passes rows on, and looks at them. */
  through(
    table: LedgerTable,
    pages: AsyncIterable<readonly (readonly Cell[])[]>,
  ): AsyncIterable<readonly (readonly Cell[])[]>
  contents(): Contents
}

const summed = new Map([
  ["inbox", "events"],
  ["effect", "effects"],
] as const)

export function contentsReader(): Reader {
  const tables = new Map<string, { rows: number; digest: string }>()
  const sums = createSums()
  return {
    async *through(table, pages) {
      const hash = createHash("sha256")
      let rows = 0
      const of = summed.get(table.name as "inbox" | "effect")
      const [amount, currency, state] = ["amount", "currency", "state"].map(name =>
        table.columns.indexOf(name),
      )
      for await (const page of pages) {
        for (const row of page) {
          rows += 1
          hash.update(`${JSON.stringify(row.map(cell => (cell === null ? null : String(cell))))}\n`)
          const value = row[amount ?? -1]
          if (of === undefined || typeof value !== "string") continue
          if (of === "events" || row[state ?? -1] === "done")
            sums.add(`${of} ${String(row[currency ?? -1])}`, value)
        }
        yield page
      }
      tables.set(table.name, { rows, digest: hash.digest("hex") })
    },
    contents: () => ({
      tables: [...tables]
        .map(([table, counted]) => ({ table, ...counted }))
        .toSorted((a, b) => (a.table < b.table ? -1 : 1)),
      sums: sums.values().map(([key, value]) => {
        const [of, ...currency] = key.split(" ")
        return {
          of: of === "events" ? ("events" as const) : ("effects" as const),
          currency: currency.join(" "),
          value,
        }
      }),
    }),
  }
}

export async function contentsOf(end: LedgerEnd, tables: readonly LedgerTable[]): Promise<Contents> {
  const reader = contentsReader()
  for (const table of tables) for await (const _ of reader.through(table, end.pages(table)));
  return reader.contents()
}
