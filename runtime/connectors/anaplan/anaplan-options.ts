// What a model of Anaplan is configured with. Flows in: nothing. Flows out: types. Files, imports and processes are made by a model builder; here stand their ids.
import type { ConnectionOptions } from "../http/connection.ts"
import type { SecretReference } from "../secrets/secrets.ts"

export interface AnaplanOptions extends ConnectionOptions {
  readonly system: string
  readonly auth: AnaplanAuth
  readonly workspace: string
  readonly model: string
  /** By the name contracts give them. */
  readonly objects: Readonly<Record<string, AnaplanObject>>
  /** Bytes of a piece of a file, 1 MB to 50 MB; 10 MB where absent. */
  readonly chunkBytes?: number
  /** How long an import is waited for; ten minutes where absent. */
  readonly taskMs?: number
}

export type AnaplanAuth =
  /** A token for user and password, renewed before it ends. `url` where absent: https://auth.anaplan.com/token/authenticate. */
  | {
      readonly kind: "basic"
      readonly user: SecretReference
      readonly password: SecretReference
      readonly url?: string
    }
  | { readonly kind: "bearer"; readonly token: SecretReference }

export type AnaplanObject = AnaplanImport | AnaplanList

export interface AnaplanImport {
  readonly kind: "import"
  readonly file: string
  readonly import: string
  /** The process that runs the import among other actions; the import alone where absent. */
  readonly process?: string
  /** Columns of the file, in order. */
  readonly columns: readonly string[]
  /** The import or process clears what is not in the file: only then a load may `replace`. */
  readonly clears?: true
  /** Columns: before it loads, the import or process clears all cells of the members that the file has in them. A load may `replace over` just these. */
  readonly clearsOver?: readonly string[]
  /** Numbers of the file are added to those in the model: such a load is never sent twice. */
  readonly sums?: true
}

/** Members by the transactional API: new ones are added, those that are there stay. */
export interface AnaplanList {
  readonly kind: "list"
  readonly list: string
  /** Field of the contract → name, code, parent; others are properties. */
  readonly name: string
  readonly code: string
  readonly parent?: string
}
