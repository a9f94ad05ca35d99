// Rows of crosswalks that flows filled, as one event sees them: those that were there when it began, and its own. Flows in: the ledger's rows, read once
// and kept. Flows out: the same answers in every attempt of the event.

import type { Ledger } from "../ledger/ledger.ts"
import { linksAfter } from "../ledger/links.ts"
import type { LinkRow } from "../port/event.ts"
import type { FlowRun } from "./flow-run.ts"

export interface LinkBook {
  /** How many rows there are now. */
  length(): Promise<number>
  /** As of that number of rows. */
  find(crosswalk: string, key: string, until: number): unknown
}

export function linkBook(ledger: Ledger): LinkBook {
  const rows = new Map<string, { readonly seq: number; readonly value: unknown }[]>()
  let last = 0

  async function read(): Promise<number> {
    for (;;) {
      const from = last
      const { rows: found, more } = await ledger.run(() => linksAfter(from))
      for (const { seq, crosswalk, key, value } of found) {
        // Somebody else may have read them meanwhile.
        if (seq <= last) continue
        const place = placeOf(crosswalk, key)
        rows.set(place, [...(rows.get(place) ?? []), { seq, value }])
        last = seq
      }
      if (!more) return last
    }
  }

  return {
    length: read,
    find: (crosswalk, key, until) =>
      rows.get(placeOf(crosswalk, key))?.findLast(({ seq }) => seq <= until)?.value,
  }
}

/** `until`: the rows the event saw when it was begun; what it fills itself comes on top. */
export function filledRows(book: LinkBook, until: number): FlowRun["filled"] {
  const own = new Map<string, unknown>()
  return {
    find: (crosswalk, key) => {
      const place = placeOf(crosswalk, key)
      return own.has(place) ? own.get(place) : book.find(crosswalk, key, until)
    },
    add: (added: readonly LinkRow[]) => {
      for (const { crosswalk, key, value } of added) own.set(placeOf(crosswalk, key), value)
    },
    get snapshot() {
      return `${until}+${own.size}`
    },
  }
}

export const nothingFilled: LinkBook = { length: async () => 0, find: () => undefined }

function placeOf(crosswalk: string, key: string): string {
  return JSON.stringify([crosswalk, key])
}
