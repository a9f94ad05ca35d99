// A service on a working engine: a flow that stops in every way a person decides about, tokens of every role, and a way to ask. Flows in: the store. Flows out: the service.
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { SignJWT } from "jose"
import {
  BusinessException,
  CallFailed,
  createEngine,
  type Engine,
  type Flow,
  type FlowSpec,
  openSqliteLedger,
  systemWorld,
  type World,
} from "../../../runtime/flow/index.ts"
import type { Ledger } from "../../../runtime/flow/ledger/ledger.ts"
import { type Action, permissions } from "../../../runtime/flow/port/permissions.ts"
import { answerName } from "../../../runtime/flow/program/steps/answer-step.ts"
import { createPostgresEngine, openPostgresLedger } from "../../../runtime/flow/stores/postgres/index.ts"
import {
  createService,
  type LogEntry,
  type Role,
  type Service,
  type ServiceParts,
  tokenVerifier,
} from "../../../runtime/http/index.ts"
import type { Issue } from "../../../runtime/results/issue.ts"
import { connection, dropSchemas } from "../flow/postgres/server.ts"

export const issuer = "https://login.example"
export const audience = "fmap"
export const secret = "a secret of the tests, 32 bytes and more"
export const origin = "http://127.0.0.1:8080"

export type Order = Readonly<Record<string, unknown>>

/** Customers by which an order stops, and how. */
export const customers = {
  good: "C-1",
  unknown: "C-9",
  lost: "C-LOST",
  refused: "C-REFUSED",
  checked: "C-CHECKED",
} as const

/** Where a check stands that says nothing of a field. */
const checkedAt = "orders.fmap:3:1"

export const order = (id: string, more: Order = {}): Order => ({
  id,
  customer: customers.good,
  email: `${id}@example.com`,
  margin: "12.5",
  amount: "100.00",
  ...more,
})

const map = { map: "ToOrder", version: "1.0.0", set: false } as const
const question = (...reads: readonly string[]) => ({ map: "Question", reads })
const effect = { retry: null, timeoutMs: null, limit: null, refused: [], inDoubt: null, idempotency: null }

export const spec = {
  name: "Orders",
  version: "1.0.0",
  owner: "order desk",
  trigger: { kind: "call", binder: "order", contract: "Order", answer: "Booked" },
  when: null,
  lane: { key: question("order"), newest: null },
  steps: [
    {
      name: "booked",
      binder: "booked",
      needs: [],
      conditions: [],
      each: null,
      kind: "map",
      call: { ...map, arguments: [{ name: "source", binder: "order" }] },
    },
  ],
  routes: [],
  slos: [],
  effect,
} as unknown as FlowSpec

export function issuesOfOrder(payload: unknown): readonly Issue[] {
  const found = payload as Order
  return ["id", "customer", "amount"].flatMap(name =>
    typeof found[name] === "string" && found[name] !== ""
      ? []
      : [
          {
            code: "WRONG_TYPE",
            severity: "reject" as const,
            root: "Order",
            pointer: `/${name}`,
            message: `${name} is text.`,
            at: "orders.fmap:1:1",
          },
        ],
  )
}

export function ordersFlow(calls: string[], known: Set<string>): Flow {
  const target = { name: "erp", idempotency: {} }
  return {
    name: "Orders",
    version: "1.0.0",
    lane: event => String((event.payload as Order)["customer"] ?? ""),
    policy: "park",
    compensates: false,
    maxOpen: 50,
    validate: payload => issuesOfOrder(payload).map(({ pointer, message }) => `${pointer}: ${message}`),
    routeOf: () => ({ kind: "failure", queue: null, owner: null, lane: "park" }),
    async handler(event, ctx) {
      const { id, customer } = event.payload as Order
      if (customer === customers.unknown && !known.has(String(customer))) {
        const issue: Issue = {
          code: "NO_CUSTOMER",
          severity: "hold",
          root: "source",
          pointer: "/customer",
          message: "There is no such customer.",
          value: customer,
          at: "orders.fmap:2:1",
          lookup: { crosswalk: "customers", keys: [String(customer)] },
        }
        throw new BusinessException(
          "NO_CUSTOMER",
          "There is no such customer.",
          { step: "booked", map: "ToOrder", issues: [issue] },
          { kind: "hold", queue: "order-desk", owner: null, lane: "park" },
        )
      }
      if (customer === customers.checked) {
        const issue: Issue = {
          code: "TOO_SMALL",
          severity: "hold",
          root: "target",
          pointer: "",
          message: "Orders are of 500 at least.",
          at: checkedAt,
        }
        throw new BusinessException(
          "TOO_SMALL",
          issue.message,
          { step: "booked", map: "ToOrder", issues: [issue] },
          { kind: "hold", queue: "order-desk", owner: null, lane: "park" },
        )
      }
      const receipt = await ctx.effect({
        name: "post",
        target,
        request: event.payload,
        amount: { value: "100.00", currency: "EUR" },
        send: async call => {
          calls.push(`${id} ${call.key.slice(0, 8)}`)
          if (customer === customers.lost) throw new CallFailed("in-doubt", "TIMEOUT", "no answer")
          if (customer === customers.refused) throw new CallFailed("rejected", "NO_ITEM", "no such item")
          return { number: `SO-${id}` }
        },
      })
      await ctx.step(answerName, () => receipt)
    },
  }
}

export interface TestService {
  readonly service: Service
  readonly engine: Engine
  readonly ledger: Ledger
  readonly world: World
  readonly calls: string[]
  /** Customers that exist meanwhile. */
  readonly known: Set<string>
  readonly logged: LogEntry[]
  readonly troubles: unknown[]
  /** Puts orders in and waits until each has ended. */
  /** Of the ledger's file; undefined on PostgreSQL. */
  readonly folder: string | undefined
  put(...orders: readonly Order[]): Promise<void>
  /** Numbers of exceptions that are open, by the id of their order. */
  open(): Promise<Readonly<Record<string, number>>>
  ask(path: string, options?: AskOptions): Promise<Asked>
  close(): Promise<void>
}

export interface AskOptions {
  /** A role, as `ROLE` or `ROLE:subject`. */
  readonly as?: string
  readonly token?: string
  readonly body?: unknown
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every form
  readonly json: any
}

export async function tokenOf(
  subject: string,
  claims: Readonly<Record<string, unknown>>,
  more: { readonly expires?: string; readonly key?: string; readonly alg?: string } = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: more.alg ?? "HS256" })
    .setSubject(subject)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(more.expires ?? "1h")
    .sign(new TextEncoder().encode(more.key ?? secret))
}

export const secrets = {
  get: async () => secret,
  hide: () => undefined,
  mask: (text: string) => text,
}

async function storeOf(kind: "sqlite" | "postgres", world: World, flows: readonly Flow[]) {
  if (kind === "sqlite") {
    const folder = mkdtempSync(join(tmpdir(), "fmap-http-"))
    const ledger = openSqliteLedger(join(folder, "fmap.db"), world)
    return {
      folder,
      ledger,
      engine: createEngine({ flows, ledger, world, worker: "w1" }),
      close: async () => {
        ledger.close()
        rmSync(folder, { recursive: true })
      },
    }
  }
  const schema = `http_${randomBytes(6).toString("hex")}`
  const ledger = await openPostgresLedger({ connection, schema, troubled: () => undefined }, world)
  return {
    folder: undefined,
    ledger,
    engine: createPostgresEngine({ flows, ledger, world, worker: "w1" }),
    close: async () => {
      await ledger.close()
      await dropSchemas(schema)
    },
  }
}

export async function serviceOn(
  kind: "sqlite" | "postgres" = "sqlite",
  more: Partial<ServiceParts> = {},
  flowOf: typeof ordersFlow = ordersFlow,
): Promise<TestService> {
  const world = systemWorld()
  const [calls, known] = [[] as string[], new Set<string>()]
  const flows = [flowOf(calls, known)]
  const { folder, ledger, engine, close } = await storeOf(kind, world, flows)
  const stop = new AbortController()
  const running = engine.process({ lanes: 4, signal: stop.signal })
  const [logged, troubles] = [[] as LogEntry[], [] as unknown[]]
  const service = createService({
    engine,
    ledger,
    world,
    flows: [
      {
        spec,
        validate: issuesOfOrder,
        decides: (map, at) =>
          map === "ToOrder" && at === checkedAt
            ? [
                { source: "source", path: ["amount"] },
                { source: "source", path: ["lines", "*", "price"] },
                { source: "account", path: ["least"] },
              ]
            : [],
        labels: [
          { path: ["email"], label: "pii" },
          { path: ["margin"], label: "confidential" },
        ],
      },
    ],
    rehearsed: { flows, masked: false },
    labels: ["pii", "confidential"],
    verify: tokenVerifier(
      { issuer, audience, keys: { kind: "secret", secrets, references: ["env:HTTP_SECRET"] } },
      world,
    ),
    unguessable: () => randomBytes(32).toString("base64url"),
    origins: () => [origin],
    waitMs: 5_000,
    log: entry => logged.push(entry),
    troubled: error => troubles.push(error),
    ...more,
  })

  async function ask(path: string, options: AskOptions = {}): Promise<Asked> {
    const { as, body, method = body === undefined ? "GET" : "POST", headers = {} } = options
    const [role = "", subject = `one-of-${role}`] = as?.split(":") ?? []
    const token = options.token ?? (as === undefined ? undefined : await tokenOf(subject, { role }))
    const request = new Request(`${origin}${path}`, {
      method,
      redirect: "manual",
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    const response = await service.fetch(request, { address: "127.0.0.1" })
    const text = await response.text()
    const isJson = response.headers.get("content-type")?.includes("json") === true
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    }
  }

  const open = async () => {
    const { json } = await ask("/api/v1/exceptions?limit=200", { as: "controller" })
    const exceptions = json.exceptions as readonly { readonly sourceId: string; readonly number: number }[]
    return Object.fromEntries(exceptions.map(({ sourceId, number }) => [sourceId, number]))
  }

  return {
    folder,
    service,
    engine,
    ledger,
    world,
    calls,
    known,
    logged,
    troubles,
    ask,
    open,
    async put(...orders) {
      await engine.append(
        orders.map(payload => ({
          flow: "Orders",
          source: "shop",
          id: String(payload["id"]),
          payload,
          amount: { value: "100.00", currency: "EUR" },
        })),
      )
      await settled(engine)
    },
    async close() {
      stop.abort()
      await running
      await close()
    },
  }
}

/** No event is open. */
export async function settled(engine: Engine): Promise<void> {
  for (let looks = 0; looks < 400; looks++) {
    const { flows } = await engine.stats()
    if (flows.every(({ events }) => events.open === 0)) return
    await new Promise(wake => setTimeout(wake, 10))
  }
  throw new Error("events stay open")
}

export const everyRole: readonly Role[] = ["operations", "controller", "architect", "system"]

/** What the matrix says, without asking who asks it. */
export function allowed(role: Role, action: Action): boolean {
  return permissions[action].some(one => one === role)
}
