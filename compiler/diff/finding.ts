// What a comparison of two releases finds, as data that every reporter, the verdict and the approvals read. Flows in: nothing.
// Flows out: the types. A finding says what changed and for whom it breaks; the verdict says which version number that deserves.

/** Which side must go on working: `backward` is a new reader of old data, `forward` an old reader of new data, `full` both. */
export type CompatibilityMode = "backward" | "forward" | "full"

/** `unobserved` findings keep their severity; `information` never asks for a version number of its own. */
export type ChangeSeverity = "error" | "warning" | "information"

/** Ordered: none < patch < minor < major. */
export type Bump = "none" | "patch" | "minor" | "major"

export interface ChangeFinding {
  /** Of the catalogue: S shapes, M mappings, F flows, L lineage and governance, V releases. */
  readonly rule: string
  /** Hash of rule, subject, path and the canonical forms of both sides, never of words: approvals hold on to it. */
  readonly fingerprint: string
  /** The contract, map, crosswalk or schema that changed, by its name. */
  readonly subject: string
  /** Of the field, as a JSON pointer (`/lines/[]/amount`, `[]` for each item of a list); empty: the whole subject. */
  readonly path: string
  readonly severity: ChangeSeverity
  readonly bump: Bump
  /** Which mode or policy made it so severe: `backward`, `forward`, `full`, or of mappings `strict`, `standard`, `relaxed`. */
  readonly mode: string
  /** Whom a shape breaks: `readers` get data they did not know, `writers` send what is no longer taken. */
  readonly direction: "readers" | "writers" | "both" | "none"
  /** Both sides in the author's words, shortened for display; null: it is not there on that side. */
  readonly old: string | null
  readonly new: string | null
  /** One sentence an analyst understands. */
  readonly message: string
  readonly fix: string | null
  /** Where it stands in the sources, when there are sources; `file:line:column`. */
  readonly oldAt: string | null
  readonly newAt: string | null
  readonly witness: Witness | null
  readonly observed: Observed | null
  /** Of a map: an input made up by the compiler that shows it; absent: none was found, or recorded ones show it. */
  readonly made?: MadeExample
  /** Of a flow that breaks: what becomes of events in flight, and what targets see after them. */
  readonly inFlight?: string
  /** Declared consumers whose selected fields this reaches. */
  readonly consumers: readonly string[]
}

/** A payload that is valid on one side and not on the other. */
export interface Witness {
  readonly payload: unknown
  readonly validFor: "old" | "new"
}

/** Results of both versions at the place of the finding, or how the record ended. */
export interface MadeExample {
  readonly payload: unknown
  readonly old: unknown
  readonly new: unknown
}

/** What both versions did with recorded and generated payloads. Amounts are exact decimals in text. */
export interface Observed {
  readonly compared: number
  /** Records in which it differs at all. */
  readonly differs: number
  /** Of these, records in which no figure at the place differs by more than the tolerance. */
  readonly withinTolerance: number
  readonly newlyFailing: number
  readonly newlyPassing: number
  readonly largestDelta: string | null
  /** Sum of new minus old, by currency code. */
  readonly deltaByCurrency: Readonly<Record<string, string>>
  /** The first three, made as small as still shows it. */
  readonly examples: readonly { readonly payload: unknown; readonly old: unknown; readonly new: unknown }[]
}
