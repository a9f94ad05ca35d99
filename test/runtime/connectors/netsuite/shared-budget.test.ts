// Requests at one time at one account, over two connectors on one ledger: as two processes have them. The platform here answers slowly and counts how many it has at once.
import { EventEmitter } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, expect, test } from "vitest"
import { createNetSuite } from "../../../../runtime/connectors/netsuite/netsuite.ts"
import { systemWorld } from "../../../../runtime/flow/host/system-world.ts"
import { type Places, placesOn } from "../../../../runtime/flow/program/places.ts"
import { ledgerOn, newDisk } from "../../flow/simulation/faulty-store.ts"
import { call, failureOf, testSecrets } from "../harness.ts"

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of open.splice(0)) await stop()
})

/** The first `together` requests are answered when all of them are there. */
async function slowPlatform(together = 1) {
  const seen = { now: 0, most: 0, all: 0 }
  const all = new EventEmitter()
  const server = createServer((request, response) => {
    seen.now++
    seen.all++
    seen.most = Math.max(seen.most, seen.now)
    request.resume()
    const answer = () => {
      seen.now--
      response.writeHead(204, { location: "/services/rest/record/v1/customer/7" }).end()
    }
    if (seen.all < together) all.once("there", () => setTimeout(answer, 15))
    else setTimeout(answer, 15)
    if (seen.all === together) all.emit("there")
  })
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
  open.push(
    () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  )
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const world = systemWorld()

function connectorOn(url: string, places: Places | undefined, more: object = {}) {
  const connector = createNetSuite(
    {
      system: "NetSuite",
      account: "1234567",
      baseUrl: url,
      reach: "loopback",
      auth: {
        kind: "token-based",
        consumerKey: "env:KEY",
        consumerSecret: "env:CLIENT_SECRET",
        tokenId: "env:KEY",
        tokenSecret: "env:CLIENT_SECRET",
      },
      ...more,
    },
    { world, secrets: testSecrets({ KEY: "a key" }), ...(places === undefined ? {} : { places }) },
  )
  open.push(async () => connector.close())
  return connector
}

const load = {
  object: "customer",
  key: "externalId",
  fields: null,
  mode: { kind: "add" },
  records: Array.from({ length: 25 }, (_, i) => ({ externalId: `C-${i}`, companyName: "Acme" })),
} as const

test.each([
  ["shared, as many as connections where nothing is said", true, {}, 5],
  ["shared, three", true, { sharedConnections: 3 }, 3],
  ["each for itself", false, {}, 10],
] as const)("two processes: %s", async (_, isShared, more, most) => {
  const { seen, url } = await slowPlatform(most)
  const disk = newDisk(() => false)
  const connectors = [1, 2].map(() =>
    connectorOn(url, isShared ? placesOn(ledgerOn(disk, world), world) : undefined, more),
  )
  const receipts = await Promise.all(connectors.map((one, i) => one.load?.(load, call(`k-${i}`))))
  expect(receipts.map(receipt => receipt?.loaded)).toEqual([25, 25])
  expect([seen.all, seen.most]).toEqual([50, most])
  expect(disk.database.prepare("SELECT count(*) AS n FROM call_place").get()).toEqual({ n: 0 })
})

test("another account has places of its own, and one without a place asks nothing", async () => {
  const { seen, url } = await slowPlatform()
  const places = placesOn(
    ledgerOn(
      newDisk(() => false),
      world,
    ),
    world,
  )
  await places.take("netsuite 1234567", 1, 1_000, new AbortController().signal)
  const send = (more: object) =>
    connectorOn(url, places, { totalMs: 50, sharedConnections: 1, ...more }).send(
      { ...load, verb: "upsert", record: load.records[0] ?? {} },
      call(),
    )
  const { failure, code } = await failureOf(send({}))
  expect([failure, code, seen.all]).toEqual(["throttled", "NO_PLACE", 0])
  await send({ account: "7654321" })
  expect(seen.all).toBe(1)
})
