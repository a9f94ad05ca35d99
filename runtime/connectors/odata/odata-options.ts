// What a system that speaks OData is configured with. Flows in: nothing. Flows out: types. SAP, Dynamics 365 Finance and Dataverse differ in these options, not in code.
import type { ConnectionOptions } from "../http/connection.ts"
import type { Credentials } from "../http/credentials.ts"

export interface ODataOptions extends ConnectionOptions {
  readonly system: string
  readonly auth: Credentials
  readonly version: 2 | 4
  /** Writes need a token that is fetched first, and the cookies that came with it; as SAP does. True for version 2 where absent. */
  readonly csrf?: boolean
  /** Sent with every read: `{ "cross-company": "true" }` for Dynamics 365 Finance, which else shows one company. */
  readonly readQuery?: Readonly<Record<string, string>>
  /** A PATCH to a key that is nobody's creates: as Dataverse does, by alternate keys. */
  readonly patchUpserts?: boolean
  /** Records of a page that are asked for; what the platform gives where absent. */
  readonly pageSize?: number
  /** Records of a call of `load`; 50 where absent. */
  readonly batchSize?: number
  /** How far behind its cursor a reading of changes begins; two minutes where absent. */
  readonly overlapMs?: number
  /** By the name contracts give them. */
  readonly objects: Readonly<Record<string, ODataObject>>
}

/** How a value stands in a URL. */
export type ODataType =
  | "string"
  | "number"
  | "boolean"
  | "decimal"
  | "int64"
  | "guid"
  | "date"
  | "datetime"
  | "datetimeoffset"

export interface ODataObject {
  /** The entity set: `A_SalesOrder`. */
  readonly set: string
  /** Properties of its key, or of an alternate key, in order. */
  readonly keys: readonly string[]
  /** Types of properties that are asked for; texts and numbers need none. */
  readonly types?: Readonly<Record<string, ODataType>>
  /** Property of the last change, for `changes`. */
  readonly modified?: string
  /** Changes come by the links the platform gives (`odata.track-changes`), deletions among them. */
  readonly tracked?: true
  /** Values that go with every record, where a contract leaves them out: `{ "dataAreaId": "usmf" }`. */
  readonly always?: Readonly<Record<string, string>>
}
