// What a system of folders is configured with. Flows in: nothing. Flows out: types.
import type { CsvTransport } from "../../formats/wire/wire-spec.ts"

export interface FilesOptions {
  readonly system: string
  /** By the name contracts give them. */
  readonly objects: Readonly<Record<string, FileObject>>
}

export type FileFormat =
  | { readonly kind: "ndjson" }
  /** The first line names the columns. */
  | ({ readonly kind: "csv" } & Partial<Pick<CsvTransport, "delimiter" | "quote" | "encoding">> & {
        /** `escape` (where absent): an apostrophe before texts that a spreadsheet would compute. */
        readonly formulas?: "escape" | "keep"
      })

export interface FileObject {
  readonly format: FileFormat
  /** Ends of names that are files of this object: `.csv`. Hidden names and `.tmp`, `.part` never are. */
  readonly ending: string
  /** Where others put whole files, by renaming them into it. */
  readonly inbox?: string
  /** Where a file goes when all of it has been taken over. */
  readonly processed?: string
  /** Where a file goes that cannot be read, with a second file that says why. */
  readonly refused?: string
  /** Files that stay, such as reference data: what `read` reads. */
  readonly shelf?: string
  /** Where we put files. */
  readonly outbox?: string
  /** Columns of files we write, in order; the names of the first record where absent. */
  readonly columns?: readonly string[]
  /** A file that was changed since so long is left alone; one second where absent. */
  readonly settleMs?: number
}
