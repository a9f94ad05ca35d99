// Where a reader of changes is, as the ledger keeps it. Flows in: the text of a watermark. Flows out: the cursor, whether this is still the first look at what is there, and how its events are named.

export interface Place {
  readonly cursor: string | null
  /** The first look: records are seen, and make no events. */
  readonly looking: boolean
  /** Its events name the object they come from. Readers that began before that go on without, so that what they have stays known. */
  readonly apart: boolean
  /** What the ledger has; null: nothing yet. */
  readonly kept: string | null
}

export function placeOf(kept: string | null, begin: "now" | "beginning"): Place {
  if (kept === null) return { cursor: null, looking: begin === "now", apart: true, kept }
  const kind = kept.charAt(0)
  return {
    cursor: kept.charAt(1) === "-" ? null : kept.slice(2),
    looking: kind.toLowerCase() === "l",
    apart: kind !== kind.toLowerCase(),
    kept,
  }
}

export function placeAt(
  cursor: string | null,
  { looking, apart }: Pick<Place, "looking" | "apart">,
): Place & { readonly kept: string } {
  const kind = looking ? "l" : "c"
  const named = apart ? kind.toUpperCase() : kind
  return { cursor, looking, apart, kept: cursor === null ? `${named}-` : `${named}:${cursor}` }
}

/** As if nothing had been read, and every record were new. */
export function fromTheBeginning({ apart }: Place): string {
  return placeAt(null, { looking: false, apart }).kept
}
