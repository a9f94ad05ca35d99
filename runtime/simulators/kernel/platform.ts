// What a simulated platform is: state, and a function from requests to answers. Flows in: requests. Flows out: answers, and the state as JSON. It knows no
// sockets, no clock of its own and no chance, so the same requests give the same answers.

export interface SimRequest {
  readonly method: string
  /** As it came, without the query. */
  readonly path: string
  /** The parts of the path between slashes, decoded. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
  /** Milliseconds since 1970. */
  readonly now: number
  /** Where clients reach the simulator: `http://127.0.0.1:8080`. */
  readonly origin: string
}

export interface SimAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | Uint8Array
}

export interface Platform {
  /** As users call it: `salesforce`. */
  readonly name: string
  handle(request: SimRequest): SimAnswer
  /** How this platform says a fault that has a form of its own; undefined: as HTTP does. */
  fault?(kind: "too-many" | "unavailable" | "internal" | "expired-token"): SimAnswer | undefined
  /** All state, so that it can be looked at, kept and loaded again. */
  dump(): unknown
  /** Throws a RangeError with a sentence for people. */
  load(state: unknown): void
}
