// A simulated Adaptive Planning: imports of rows into cells, exports of them. Flows in: calls in XML. Flows out: responses in XML, always with status 200. Accounts and levels have to be known; a call is loaded
// as a whole or not at all.

import { listOf, memberOf, objectOf, scalarText } from "../../connectors/http/json-value.ts"
import { checkState } from "../kernel/check-state.ts"
import type { Platform, SimAnswer, SimRequest } from "../kernel/platform.ts"
import { exported, exportMethods } from "./exports.ts"

interface Instance {
  accounts: string[]
  levels: string[]
  /** Version, account, level, dimensions, period → number as text. */
  readonly cells: Map<string, string>
}

export function simulatedAdaptive(): Platform {
  const instance: Instance = {
    accounts: ["4000", "5000", "6000"],
    levels: ["US", "DE", "UK"],
    cells: new Map(),
  }
  return {
    name: "adaptive",
    dump: () => ({
      accounts: instance.accounts,
      levels: instance.levels,
      cells: Object.fromEntries(instance.cells),
    }),
    load(state) {
      checkState(state, { accounts: "list", levels: "list", cells: "object" })
      const names = (of: string) =>
        (listOf(memberOf(state, of)) ?? []).flatMap(name => scalarText(name) ?? [])
      instance.accounts = names("accounts")
      instance.levels = names("levels")
      instance.cells.clear()
      for (const [cell, value] of Object.entries(objectOf(memberOf(state, "cells")) ?? {}))
        instance.cells.set(cell, scalarText(value) ?? "")
    },
    fault: kind =>
      kind === "expired-token"
        ? refused("error-authentication-failure", "The user name and password do not match.")
        : undefined,
    handle: request => handle(instance, request),
  }
}

function handle(instance: Instance, request: SimRequest): SimAnswer {
  const text = Buffer.from(request.body).toString("utf8")
  const method = /<call method="(\w+)"/.exec(text)?.[1]
  if (!/<credentials login="[^"]+" password="[^"]+"/.test(text))
    return refused("error-authentication-failure", "The user name and password do not match.")
  const read = exportMethods.find(one => one === method)
  if (read !== undefined) {
    const told = exported(instance, read, unescaped(text))
    return "output" in told ? answer(true, [], told.output) : refused(told.key, told.text)
  }
  if (method !== "importStandardData" && method !== "importCubeData")
    return refused("error-unknown-method", `There is no method ${method ?? ""}.`)
  const version = /<version name="([^"]*)"/.exec(text)?.[1] ?? "default"
  const columns = unescaped(/<header>(.*?)<\/header>/s.exec(text)?.[1] ?? "").split("|")
  const rows = [...text.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) => unescaped(row ?? "").split("|"))
  if (!columns.includes("Account")) return refused("error-missing-column", "The column Account is missing.")
  const problems = rows.flatMap((row, i) => {
    const at = (column: string) => row[columns.indexOf(column)] ?? ""
    if (!instance.accounts.includes(at("Account")))
      return [`Row ${i + 1}: there is no account ${at("Account")}.`]
    const level = columns.includes("Level Code") ? at("Level Code") : instance.levels[0]
    return instance.levels.includes(level ?? "") ? [] : [`Row ${i + 1}: there is no level ${level}.`]
  })
  if (problems.length > 0) return refused("error-invalid-data", problems.join(" "))
  const isPeriod = (column: string) => /^\d\d\/\d{4}$/.test(column)
  for (const row of rows) {
    const place = columns.flatMap((column, i) => (isPeriod(column) ? [] : [row[i] ?? ""]))
    for (const [i, column] of columns.entries()) {
      if (isPeriod(column) && (row[i] ?? "") !== "")
        instance.cells.set([version, ...place, column].join(" | "), row[i] ?? "")
    }
  }
  return answer(true, [], `<output><rowCount>${rows.length}</rowCount></output>`)
}

function refused(key: string, text: string): SimAnswer {
  return answer(false, [{ key, text }], "")
}

function answer(
  success: boolean,
  messages: readonly { readonly key: string; readonly text: string }[],
  output: string,
): SimAnswer {
  const told = messages
    .map(({ key, text }) => `<message key="${key}" type="ERROR">${escaped(text)}</message>`)
    .join("")
  return {
    status: 200,
    headers: { "content-type": "text/xml;charset=UTF-8" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<response success="${success}"><messages>${told}</messages>${output}</response>`,
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll("&amp;", "&")
}
