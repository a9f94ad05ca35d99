// How a platform nobody wrote a connector for is described: data a person writes. Flows in: nothing. Flows out: types.
import type { FailureClass } from "../../flow/port/failures.ts"
import type { ConnectionOptions } from "../http/connection.ts"
import type { Credentials } from "../http/credentials.ts"
import type { HttpMethod } from "../http/exchange.ts"

/** Names and places in a list from the top: `["data", "0", "id"]`. */
export type Path = readonly string[]

export interface HttpSystemOptions extends ConnectionOptions {
  readonly system: string
  readonly auth: Credentials
  /** By the name contracts give them. */
  readonly objects: Readonly<Record<string, HttpObject>>
  readonly errors?: HttpErrors
}

export interface HttpObject {
  readonly create?: HttpCall
  readonly update?: HttpCall
  readonly upsert?: HttpCall
  readonly delete?: HttpCall
  /** A record by its key. 404, or nothing at `at`: it is not there. */
  readonly find?: HttpFind
  readonly list?: HttpList
}

export interface HttpCall {
  readonly method: HttpMethod
  /** `{key}` and `{name}` stand for the record's key and for a field of it. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** The body is `{ "wrap": record }`. */
  readonly wrap?: string
  /** The key stands in the path alone. */
  readonly keyOnlyInPath?: boolean
  /** Where what the contract `answers` stands; the top where absent. */
  readonly answerAt?: Path
  /** The header that takes a key of ours, and how long the platform remembers it. */
  readonly idempotency?: { readonly header: string; readonly windowMs: number }
  /** The same call twice leaves the same: a PUT by key, a deletion. */
  readonly repeatable?: boolean
}

export interface HttpFind {
  readonly path: string
  readonly at?: Path
}

export interface HttpList {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Field of a condition → name in the query; a condition on another field is refused. */
  readonly filters?: Readonly<Record<string, string>>
  readonly at?: Path
  readonly next?: HttpNext
  readonly changes?: HttpChanges
}

export type HttpNext =
  /** A URL in the answer. */
  | { readonly kind: "link"; readonly at: Path }
  /** The header Link with rel="next". */
  | { readonly kind: "link-header" }
  /** A text in the answer that is a value of the next query. */
  | { readonly kind: "cursor"; readonly at: Path; readonly query: string }
  /** How many records were read; ends with a page that has fewer than `limit`. */
  | { readonly kind: "offset"; readonly query: string; readonly limit: number }

export interface HttpChanges {
  /** Name in the query of the time since when. */
  readonly since: string
  /** Where a record says what it is and when it was changed: an instant in UTC or a whole number. */
  readonly idAt: Path
  readonly versionAt: Path
}

export interface HttpErrors {
  readonly codeAt?: Path
  readonly messageAt?: Path
  /** A failure that comes with status 200. */
  readonly failedWhen?: { readonly at: Path; readonly equals: string | boolean | number }
  /** The first that fits decides; behind them come the rules of HTTP. */
  readonly rules?: readonly HttpErrorRule[]
}

export interface HttpErrorRule {
  readonly status?: number
  readonly code?: string
  readonly contains?: string
  readonly failure: FailureClass
  readonly retryAfterMs?: number
}
