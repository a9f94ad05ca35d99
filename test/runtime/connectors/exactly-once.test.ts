// The law of exactly-once.ts can be broken: connectors that promise more than their platform keeps, or take a lost answer for a refusal, are found out.
import { describe, expect, test } from "vitest"
import { createHttpSystem } from "../../../runtime/connectors/generic/generic-http.ts"
import type { HttpObject } from "../../../runtime/connectors/generic/http-options.ts"
import type { Connector } from "../../../runtime/connectors/port/connector.ts"
import { CallFailed } from "../../../runtime/flow/port/failures.ts"
import type { Platform } from "../../../runtime/simulators/kernel/platform.ts"
import { simulatedRest } from "../../../runtime/simulators/rest/rest-platform.ts"
import { endsExactlyOnce } from "./exactly-once.ts"
import type { Stage } from "./harness.ts"

const create = { method: "POST", path: "/orders", answerAt: ["data"] } as const
const find = { path: "/orders?external_id={key}", at: ["data", "0"] }
const keyed: HttpObject = {
  create: { ...create, idempotency: { header: "Idempotency-Key", windowMs: 86_400_000 } },
}

const connect =
  (object: HttpObject, change: (connector: Connector) => Partial<Connector> = () => ({})) =>
  (stage: Stage) => {
    const connector = createHttpSystem(
      {
        system: "Shop",
        baseUrl: stage.url,
        reach: "loopback",
        auth: { kind: "none" },
        totalMs: 300,
        objects: { Order: object },
      },
      stage,
    )
    return { ...connector, ...change(connector) }
  }

const law = (connected: (stage: Stage) => Connector, platform = () => simulatedRest()) =>
  endsExactlyOnce(
    {
      platform,
      connect: connected,
      request: i => ({
        object: "Order",
        key: "external_id",
        fields: null,
        verb: "create",
        record: { external_id: `O-${i}` },
      }),
      keys: (rest: Platform) =>
        (
          (rest.dump() as { collections: { orders?: { external_id: string }[] } }).collections.orders ?? []
        ).map(one => one.external_id),
    },
    [1, 2, 3, 4],
  )

describe("what is right keeps the law", () => {
  test("a key the platform remembers", async () => expect(await law(connect(keyed))).toBeGreaterThan(10))
  test("a way to look", async () => expect(await law(connect({ create, find }))).toBeGreaterThan(10))
})

describe("what is wrong breaks it", () => {
  const mutants: readonly [string, (stage: Stage) => Connector, (() => Platform)?][] = [
    ["a create that says it may be repeated", connect({ create: { ...create, repeatable: true } })],
    [
      "a key that is never sent",
      connect(keyed, ({ send }) => ({ send: (request, call) => send(request, { ...call, sendKey: false }) })),
    ],
    [
      "a key of each attempt",
      connect(keyed, ({ send }) => {
        let attempt = 0
        return { send: (request, call) => send(request, { ...call, key: `${call.key}-${attempt++}` }) }
      }),
    ],
    ["a look that finds nothing", connect({ create, find }, () => ({ find: async () => undefined }))],
    [
      "a lost answer that counts as not done",
      connect({ create, find }, ({ send }) => ({
        send: (request, call) =>
          send(request, call).catch((error: CallFailed) => {
            throw new CallFailed(
              error.failure === "in-doubt" ? "transient" : error.failure,
              error.code,
              error.message,
            )
          }),
      })),
    ],
    ["a platform that forgets keys at once", connect(keyed), () => simulatedRest({ windowMs: 0 })],
  ]
  test.each(mutants)("%s", async (_, connected, platform) => {
    await expect(law(connected, platform)).rejects.toThrow(/seed \d/)
  })
})
