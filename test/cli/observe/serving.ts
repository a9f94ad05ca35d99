// `fmap flow serve` in a test: a project that is served, and its metrics as a program with a token reads them.
import { randomBytes } from "node:crypto"
import { expect } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { type FakeTerminal, fakeTerminal } from "../fake-terminal.ts"
import { until } from "./listener.ts"

export const httpSecret = randomBytes(32).toString("hex")
/** The section `http`, with HTTP_SECRET in the environment. */
export const http = {
  listen: "127.0.0.1:0",
  tokens: { issuer: "https://login.example", audience: "fmap", secrets: ["env:HTTP_SECRET"] },
}

export async function tokenOf(
  folder: string,
  role: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const terminal = fakeTerminal(folder, { environment })
  expect(await runCommandLine(["flow", "token", "--role", role, "--by", `one-of-${role}`], terminal)).toBe(0)
  return terminal.written.out.trim()
}

export async function placeOf(terminal: FakeTerminal): Promise<string> {
  const found = () => /API and console: (http:[\w.:/]+)/u.exec(terminal.written.comment)?.[1]
  await until(() => found() !== undefined)
  return found() ?? ""
}

/** Lines of metrics that begin with one of these names. */
export async function metricsOf(
  folder: string,
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<readonly string[]> {
  const terminal = fakeTerminal(folder, { environment })
  const serving = runCommandLine(["flow", "serve"], terminal)
  const place = await placeOf(terminal)
  const authorization = `Bearer ${await tokenOf(folder, "system", environment)}`
  const answer = await fetch(`${place}/api/v1/metrics`, { headers: { authorization } })
  expect(answer.status).toBe(200)
  const text = await answer.text()
  terminal.interrupt()
  expect(await serving).toBe(130)
  return text.split("\n").filter(line => names.some(name => line.startsWith(`${name}{`)))
}
