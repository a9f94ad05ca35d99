// Where a reader of changes is, as the ledger keeps it. Flows in: the text of a watermark. Flows out: the cursor, and whether this is still the first look at what is there.

export interface Place {
  readonly cursor: string | null
  /** The first look: records are seen, and make no events. */
  readonly looking: boolean
  /** What the ledger has; null: nothing yet. */
  readonly kept: string | null
}

export function placeOf(kept: string | null, begin: "now" | "beginning"): Place {
  if (kept === null) return { cursor: null, looking: begin === "now", kept }
  return { cursor: kept.charAt(1) === "-" ? null : kept.slice(2), looking: kept.startsWith("l"), kept }
}

export function placeAt(cursor: string | null, looking: boolean): Place & { readonly kept: string } {
  const kind = looking ? "l" : "c"
  return { cursor, looking, kept: cursor === null ? `${kind}-` : `${kind}:${cursor}` }
}

/** As if nothing had been read, and every record were new. */
export const fromTheBeginning = placeAt(null, false).kept
