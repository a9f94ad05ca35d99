// What a simulated Adaptive Planning tells of itself: figures of a version as CSV, versions, accounts, levels. Flows in: the text of a call, what the instance holds. Flows out: the output element, or what
// is wrong with the call. Accounts and levels have nothing below them here.
import { csvText } from "../anaplan/csv-text.ts"

export interface Holdings {
  readonly accounts: readonly string[]
  readonly levels: readonly string[]
  /** Version, account, level, dimensions, period, between bars → number as text. */
  readonly cells: ReadonlyMap<string, string>
}

export type Exported = { readonly output: string } | { readonly key: string; readonly text: string }

export const exportMethods = ["exportData", "exportVersions", "exportAccounts", "exportLevels"] as const
export type ExportMethod = (typeof exportMethods)[number]

export function exported(holdings: Holdings, method: ExportMethod, call: string): Exported {
  switch (method) {
    case "exportData":
      return data(holdings, call)
    case "exportVersions":
      return list("versions", "version", versionsOf(holdings), name => `name="${name}" shortName="${name}"`)
    case "exportAccounts":
      return list("accounts", "account", holdings.accounts, code => `code="${code}" name="Account ${code}"`)
    case "exportLevels":
      return list("levels", "level", holdings.levels, name => `name="${name}" shortName="${name}"`)
  }
}

function versionsOf({ cells }: Holdings): readonly string[] {
  return [...new Set([...cells.keys()].map(cell => cell.split(" | ")[0] ?? ""))].toSorted()
}

function list(
  around: string,
  element: string,
  names: readonly string[],
  attributes: (name: string) => string,
): Exported {
  const members = names.map((name, i) => `<${element} id="${i + 1}" ${attributes(name)}/>`)
  return { output: `<output><${around}>${members.join("")}</${around}></output>` }
}

function data(holdings: Holdings, call: string): Exported {
  const version = /<version name="([^"]*)"/.exec(call)?.[1] ?? "default"
  if (!versionsOf(holdings).includes(version))
    return { key: "error-invalid-version", text: `There is no version ${version}.` }
  const [, from = "", to = ""] = /<timeSpan start="([^"]*)" end="([^"]*)"/.exec(call) ?? []
  const periods = periodsBetween(from, to)
  if (periods === undefined)
    return { key: "error-invalid-time-span", text: `${from} to ${to} is no span of periods.` }
  const accounts = [...call.matchAll(/<account code="([^"]*)"/g)].map(([, code]) => code ?? "")
  const levels = [...call.matchAll(/<level name="([^"]*)"/g)].map(([, name]) => name ?? "")
  const dimensions = [...call.matchAll(/<dimension name="([^"]*)"/g)].map(([, name]) => name ?? "")
  const stranger = accounts.find(code => !holdings.accounts.includes(code))
  if (stranger !== undefined)
    return { key: "error-invalid-account", text: `There is no account ${stranger}.` }
  const rows = new Map<string, string[]>()
  for (const [cell, value] of holdings.cells) {
    const parts = cell.split(" | ")
    const [of, account = "", ...rest] = parts.slice(0, -1)
    const at = periods.indexOf(parts.at(-1) ?? "")
    const level = rest.find(part => holdings.levels.includes(part)) ?? holdings.levels[0] ?? ""
    const isAsked =
      of === version &&
      at >= 0 &&
      (accounts.length === 0 || accounts.includes(account)) &&
      (levels.length === 0 || levels.includes(level))
    if (!isAsked) continue
    const place = parts.slice(0, -1).join(" | ")
    const others = rest.filter(part => part !== level)
    const front = [`Account ${account}`, account, level, ...dimensions.map((_, i) => others[i] ?? "")]
    const row = rows.get(place) ?? [...front, ...periods.map(() => "")]
    row[front.length + at] = value
    rows.set(place, row)
  }
  const header = ["Account Name", "Account Code", "Level Name", ...dimensions, ...periods]
  return { output: `<output><![CDATA[\n${csvText([header, ...rows.values()])}]]></output>` }
}

/** Undefined: they are no periods, or out of order. */
function periodsBetween(from: string, to: string): readonly string[] | undefined {
  const month = (text: string) => {
    const [, part, year] = /^(\d\d)\/(\d{4})$/.exec(text) ?? []
    return part === undefined ? Number.NaN : Number(year) * 12 + Number(part) - 1
  }
  const [first, last] = [month(from), month(to)]
  if (!(first <= last) || last - first > 120) return undefined
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const at = first + i
    return `${String((at % 12) + 1).padStart(2, "0")}/${Math.floor(at / 12)}`
  })
}
