// `fmap flow serve` and `fmap flow start --http`: each request is a line of the log and a figure of /metrics, and what people and programs send, a token, a query, a record, is in neither.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"
import { canaryProject, credential, personal, talkative } from "./canary-project.ts"
import { listen } from "./listener.ts"
import { http, httpSecret, placeOf, tokenOf } from "./serving.ts"

const environment = { HTTP_SECRET: httpSecret, ERP_TOKEN: credential }
const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

type Line = Readonly<Record<string, unknown>>

const linesOf = (text: string): readonly Line[] =>
  text
    .trimEnd()
    .split("\n")
    .map(line => JSON.parse(line) as Line)

/** A project whose four events have been worked on, three of them to where a person decides. */
async function worked(config: object): Promise<string> {
  const erp = await listen(talkative)
  const folder = folderWith(canaryProject(erp.url, { http, ...config }))
  // While it works nobody is to read its lines here.
  const quiet = folderWith(canaryProject(erp.url, {}))
  const terminal = fakeTerminal(folder, { environment })
  const words = ["flow", "start", "--once", "--config", join(quiet, "fmap.flows.json")]
  expect(
    await runCommandLine([...words, "--store", "sqlite:./fmap.db"], terminal),
    terminal.written.comment,
  ).toBe(3)
  await erp.stop()
  return folder
}

test("each request is a line and a figure, and nothing of what was sent is there", async () => {
  const folder = await worked({ logs: { level: "debug", to: "stderr" }, metrics: { port: 0, amounts: true } })
  const terminal = fakeTerminal(folder, { environment })
  const serving = runCommandLine(["flow", "serve"], terminal)
  const place = await placeOf(terminal)
  const [operations, system] = (await Promise.all(
    ["operations", "system"].map(role => tokenOf(folder, role, environment)),
  )) as [string, string]
  const ask = (path: string, token: string, init: RequestInit = {}) =>
    fetch(`${place}${path}`, {
      ...init,
      redirect: "manual",
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    })

  const list = await ask("/api/v1/exceptions", operations, {
    headers: { traceparent, "x-correlation-id": "close-2026-03" },
  })
  const { exceptions } = (await list.json()) as { exceptions: readonly { number: number }[] }
  expect(exceptions.length).toBe(3)
  const edited = await ask(`/api/v1/exceptions/${exceptions[0]?.number}/edit`, operations, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ reason: personal, changes: [{ pointer: "/name", value: 7 }] }),
  })
  const form = new URLSearchParams({ token: operations }).toString()
  const signedIn = await ask("/login", "none", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: place },
    body: form,
  })
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? ""
  const statuses = [
    list.status,
    edited.status,
    signedIn.status,
    (await ask("/exceptions", "none", { headers: { cookie } })).status,
    (await ask(`/api/v1/trace?key=${personal}&token=${credential}`, operations)).status,
    (await ask(`/${personal}/${credential}`, operations)).status,
    (await ask("/api/v1/exceptions", credential)).status,
    (await ask("/api/v1/me", operations, { headers: { "x-correlation-id": system, traceparent: personal } }))
      .status,
    (await ask("/health", "none")).status,
    (await ask("/health/ready", "none")).status,
  ]
  expect(statuses).toEqual([200, 422, 303, 200, 400, 404, 401, 200, 200, 200])

  const scraped = await ask("/api/v1/metrics", system)
  const metrics = await scraped.text()
  const refused = (await ask("/api/v1/metrics", await tokenOf(folder, "controller", environment))).status
  const nobody = (await fetch(`${place}/api/v1/metrics`)).status
  expect([scraped.status, scraped.headers.get("content-type"), refused, nobody]).toEqual([
    200,
    "text/plain; version=0.0.4",
    403,
    401,
  ])
  terminal.interrupt()
  expect(await serving).toBe(130)

  const { comment } = terminal.written
  const requests = linesOf(comment).filter(({ route }) => route !== undefined)
  const shown = requests.map(({ level, method, route, status, role }) => [level, method, route, status, role])
  expect(shown).toEqual([
    ["info", "GET", "listExceptions", 200, "operations"],
    ["info", "POST", "editException", 422, "operations"],
    ["info", "POST", "console sign-in", 303, "operations"],
    ["info", "GET", "console Exceptions", 200, "operations"],
    ["info", "GET", "trace", 400, "operations"],
    ["info", "GET", "none", 404, undefined],
    ["info", "GET", "listExceptions", 401, undefined],
    ["info", "GET", "whoAmI", 200, "operations"],
    ["debug", "GET", "health", 200, undefined],
    ["debug", "GET", "ready", 200, undefined],
    ["info", "GET", "metrics", 200, "system"],
    ["info", "GET", "metrics", 403, "controller"],
    ["info", "GET", "metrics", 401, undefined],
  ])
  expect(requests[0]).toMatchObject({
    subject: "one-of-operations",
    correlationId: "close-2026-03",
    traceparent,
    ms: expect.any(Number),
  })
  expect(metrics).toContain('fmap_http_request_seconds_count{route="listExceptions",status="200"} 1')
  expect(metrics).toContain('fmap_http_request_seconds_count{route="none",status="404"} 1')
  expect(metrics).toContain('fmap_events{flow="Book",version="1.0.0",state="blocked"} 3')
  expect(metrics).toContain('fmap_amount{flow="Book",version="1.0.0",state="blocked",currency="EUR"} 37.5')
  // looked at now, although nobody watches here
  expect(metrics).toContain('fmap_watch_waiting{watch="queue desk",group=""}')
  const words = [credential, personal, httpSecret, operations, system, cookie.split("=")[1] ?? "", form]
  for (const [where, text] of Object.entries({ comment, metrics }))
    for (const word of [...words, ...[operations, system].map(token => token.split(".")[2] ?? "")]) {
      expect(word.length).toBeGreaterThan(10)
      expect(text.includes(word), `${word} in ${where}`).toBe(false)
    }
}, 120_000)

test("beside the worker: the worker has the port, both log to one file, and people are spoken to", async () => {
  const folder = await worked({ logs: { to: "./logs/fmap.ndjson" }, metrics: { port: 0 } })
  const worker = fakeTerminal(folder, { environment })
  const working = runCommandLine(["flow", "start", "--http"], worker)
  const place = await placeOf(worker)
  const beside = fakeTerminal(folder, { environment })
  const serving = runCommandLine(["flow", "serve"], beside)
  const second = await placeOf(beside)
  const token = await tokenOf(folder, "operations", environment)
  const ask = async (url: string) =>
    (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text()
  const port = /Metrics at (http:\S+)\.\n/u.exec(worker.written.comment)?.[1] ?? ""
  await ask(`${place}/api/v1/me`)
  await ask(`${second}/api/v1/me`)
  const [onPort, first, other] = [
    await ask(port),
    await ask(`${place}/api/v1/metrics`),
    await ask(`${second}/api/v1/metrics`),
  ]
  for (const text of [onPort, first, other])
    expect(text).toContain('fmap_http_request_seconds_count{route="whoAmI",status="200"} 1')
  expect(onPort).toContain("# HELP fmap_attempt_seconds")
  expect(other).not.toContain("fmap_attempt_seconds")
  expect(beside.written.comment).not.toContain("Metrics at")
  beside.interrupt()
  worker.interrupt()
  expect([await serving, await working]).toEqual([130, 130])
  const logged = linesOf(readFileSync(join(folder, "logs/fmap.ndjson"), "utf8"))
  expect(logged.filter(({ route }) => route === "whoAmI").length).toBe(2)
}, 120_000)
