// What stands around an attribute while it is made a field. Flows in: nothing. Flows out: types. It must not know which product
// the entity is of.
import type { ImportNote } from "../model.ts"

/** What is told once for an entity, with the number of its fields. */
export type CdmCount = "options" | "lookups" | "digits" | "base" | "relations" | "texts" | "figures"

export interface CdmContext {
  readonly shape: string
  /** Is there a field that says the currency of the record? */
  readonly hasCurrency: boolean
  /** Are there amounts? */
  readonly hasMoney: boolean
  /** The standard type that a declared one stands for. */
  readonly baseType: (name: string) => string
  readonly note: (kind: ImportNote["kind"], sure: ImportNote["sure"], at: string, message: string) => void
  readonly count: (what: CdmCount) => void
}
