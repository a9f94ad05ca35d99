// Which addresses and URLs a connection reaches: SSRF by URL, by redirect, by a name that leads inside, by a link of the platform.
import type { lookup } from "node:dns"
import { createServer } from "node:net"
import { describe, expect, test } from "vitest"
import { mayReach, networkOf } from "../../../../runtime/connectors/http/addresses.ts"
import { checkedLookup } from "../../../../runtime/connectors/http/checked-lookup.ts"
import { type ConnectionOptions, connectionOf } from "../../../../runtime/connectors/http/connection.ts"
import { ExchangeFailed } from "../../../../runtime/connectors/http/exchange.ts"
import { createHttpClient } from "../../../../runtime/connectors/http/http-client.ts"
import { anySignal } from "../harness.ts"

const addresses: readonly [string, ReturnType<typeof networkOf>][] = [
  ["127.0.0.1", "loopback"],
  ["127.255.255.254", "loopback"],
  ["::1", "loopback"],
  ["10.1.2.3", "private"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["172.32.0.1", "public"],
  ["192.168.1.1", "private"],
  ["100.64.0.1", "private"],
  ["fd00::1", "private"],
  ["169.254.169.254", "never"],
  ["fe80::1", "never"],
  ["0.0.0.0", "never"],
  ["::", "never"],
  ["224.0.0.1", "never"],
  ["255.255.255.255", "never"],
  ["64:ff9b::a9fe:a9fe", "never"],
  ["2002:a9fe:a9fe::", "never"],
  ["8.8.8.8", "public"],
  ["2606:4700::1111", "public"],
  ["not an address", "never"],
]

describe("networks", () => {
  test.each(addresses)("%s: %s", (address, network) => expect(networkOf(address)).toBe(network))
  test("an IPv4 address inside an IPv6 one is never taken for a public one", () => {
    for (const address of ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8"])
      expect(mayReach(address, "public"), address).toBe(false)
  })
  test("what a connection may reach", () => {
    const reaches = (address: string) =>
      (["public", "loopback", "private"] as const).filter(reach => mayReach(address, reach))
    expect(reaches("8.8.8.8")).toEqual(["public", "loopback", "private"])
    expect(reaches("127.0.0.1")).toEqual(["loopback", "private"])
    expect(reaches("10.0.0.1")).toEqual(["private"])
    expect(reaches("169.254.169.254")).toEqual([])
  })
})

describe("base URLs", () => {
  const bad: readonly [string, Partial<ConnectionOptions>][] = [
    ["nonsense", {}],
    ["http://api.example.com", {}],
    ["ftp://api.example.com", {}],
    ["https://user:secret@api.example.com", {}],
    ["https://127.0.0.1", {}],
    ["https://2130706433", {}],
    ["https://0x7f.1", {}],
    ["https://[::1]", {}],
    ["http://localhost", {}],
    ["http://10.0.0.1", { reach: "loopback" }],
    ["https://169.254.169.254", { reach: "private" }],
    ["http://8.8.8.8", { reach: "private" }],
  ]
  test.each(bad)("%s is refused", (baseUrl, more) =>
    expect(() => connectionOf({ baseUrl, ...more })).toThrow(RangeError),
  )
  const good: readonly [string, Partial<ConnectionOptions>][] = [
    ["https://api.example.com/v1", {}],
    ["http://localhost:8080", { reach: "loopback" }],
    ["http://10.0.0.1:8000/sap", { reach: "private" }],
  ]
  test.each(good)("%s is taken", (baseUrl, more) =>
    expect(connectionOf({ baseUrl, ...more }).base.href.endsWith("/")).toBe(true),
  )
})

describe("requests", () => {
  const client = (more: Partial<ConnectionOptions> = {}) =>
    createHttpClient(
      { baseUrl: "https://api.example.com/v1", hosts: ["*.my.example.com", "login.example.com"], ...more },
      () => {
        throw new Error("was resolved")
      },
    )
  const codeOf = async (url: string, more?: Partial<ConnectionOptions>) => {
    try {
      await client(more).exchange({ method: "GET", url }, anySignal())
      return "answered"
    } catch (error) {
      if (error instanceof ExchangeFailed) return error.code
      throw error
    }
  }
  test.each([
    "https://evil.example.org/",
    "//evil.example.org/",
    "\\\\evil.example.org/",
    "https://api.example.com.evil.org/",
    "https://api.example.com@evil.org/",
    "https://api.example.com:8443/",
    "https://my.example.com/",
    "https://evilmy.example.com/",
    "http://api.example.com/",
    "https://169.254.169.254/",
    "file:///etc/passwd",
    "https://user:pw@api.example.com/",
  ])("%s goes nowhere", async url => expect(await codeOf(url)).toBe("ADDRESS_REFUSED"))
  test.each(["https://org.my.example.com/x", "https://login.example.com/token", "/services", "records"])(
    "%s is asked",
    async url => expect(await codeOf(url)).not.toBe("ADDRESS_REFUSED"),
  )
  test("a link that leaves encryption is not followed, though the network is our own", async () => {
    const inside = { baseUrl: "https://10.0.0.1/sap", reach: "private" } as const
    expect(await codeOf("http://10.0.0.1/sap/next", inside)).toBe("ADDRESS_REFUSED")
    expect(await codeOf("/sap/next", inside)).not.toBe("ADDRESS_REFUSED")
  })
  test("a header cannot hold another header", async () => {
    const work = client().exchange({ method: "GET", url: "x", headers: { a: "b\r\nc: d" } }, anySignal())
    await expect(work).rejects.toMatchObject({ code: "BAD_HEADER", stage: "before" })
  })
})

describe("names", () => {
  /** A resolver that gives these answers, one after another. */
  const resolver = (...answers: readonly (readonly string[])[]) => {
    let count = 0
    const resolve = (_host: string, _options: object, answer: (error: null, found: object[]) => void) =>
      answer(
        null,
        (answers[Math.min(count++, answers.length - 1)] ?? []).map(address => ({
          address,
          family: address.includes(":") ? 6 : 4,
        })),
      )
    return resolve as unknown as typeof lookup
  }
  const ask = (resolve: typeof lookup, options: object = { all: true }) =>
    new Promise(done =>
      checkedLookup("public", resolve)("api.example.com", options, (error, found) => done(error ?? found)),
    )

  test("addresses inside are left out; where there are no others the name leads nowhere", async () => {
    expect(await ask(resolver(["10.0.0.1", "8.8.8.8"]))).toEqual([{ address: "8.8.8.8", family: 4 }])
    expect(await ask(resolver(["10.0.0.1", "8.8.8.8"]), {})).toBe("8.8.8.8")
    expect(await ask(resolver(["127.0.0.1"]))).toMatchObject({ code: "ADDRESS_REFUSED" })
    expect(await ask(resolver(["169.254.169.254"]), {})).toMatchObject({ code: "ADDRESS_REFUSED" })
    expect(await ask(resolver([]))).toMatchObject({ code: "ADDRESS_REFUSED" })
  })

  test("a name that changes its mind between two connections reaches nothing inside", async () => {
    let connections = 0
    const inside = createServer(socket => {
      connections++
      socket.destroy()
    })
    await new Promise<void>(done => inside.listen(0, "127.0.0.1", done))
    const { port } = inside.address() as { port: number }
    // the first answer is one nobody answers at, the second is this machine
    const rebinding = checkedLookup("public", resolver(["192.0.2.1"], ["127.0.0.1"], ["127.0.0.1"]))
    const client = createHttpClient(
      { baseUrl: `https://rebind.example.com:${port}`, totalMs: 400, connectMs: 100 },
      rebinding,
    )
    const codes = []
    for (let i = 0; i < 3; i++)
      codes.push(
        await client
          .exchange({ method: "GET", url: "/" }, anySignal())
          .catch((error: ExchangeFailed) => `${error.stage} ${error.code}`),
      )
    expect(codes).toEqual(["before ADDRESS_REFUSED", "before ADDRESS_REFUSED", "before ADDRESS_REFUSED"])
    expect(connections).toBe(0)
    await client.close()
    inside.close()
  })
})
