// What every importer gives and the printer writes: shapes as a platform publishes them, in words of the language. Flows in:
// what one source format says (compiler/import/<source>/). Flows out: declarations and notes, by print and by merge. It must
// not know any source format, nor how the text of a declaration looks.

/** One source read: a Salesforce describe, an EDMX document, an OpenAPI description, the header of a CSV file, … */
export interface Imported {
  /** Who publishes the shapes; none where the source does not say. */
  readonly system: ImportedSystem | null
  /** In the order of the source. Names are the source's own and unique; the printer makes names of the language of them. */
  readonly declarations: readonly ImportedDeclaration[]
  /** What the source says that the declarations do not, what was guessed, and how sure that is. Nothing is dropped silently. */
  readonly notes: readonly ImportNote[]
}

export interface ImportedSystem {
  readonly name: string
  readonly docs: readonly string[]
  /** `crm`, `erp`, `planning`, …: the word of the `kind` clause. */
  readonly kind: string | null
  /** Who answers for it. */
  readonly owner?: string
  /** Where its data may be, as a name of the language. */
  readonly residency?: string
  /** The wire profile its documents travel in; plain JSON where none is said. */
  readonly profile?: "odata2" | "odata4" | "netsuite" | "csv" | "xml"
  /** The namespaces of XML documents; that of names without a prefix has the empty one. */
  readonly namespaces?: readonly { readonly prefix: string; readonly uri: string }[]
  /** How most values of a kind stand on the wire where the profile presumes otherwise; a field says what differs. `decimal: number`, `bool: "T|F"`. */
  readonly wire: ReadonlyMap<
    "decimal" | "int" | "date" | "datetime" | "instant" | "bool" | "delimiter",
    string
  >
}

export type ImportedDeclaration = ImportedContract | ImportedRecord | ImportedEnum

export interface ImportedEnum {
  readonly kind: "enum"
  readonly name: string
  readonly docs: readonly string[]
  readonly open: boolean
  readonly members: readonly ImportedMember[]
}
export interface ImportedMember {
  readonly value: string
  readonly docs: readonly string[]
}

export interface ImportedRecord {
  readonly kind: "record"
  readonly name: string
  readonly docs: readonly string[]
  /** Currencies and units that the amounts inside are in: `record Line(ccy: currency)`. */
  readonly parameters: readonly { readonly name: string; readonly type: "currency" | "text" }[]
  readonly fields: readonly ImportedField[]
}

export interface ImportedContract {
  readonly kind: "contract"
  readonly name: string
  readonly docs: readonly string[]
  /** The version the source names, else `0.1.0`. */
  readonly version: string
  readonly direction: "reads" | "writes" | "both"
  readonly fields: readonly ImportedField[]
  /** Wire names of the fields that must be there `on create`, `on update`. */
  readonly requiredOnCreate: readonly string[]
  readonly requiredOnUpdate: readonly string[]
  /** What the source says for those who govern it; absent: nothing. */
  readonly owner?: string
  readonly lifecycle?: "draft" | "active" | "deprecated" | "retired"
  /** The day it ends; only behind a lifecycle. */
  readonly sunset?: string
  readonly compatible?: string
  /** `99.5% within 15min` */
  readonly slo?: string
  readonly retention?: { readonly count: number; readonly unit: "days" | "months" | "years" }
}

export interface ImportedField {
  /** The platform's spelling, on the wire. The printer makes a name of it, in backticks where it is no identifier. */
  readonly wireName: string
  readonly docs: readonly string[]
  readonly type: ImportedType
  /** May be absent or null. */
  readonly optional: boolean
  readonly key: boolean
  readonly marks: readonly (
    | "pii"
    | "confidential"
    | "clearable"
    | "computed"
    | "create only"
    | "write only"
    | "deprecated"
  )[]
  /** The wire form where it differs from the system's, as written behind `wire`: `odata2`, `minor`, `"T"|"F"`, `under results`. */
  readonly wire: string | null
}

export type ImportedType =
  | {
      readonly kind: "text"
      readonly min: number | null
      readonly max: number | null
      readonly measure: "utf16" | "bytes" | null
      readonly pattern: string | null
    }
  | { readonly kind: "alpha"; readonly length: number }
  | { readonly kind: "int"; readonly min: string | null; readonly max: string | null }
  | {
      readonly kind: "decimal" | "percent"
      readonly precision: number
      readonly scale: number
      readonly min: string | null
      readonly max: string | null
      /** Which ends are not among the values themselves; none where it is not said. */
      readonly exclusive?: "min" | "max" | "both"
    }
  /** In the currency or unit of a field beside it (its wire name), of a parameter, or a constant (`USD`). */
  | {
      readonly kind: "money" | "quantity"
      readonly precision: number
      readonly scale: number
      readonly unit: ImportedUnit
    }
  | { readonly kind: "bool" | "currency" | "country" | "language" | "date" | "datetime" | "instant" | "json" }
  | { readonly kind: "enum"; readonly open: boolean; readonly members: readonly ImportedMember[] }
  /** A record or enum of the same import. */
  | { readonly kind: "named"; readonly name: string; readonly units: readonly ImportedUnit[] }
  | {
      readonly kind: "list"
      readonly element: ImportedType
      readonly min: number | null
      readonly max: number | null
    }
  | { readonly kind: "dictionary"; readonly value: ImportedType }
  | { readonly kind: "union"; readonly members: readonly string[]; readonly by: ImportedUnionBy }

export type ImportedUnit =
  | { readonly kind: "field"; readonly wireName: string; readonly inside?: ImportedInside }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "constant"; readonly code: string }

/** A field of the record that the field beside the amount holds: `transactioncurrencyid.isocurrencycode`. */
export interface ImportedInside {
  readonly record: string
  readonly wireName: string
}

export type ImportedUnionBy =
  | { readonly kind: "shape" }
  | {
      readonly kind: "presence"
      readonly arms: readonly { readonly field: string; readonly member: string }[]
    }
  | {
      readonly kind: "value"
      readonly field: string
      readonly arms: readonly { readonly value: string; readonly member: string }[]
    }

/** One file that is read: its name as the user knows it and its text. */
export interface ImportFile {
  readonly name: string
  readonly text: string
}

/** What an importer is given. */
export interface ImportSource extends ImportFile {
  /** Another file, by its path relative to this one's folder; null where there is none or it may not be read. */
  readonly beside: (path: string) => ImportFile | null
}

/** What is wanted of a source; an importer may look at it to follow less or more. What is left over is taken out later. */
export interface ImportWish {
  /** The name of the system, where the user gives one. */
  readonly system: string | null
  /** What the contracts are for, where the user says it. */
  readonly direction: ImportedContract["direction"] | null
  /** Objects (`Opportunity`) and fields (`Opportunity.Amount`, then bare names) as the user wrote them; null: everything. */
  readonly only: readonly string[] | null
}

export type Importer = (source: ImportSource, wish: ImportWish) => ImportResult

/** One thing a reader of the import should know. */
export interface ImportNote {
  /**
   * dropped: the source says it and a contract cannot; widened: the contract promises less than the source; guessed: the
   * source does not say it, `sure` tells how sure the guess is.
   */
  readonly kind: "dropped" | "widened" | "guessed"
  readonly sure: "certain" | "likely" | "unsure" | null
  /** Where in the source: `Opportunity.Amount`, `#/components/schemas/Deal/properties/amount`. */
  readonly at: string
  /** One sentence. */
  readonly message: string
}

/** What a source that cannot be read ends with. Lines and columns are 1-based, where the parser knows them. */
export interface ImportProblem {
  readonly message: string
  readonly at: string | null
  readonly line: number | null
  readonly column: number | null
  readonly help: string | null
}

export type ImportResult =
  | { readonly kind: "imported"; readonly imported: Imported }
  | { readonly kind: "unreadable"; readonly problems: readonly ImportProblem[] }
