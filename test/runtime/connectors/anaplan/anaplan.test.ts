// The connector of Anaplan against the simulated one: files in pieces, tasks, rows that were refused or ignored, members.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { createAnaplan } from "../../../../runtime/connectors/anaplan/anaplan.ts"
import type { AnaplanOptions } from "../../../../runtime/connectors/anaplan/anaplan-options.ts"
import { refusedRows } from "../../../../runtime/connectors/anaplan/dump-rows.ts"
import type { LoadRequest } from "../../../../runtime/connectors/port/connector.ts"
import { ExactNumber } from "../../../../runtime/formats/json/exact-number.ts"
import { simulatedAnaplan } from "../../../../runtime/simulators/anaplan/anaplan-platform.ts"
import { csvRows, csvText } from "../../../../runtime/simulators/anaplan/csv-text.ts"
import { everydayFaults, seededFaults } from "../../../../runtime/simulators/kernel/faults.ts"
import type { Platform } from "../../../../runtime/simulators/kernel/platform.ts"
import { all, anySignal, call, classOf, conversation, failureOf, type Stage, stageOf } from "../harness.ts"

const columns = ["Version", "Period", "Account", "Amount"]
const connect = (on: Pick<Stage, "url" | "world" | "secrets">, more: Partial<AnaplanOptions> = {}) =>
  createAnaplan(
    {
      system: "Anaplan",
      baseUrl: `${on.url}/2/0`,
      reach: "loopback",
      auth: {
        kind: "basic",
        user: "env:CLIENT_ID",
        password: "env:CLIENT_SECRET",
        url: "/token/authenticate",
      },
      workspace: "w1",
      model: "m1",
      totalMs: 300,
      objects: {
        AccountList: { kind: "list", list: "101000000001", name: "Name", code: "Code", parent: "Parent" },
        AccountFile: {
          kind: "import",
          file: "113000000001",
          import: "112000000001",
          columns: ["Name", "Code", "Parent"],
        },
        Actuals: { kind: "import", file: "113000000002", import: "112000000002", columns },
        ByProcess: {
          kind: "import",
          file: "113000000002",
          import: "112000000002",
          process: "118000000001",
          columns,
          clears: true,
        },
        Summed: { kind: "import", file: "113000000002", import: "112000000002", columns, sums: true },
      },
      ...more,
    },
    on,
  )

const withAccounts = () => {
  const platform = simulatedAnaplan()
  platform.load({
    lists: {
      "101000000001": {
        name: "Accounts",
        items: [
          { name: "Revenue", code: "4000" },
          { name: "Costs", code: "6000" },
        ],
      },
    },
  })
  return platform
}
const fact = (Account: string, Amount: unknown, Period = "Mar 26") => ({
  Version: "Actual",
  Period,
  Account,
  Amount,
})
const load = (
  records: LoadRequest["records"],
  object = "Actuals",
  mode: LoadRequest["mode"] = { kind: "add" },
): LoadRequest => ({ object, key: "Account", fields: null, mode, records })
const cells = (platform: Platform) =>
  (platform.dump() as { modules: Record<string, Record<string, string>> }).modules["Actuals"] ?? {}

describe("a load", () => {
  test("goes in pieces, is waited for, and each row is counted once: loaded, ignored, or rejected with its place", async () => {
    const platform = withAccounts()
    const on = await stageOf(platform)
    const anaplan = connect(on, { chunkBytes: 60 })
    const records = [
      fact("4000", new ExactNumber("12345678901234567.89")),
      fact("unknown, account", 1),
      fact("6000", ""),
      fact("6000", -5),
    ]
    expect(await anaplan.load!(load(records), call())).toEqual({
      sent: 4,
      loaded: 2,
      ignored: 1,
      rejected: [
        { index: 1, code: "REFUSED_ROW", message: "Item not located in Account list: unknown, account" },
      ],
    })
    expect(cells(platform)).toEqual({
      "4000 | Actual | Mar 26": "12345678901234567.89",
      "6000 | Actual | Mar 26": "-5",
    })
    await expect(conversation(on.seen)).toMatchFileSnapshot("../goldens/anaplan/load.txt")
    // once more: the same
    await anaplan.load!(load(records), call())
    expect(Object.keys(cells(platform))).toHaveLength(2)
    await anaplan.close()
  })

  test("by a process, whose results lie one deeper", async () => {
    const platform = withAccounts()
    const anaplan = connect(await stageOf(platform))
    const receipt = await anaplan.load!(
      load([fact("4000", 1), fact("?", 2)], "ByProcess", { kind: "replace", over: ["Version", "Period"] }),
      call(),
    )
    expect(receipt).toMatchObject({ sent: 2, loaded: 1, ignored: 0, rejected: [{ index: 1 }] })
    await anaplan.close()
  })

  test("an import that clears by columns takes away what the file has in them, and nothing else; figures of a row are line items", async () => {
    const platform = withAccounts()
    platform.load({
      ...(platform.dump() as object),
      imports: {
        "112000000009": {
          file: "113000000009",
          into: {
            kind: "module",
            module: "Actuals",
            members: { Account: "101000000001" },
            free: ["Version", "Period"],
            value: ["Amount", "Weighted"],
            clearsOver: ["Version"],
          },
        },
      },
    })
    const on = await stageOf(platform)
    const Snapshot = {
      kind: "import",
      file: "113000000009",
      import: "112000000009",
      columns: [...columns, "Weighted"],
      clearsOver: ["Version"],
    } as const
    const anaplan = connect(on, { objects: { Snapshot } })
    const night = (Version: string, ...of: readonly (readonly [string, number])[]) =>
      anaplan.load!(
        load(
          of.map(([Account, Amount]) => ({ ...fact(Account, Amount), Version, Weighted: Amount / 2 })),
          "Snapshot",
          { kind: "replace", over: ["Version"] },
        ),
        call(),
      )
    await night("30", ["4000", 10], ["6000", 20])
    await night("31", ["4000", 12])
    expect(await night("30", ["6000", 30])).toEqual({ sent: 1, loaded: 1, ignored: 0, rejected: [] })
    expect(cells(platform)).toEqual({
      "4000 | 31 | Mar 26 | Amount": "12",
      "4000 | 31 | Mar 26 | Weighted": "6",
      "6000 | 30 | Mar 26 | Amount": "30",
      "6000 | 30 | Mar 26 | Weighted": "15",
    })
    const other = load([fact("4000", 1)], "Snapshot", { kind: "replace", over: ["Version", "Period"] })
    expect((await failureOf(anaplan.load!(other, call()))).message).toContain(
      "clears what the file has of Version (`clearsOver` in the connection's options), and the load replaces over Version, Period.",
    )
    await anaplan.close()
  })

  test("what an import does not clear it cannot replace; what it sums is not sent twice", async () => {
    const anaplan = connect(await stageOf(withAccounts()))
    expect(
      await failureOf(
        anaplan.load!(load([fact("4000", 1)], "Actuals", { kind: "replace", over: ["Period"] }), call()),
      ),
    ).toMatchObject({ code: "NOT_OFFERED" })
    const offers = (object: string) => anaplan.idempotency({ object, key: "Account", fields: null }, "load")
    expect([offers("Actuals"), offers("Summed")]).toEqual([{ upsert: true }, {}])
    await anaplan.close()
  })

  test("two loads of one file wait for each other", async () => {
    const platform = withAccounts()
    const anaplan = connect(await stageOf(platform))
    const receipts = await Promise.all(
      ["Jan 26", "Feb 26", "Mar 26"].map((period, i) =>
        anaplan.load!(load(Array.from({ length: i + 1 }, () => fact("4000", i, period))), call(`k${i}`)),
      ),
    )
    expect(receipts.map(({ sent, loaded }) => [sent, loaded])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    expect(Object.keys(cells(platform))).toHaveLength(3)
    await anaplan.close()
  })

  test("another file in its place is noticed", async () => {
    const platform = withAccounts()
    const on = await stageOf({
      ...platform,
      handle(request) {
        // somebody else uploads between our file and our task
        if (request.method === "POST" && request.path.endsWith("/tasks"))
          platform.handle({
            ...request,
            method: "PUT",
            path: request.path,
            segments: [...request.segments.slice(0, 6), "files", "113000000002", "chunks", "0"],
            body: Buffer.from(`${columns.join(",")}\n`),
          })
        return platform.handle(request)
      },
    })
    const anaplan = connect(on)
    expect(await failureOf(anaplan.load!(load([fact("4000", 1)]), call()))).toMatchObject({
      failure: "in-doubt",
      code: "OTHER_FILE",
    })
    await anaplan.close()
  })

  test("a record with a column the file has not is refused before anything is sent", async () => {
    const on = await stageOf(withAccounts())
    const anaplan = connect(on)
    expect(await failureOf(anaplan.load!(load([{ ...fact("4000", 1), Nonsense: 1 }]), call()))).toMatchObject(
      { failure: "rejected", code: "UNWRITABLE" },
    )
    expect(on.seen).toEqual([])
    expect(await anaplan.load!(load([]), call())).toEqual({ sent: 0, loaded: 0, ignored: 0, rejected: [] })
    await anaplan.close()
  })
})

describe("members", () => {
  test("are added; those that are there are ignored; a name that is too long is rejected", async () => {
    const platform = withAccounts()
    const on = await stageOf(platform)
    const anaplan = connect(on)
    const members = [
      { Name: "Revenue", Code: "4000" },
      { Name: "Licences", Code: "4100", Parent: "4000" },
      { Name: "x".repeat(61), Code: "4200" },
      { Name: "Lost", Code: "4300", Parent: "nowhere" },
    ]
    expect(await anaplan.load!(load(members, "AccountList"), call())).toEqual({
      sent: 4,
      loaded: 1,
      ignored: 1,
      rejected: [
        {
          index: 2,
          code: "INCORRECT_FORMAT",
          message: "incorrect format (name must have 1 to 60 characters)",
        },
        { index: 3, code: "INVALID_PARENT", message: "Parent nowhere is not in the list" },
      ],
    })
    const read = (where: readonly { field: string; value: unknown }[]) =>
      all(anaplan.read({ object: "AccountList", key: "Code", fields: null, where }, anySignal()))
    expect((await read([])).map(one => (one as { Code: string }).Code)).toEqual(["4000", "6000", "4100"])
    expect(await read([{ field: "Code", value: "4100" }])).toEqual([
      { Name: "Licences", Code: "4100", Parent: "4000" },
    ])
    await expect(conversation(on.seen.slice(1))).toMatchFileSnapshot("../goldens/anaplan/members.txt")
    await anaplan.close()
  })

  test("first the members, then the figures", async () => {
    const platform = simulatedAnaplan()
    const anaplan = connect(await stageOf(platform))
    expect(await anaplan.load!(load([fact("4000", 1)]), call())).toMatchObject({
      loaded: 0,
      rejected: [{ index: 0 }],
    })
    await anaplan.load!(load([{ Name: "Revenue", Code: "4000", Parent: "" }], "AccountFile"), call())
    expect(await anaplan.load!(load([fact("4000", 1)]), call())).toMatchObject({ loaded: 1, rejected: [] })
    await anaplan.close()
  })
})

describe("rows of a dump find their place", () => {
  const rows = [
    ["a", "1"],
    ["b", "2"],
    ["b", "2"],
    ["c, d", "3"],
  ]
  const find = async (text: string, names = ["K", "V"]) =>
    (await refusedRows(Buffer.from(text), names, rows)).map(({ index }) => index)
  test.each([
    ["by their line, with the header counted", "_Status_,K,V,_Line_,_Error_1_\nE,b,2,3,no\n", [1]],
    [
      "by their line, without the header",
      '_Status_,K,V,_Line_,_Error_1_\nE,b,2,3,no\nE,"c, d",3,4,no\n',
      [1, 3],
    ],
    ["by content where the line says another row", "_Status_,K,V,_Line_,_Error_1_\nE,a,1,99,no\n", [0]],
    ["by content alone, twins one after another", "K,V,_Error_1_\nb,2,no\nb,2,no\nb,2,no\n", [1, 2, null]],
    ["nowhere where nothing fits", "_Status_,K,V,_Line_\nE,z,9,2\n", [null]],
    ["without the row that was cut", "_Status_,K,V,_Line_,_Error_1_\nE,a,1,2,no\nE,b,2", [0]],
    ["without the words of an error that were cut", "_Status_,K,V,_Line_,_Error_1_\nE,a,1,2", [0]],
    [
      "once where the dump came twice",
      "_Status_,K,V,_Line_,_Error_1_\nE,a,1,2,no\n_Status_,K,V,_Line_,_Error_1_\nE,a,1,2,no\n",
      [0],
    ],
    ["nowhere without columns", "_Status_,_Error_1_\nE,no\n", [null]],
  ])("%s", async (_, text, places) => expect(await find(text)).toEqual(places))
  test("with all their errors", async () => {
    const [row] = await refusedRows(
      Buffer.from("_Status_,K,V,_Line_,_Error_1_,_Error_2_\nE,a,1,2,first,second\n"),
      ["K", "V"],
      rows,
    )
    expect(row).toEqual({ index: 0, message: "first; second" })
  })
})

test("a recorded task: complete and successful, and five rows ignored", async () => {
  const path = join(
    import.meta.dirname,
    "../../../../../shared/data/derived/train/anaplan/task.COMPLETE.ignored-rows.json",
  )
  const inner = withAccounts()
  const recorded = readFileSync(path, "utf8")
  const platform: Platform = {
    ...inner,
    handle: request => {
      const answer = inner.handle(request)
      return request.method === "GET" && request.path.includes("/tasks/")
        ? { status: 200, headers: { "content-type": "application/json" }, body: recorded }
        : answer
    },
  }
  const anaplan = connect(await stageOf(platform))
  const records = Array.from({ length: 95 }, (_, i) => fact("4000", i, `P${i}`))
  expect(await anaplan.load!(load(records), call())).toEqual({
    sent: 95,
    loaded: 90,
    ignored: 5,
    rejected: [],
  })
  await anaplan.close()
})

describe("faults on the way", () => {
  const cases: readonly [string, (path: string, method: string) => boolean, string][] = [
    ["while the file goes up: not done", path => path.includes("/files/"), "transient"],
    [
      "when the task is started: nobody knows",
      (path, method) => path.endsWith("/tasks") && method === "POST",
      "in-doubt",
    ],
    [
      "while it is waited for: nobody knows",
      (path, method) => path.includes("/tasks/") && method === "GET",
      "in-doubt",
    ],
  ]
  describe.each(["reset-before", "internal-after", "bad-gateway", "hang-before"] as const)("%s", fault => {
    test.each(cases)("%s", async (_, where, failure) => {
      const on = await stageOf(withAccounts(), {
        faults: (_count, { path, method }) => (where(path, method) ? fault : undefined),
      })
      const anaplan = connect(on)
      expect(await classOf(anaplan.load!(load([fact("4000", 1)]), call()))).toBe(failure)
      await anaplan.close()
    })
  })
  test("throttled before the task, in doubt behind it; a token that has ended is fetched anew", async () => {
    const at = async (
      isThere: (path: string, method: string) => boolean,
      fault: "too-many" | "expired-token",
    ) => {
      let count = 0
      const on = await stageOf(withAccounts(), {
        faults: (_, { path, method }) =>
          isThere(path, method) && (fault === "too-many" || count++ === 0) ? fault : undefined,
      })
      const anaplan = connect(on)
      const found = await classOf(anaplan.load!(load([fact("4000", 1)]), call()))
      await anaplan.close()
      return found
    }
    expect(await at(path => path.includes("/files/"), "too-many")).toBe("throttled")
    expect(await at((path, method) => path.includes("/tasks/") && method === "GET", "too-many")).toBe(
      "in-doubt",
    )
    for (const part of ["/files/", "/tasks"])
      expect(await at(path => path.includes(part), "expired-token")).toBe("done")
  })
})

test("whatever goes wrong, sending again ends with each cell once", async () => {
  let faults = 0
  for (let seed = 1; seed <= 8; seed++) {
    const platform = withAccounts()
    const on = await stageOf(platform, { faults: seededFaults(seed, 0.15, everydayFaults) })
    const anaplan = connect(on)
    const records = [fact("4000", 1), fact("6000", 2), fact("?", 3)]
    let receipt: unknown
    for (let attempt = 0; attempt < 100 && receipt === undefined; attempt++) {
      try {
        receipt = await anaplan.load!(load(records), call())
      } catch (error) {
        expect((error as { failure: string }).failure, `seed ${seed}`).not.toBe("rejected")
      }
    }
    expect(receipt, `seed ${seed}`).toMatchObject({
      sent: 3,
      loaded: 2,
      ignored: 0,
      rejected: [{ index: 2 }],
    })
    expect(cells(platform)).toEqual({ "4000 | Actual | Mar 26": "1", "6000 | Actual | Mar 26": "2" })
    faults += on.seen.filter(({ fault }) => fault !== undefined).length
    await anaplan.close()
  }
  expect(faults).toBeGreaterThan(8)
})

test("the simulator reads the CSV it writes", () => {
  const rows = [
    ["a", 'say "x", y', ""],
    ["1\n2", "", "z"],
  ]
  expect(csvRows(csvText(rows))).toEqual(rows)
})
