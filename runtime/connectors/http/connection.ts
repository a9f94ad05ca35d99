// What a connection over HTTP is configured with. Flows in: options as people write them. Flows out: the same with defaults and a checked base.
// Options name secrets; they never hold one.
import { addressOfHost, mayReach, networkOf, type Reach } from "./addresses.ts"

export interface ConnectionOptions {
  /** Where the platform answers; paths of requests are behind it. `https:` unless it is this machine or the company's own network. */
  readonly baseUrl: string
  /** Further hosts requests may go to, such as that of the tokens: `login.salesforce.com`, `*.my.salesforce.com`. */
  readonly hosts?: readonly string[]
  /** `public` where absent. */
  readonly reach?: Reach
  /** Connections at most, and so requests at one time; 8 where absent. More wait their turn. */
  readonly connections?: number
  readonly connectMs?: number
  /** Until the head of an answer is there. */
  readonly headersMs?: number
  /** Between two pieces of an answer. */
  readonly bodyMs?: number
  /** For a whole exchange, waiting for a connection among it. */
  readonly totalMs?: number
  /** Bytes of an answer; 64 MiB where absent. */
  readonly longestAnswer?: number
}

export interface Connection {
  readonly base: URL
  readonly hosts: readonly string[]
  readonly reach: Reach
  readonly connections: number
  readonly connectMs: number
  readonly headersMs: number
  readonly bodyMs: number
  readonly totalMs: number
  readonly longestAnswer: number
}

/** Throws a RangeError with a sentence for who wrote the configuration. */
export function connectionOf(options: ConnectionOptions): Connection {
  const base = URL.canParse(options.baseUrl) ? new URL(options.baseUrl) : undefined
  if (base === undefined) throw new RangeError(`baseUrl is no URL: ${JSON.stringify(options.baseUrl)}`)
  const reach = options.reach ?? "public"
  const problem = urlProblem(base, reach)
  if (problem !== undefined) throw new RangeError(`baseUrl ${problem}`)
  if (!base.pathname.endsWith("/")) base.pathname += "/"
  return {
    base,
    hosts: options.hosts ?? [],
    reach,
    connections: options.connections ?? 8,
    connectMs: options.connectMs ?? 10_000,
    headersMs: options.headersMs ?? 60_000,
    bodyMs: options.bodyMs ?? 30_000,
    totalMs: options.totalMs ?? 180_000,
    longestAnswer: options.longestAnswer ?? 64 << 20,
  }
}

/** Why a request may not go there by the look of its URL; names are judged once more when they are resolved. */
export function targetProblem(url: URL, { base, hosts, reach }: Connection): string | undefined {
  const isAllowed =
    url.host === base.host ||
    (url.port === "" && hosts.some(host => hostFits(url.hostname, host))) ||
    hosts.includes(url.host)
  if (!isAllowed) return "is no host of this connection"
  // a link must not lead from an encrypted place to one that is not
  if (url.protocol === "http:" && base.protocol === "https:") return "is not https"
  return urlProblem(url, reach)
}

function hostFits(host: string, allowed: string): boolean {
  return allowed.startsWith("*.")
    ? host.endsWith(allowed.slice(1)) && host.length >= allowed.length
    : host === allowed
}

function urlProblem(url: URL, reach: Reach): string | undefined {
  if (url.username !== "" || url.password !== "") return "holds credentials; name secrets instead"
  const address = addressOfHost(url.hostname)
  if (address !== undefined && !mayReach(address, reach))
    return `is an address the connection may not reach (reach: ${reach})`
  if (url.protocol === "https:") return undefined
  if (url.protocol !== "http:") return "is not https"
  const isInside =
    url.hostname === "localhost"
      ? reach !== "public"
      : address !== undefined && networkOf(address) !== "public"
  return isInside ? undefined : "is not https"
}
