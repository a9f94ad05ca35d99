// The shape of a catalogue entry. A catalogue is a plain object keyed by code; codes are never reused.
// FM1xxx syntax, 2xxx names, 3xxx types, 4xxx mapping, 5xxx finance, 6xxx contracts, 7xxx project, 9xxx run time.

export interface CatalogueEntry<P> {
  /** Two to five words, the heading of its page: "Field not assigned". */
  readonly title: string
  readonly severity: "error" | "warning" | "information"
  readonly message: (parameters: P) => string
}

/** Keeps each entry's own parameter type; the caller writes `entry<{ name: string }>({ … })`. */
export function entry<P>(e: CatalogueEntry<P>): CatalogueEntry<P> {
  return e
}
