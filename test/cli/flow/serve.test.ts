// `fmap flow start --http` and `fmap flow serve`: a project's exceptions over HTTP, decided beside the process that works; and what cannot be served.
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { type FakeTerminal, fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"
import { stories } from "./stories.ts"

const secret = "a secret of the tests, 32 bytes and more"
const environment = { HTTP_SECRET: secret }
const tokens = { issuer: "https://login.example", audience: "fmap", secrets: ["env:HTTP_SECRET"] }

function project(http: object | undefined) {
  const story = stories.find(({ name }) => name === "held, put right, tried again, given up")
  const files = story?.files ?? {}
  const config = JSON.parse(files["fmap.flows.json"] ?? "{}") as object
  return folderWith({
    ...files,
    "fmap.flows.json": JSON.stringify({ ...config, ...(http === undefined ? {} : { http }) }),
  })
}

async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let looks = 0; looks < 600; looks++) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise(wake => setTimeout(wake, 50))
  }
  throw new Error("it never came")
}

const placeOf = (terminal: FakeTerminal) =>
  until(() => /API and console: (http:\S+)/u.exec(terminal.written.comment)?.[1])

async function tokenOf(folder: string, role: string): Promise<string> {
  const terminal = fakeTerminal(folder, { environment })
  const words = ["flow", "token", "--role", role, "--by", `one-of-${role}`]
  expect(await runCommandLine(words, terminal), terminal.written.comment).toBe(0)
  return terminal.written.out.trim()
}

async function ask(folder: string, place: string, path: string, role: string, body?: object) {
  const token = await tokenOf(folder, role)
  const answer = await fetch(`${place}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: looked into below
  return { status: answer.status, json: (await answer.json()) as any }
}

test("an exception is edited over HTTP beside the worker, judged by its contract", async () => {
  const folder = project({ listen: "127.0.0.1:0", tokens })
  const worker = fakeTerminal(folder, { environment })
  const working = runCommandLine(["flow", "start", "--http"], worker)
  const place = await placeOf(worker)
  const first = await until(async () => {
    const { json } = await ask(folder, place, "/exceptions", "operations")
    return json.exceptions[0]
  })
  expect(first).toMatchObject({ flow: "QuoteToOrder", code: "NO_ACCOUNT", sourceId: expect.any(String) })

  const beside = fakeTerminal(folder, { environment })
  const serving = runCommandLine(["flow", "serve"], beside)
  const second = await placeOf(beside)
  const path = `/exceptions/${first.number}`
  const shown = (await ask(folder, second, path, "controller")).json
  expect(shown.record).toMatchObject({ Id: "006B", AccountId: "001X" })
  const edit = (value: unknown) =>
    ask(folder, second, `${path}/edit`, "operations", {
      reason: "the wrong account",
      changes: [{ pointer: "/AccountId", value }],
    })
  const refused = await edit(7)
  expect([refused.status, refused.json.issues[0].pointer]).toEqual([422, "/AccountId"])
  put(folder, { "crm/Account.ndjson": '{"Id":"001A","Name":"Acme"}\n{"Id":"001Y","Name":"Yes"}\n' })
  expect((await edit("001Y")).status).toBe(200)
  const state = await until(async () => {
    const { json } = await ask(folder, place, path, "controller")
    return json.history.decisions.length > 0 && json.exception.state === "resolved" ? json : undefined
  })
  expect(state.history.decisions).toMatchObject([{ kind: "edit", actor: "one-of-operations" }])
  expect((await ask(folder, second, "/audit/verify", "controller")).json.kind).toBe("unbroken")

  beside.interrupt()
  worker.interrupt()
  expect([await serving, await working]).toEqual([130, 130])
}, 120_000)

test("a key is followed from the opportunity to the plan, as the command does, and by what the role may see", async () => {
  const story = stories.find(({ name }) => name === "from the opportunity to the plan")
  const files = story?.files ?? {}
  // Who buys is personal, what an invoice is about confidential.
  const labelled = (files["main.fmap"] ?? "")
    .replace("reads { id: text(18) key, total", "reads { id: text(18) key, buyer: text(80) pii, total")
    .replace("  account: text(12)\n  total", "  account: text(12)\n  about: text(80) confidential\n  total")
    .replace(
      "  total      = deal.total\n",
      '  total      = deal.total\n  ignore deal.buyer because "the order is of its account"\n',
    )
    .replace("ignore deal.id,", "ignore deal.id, deal.buyer,")
    .replaceAll("invoice.orderId", "invoice.orderId, invoice.about")
  const folder = folderWith({
    ...files,
    "main.fmap": labelled,
    "crm/Deal.ndjson": (files["crm/Deal.ndjson"] ?? "").replaceAll('{"id"', '{"buyer":"Mara Muster","id"'),
    "erp/Invoice.ndjson": (files["erp/Invoice.ndjson"] ?? "").replaceAll(
      '{"id":"INV-1"',
      '{"about":"a secret project","id":"INV-1"',
    ),
    "fmap.flows.json": JSON.stringify({
      ...JSON.parse(files["fmap.flows.json"] ?? "{}"),
      http: { listen: "127.0.0.1:0", tokens },
    }),
  })
  const run = async (...words: readonly string[]) => {
    const terminal = fakeTerminal(folder, { environment })
    expect(await runCommandLine(["flow", ...words], terminal), terminal.written.comment).toBe(0)
    return terminal.written.out
  }
  await run("start", "--once")
  await run("run", "ActualsToPlan", "--payload", "close.json")
  const told = JSON.parse(await run("trace", "D-100", "--format", "json"))
  const serving = fakeTerminal(folder, { environment })
  const served = runCommandLine(["flow", "serve"], serving)
  const place = await placeOf(serving)
  const wayOf = async (key: string, role: string) => {
    const { json } = await ask(folder, place, `/trace?key=${encodeURIComponent(key)}`, role)
    return json.way as readonly { event: string; because: string; among: boolean }[]
  }
  const asTold = told.events.map((one: { id: string; belongs: string; among: boolean }) => ({
    event: one.id,
    because: one.belongs,
    among: one.among,
  }))
  expect(asTold.map((one: { because: string }) => one.because)).toEqual([
    "names D-100",
    "names O-77 of QuoteToOrder",
    "names O-77 of QuoteToOrder",
    "the same transaction",
    "read O-77 among others",
  ])
  for (const role of ["controller", "operations", "architect"]) {
    expect(await wayOf("D-100", role), role).toEqual(asTold)
    const back = (await wayOf("INV-3", role)).map(({ because }) => because)
    expect(back, role).toContain("was answered O-78, which InvoiceToBooks names")
  }
  const finds = async (key: string) => {
    const roles: string[] = []
    for (const role of ["controller", "operations", "architect"])
      if ((await wayOf(key, role)).length > 0) roles.push(role)
    return roles
  }
  expect(await finds("Mara Muster")).toEqual(["controller", "operations"])
  // It stands in the payload of the invoice and in what the load read.
  expect(await finds("a secret project")).toEqual(["controller"])

  const { json } = await ask(folder, place, "/trace?key=D-100", "architect")
  const events = json.transactions.flatMap((one: { events: object[] }) => one.events)
  expect(events).toHaveLength(5)
  expect(JSON.stringify(json)).not.toMatch(/Mara Muster|a secret project|"receipt"|"result"/u)
  const seen = JSON.stringify((await ask(folder, place, "/trace?key=D-100", "controller")).json)
  expect(seen).toContain('"receipt"')
  // Records that a load read beside this one are not of this key.
  expect(seen).not.toContain("INV-3")

  serving.interrupt()
  expect(await served).toBe(130)
}, 120_000)

test.each([
  ["no word of http", undefined, 'need "http" in fmap.flows.json'],
  [
    "another machine's address in the clear",
    { listen: "0.0.0.0:0", tokens },
    "tokens would cross the network",
  ],
  ["a proxy nobody can name", { listen: "0.0.0.0:0", tls: "at-proxy", tokens }, '"http.origin" says where'],
  [
    "a secret that is not there",
    { tokens: { ...tokens, secrets: ["env:NOT_SET"] } },
    "nothing at env:NOT_SET",
  ],
  ["keys that are not there", { tokens: { ...tokens, secrets: undefined, keys: "none.json" } }, "none.json"],
  ["keys that are none", { tokens: { ...tokens, secrets: undefined, keys: "fmap.json" } }, "no key set"],
  ["a place that is none", { listen: "somewhere", tokens }, "somewhere is no place to listen"],
  ["keys and secrets", { tokens: { ...tokens, keys: "keys.json" } }, "either keys or secrets"],
  [
    "an algorithm that does not fit",
    { tokens: { ...tokens, algorithms: ["RS256"] } },
    "RS256 is no algorithm for a shared secret",
  ],
])("%s is not served", async (_, http, told) => {
  const folder = project(http)
  const first = fakeTerminal(folder, { environment })
  expect(await runCommandLine(["flow", "start", "--once"], first)).toBe(3)
  const terminal = fakeTerminal(folder, { environment })
  expect(await runCommandLine(["flow", "serve"], terminal)).toBe(2)
  expect(terminal.written.comment).toContain(told)
})

test.each([
  [
    "without a shared secret",
    { ...tokens, secrets: undefined, keys: "keys.json" },
    environment,
    [],
    "there is none",
  ],
  ["without the secret's value", tokens, {}, [], "There is nothing at env:HTTP_SECRET"],
  ["with a short secret", tokens, { HTTP_SECRET: "short" }, [], "at least 32 bytes"],
  ["for a day", tokens, environment, ["--minutes", "1440"], "good for 1 to 720 minutes"],
  [
    "for a role nothing means",
    { ...tokens, roles: { ops: "operations" } },
    environment,
    [],
    "means controller",
  ],
] as const)("a token %s is not made", async (_, said, known, words, told) => {
  const terminal = fakeTerminal(project({ tokens: said }), { environment: known })
  expect(await runCommandLine(["flow", "token", "--role", "controller", ...words], terminal)).toBe(2)
  expect(terminal.written.out).toBe("")
  expect(terminal.written.comment).toContain(told)
})
