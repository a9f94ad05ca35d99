// NightlyActuals of the language's design, as the compiler would write it, with its maps by hand.
import type { FlowSpec, ObjectSpec } from "../../../../runtime/flow/program/flow-spec.ts"
import { handMaps, hold } from "./hand-maps.ts"
import { rules } from "./quote-to-order.ts"

const object = (system: string, contract: string, name: string): ObjectSpec => ({
  system,
  contract,
  version: "1.0.0",
  object: name,
})
const call = (map: string, binder: string) => ({
  map,
  version: "1.0.0",
  arguments: [{ name: binder, binder }],
  set: true,
})
const step = { needs: [], conditions: [], each: null }

export const nightlyActuals: FlowSpec = {
  name: "NightlyActuals",
  version: "1.0.0",
  owner: "FP&A Systems",
  trigger: { kind: "schedule", cron: "0 2 * * *", zone: "Europe/Berlin", misfire: "latest", binder: "night" },
  when: null,
  lane: null,
  steps: [
    {
      ...step,
      kind: "read",
      name: "rows",
      binder: "rows",
      from: object("NetSuite", "GlLine", "glLine"),
      by: [{ field: "period", value: { map: "NightlyActuals.period", reads: ["night"] } }],
      many: true,
      otherwise: null,
    },
    {
      ...step,
      kind: "load",
      name: "members",
      binder: "members",
      needs: ["rows"],
      what: { call: call("Members", "rows") },
      to: object("Anaplan", "AccountList", "accounts"),
      mode: { kind: "add" },
      effect: rules,
    },
    { ...step, kind: "map", name: "facts", binder: "facts", needs: ["rows"], call: call("Actuals", "rows") },
    {
      ...step,
      kind: "load",
      name: "loaded",
      binder: "loaded",
      needs: ["facts", "members"],
      what: { binder: "facts" },
      to: object("Anaplan", "Actuals", "actuals"),
      mode: { kind: "replace", over: ["version", "period"] },
      effect: { ...rules, retry: { attempts: 3, baseMs: 1_000, longestMs: 10_000 } },
    },
    {
      ...step,
      kind: "reconcile",
      name: "reconcile 1",
      binder: null,
      needs: ["loaded"],
      load: "loaded",
      otherwise: { verb: "hold", code: "RECONCILE", message: null },
    },
    {
      ...step,
      kind: "control",
      name: "control 1",
      binder: null,
      needs: ["facts", "rows"],
      title: "ties to the ledger",
      holds: { map: "NightlyActuals.ties", reads: ["facts", "rows"] },
      otherwise: {
        verb: "hold",
        code: "LEDGER_MISMATCH",
        message: { map: "NightlyActuals.mismatch", reads: ["facts", "rows"] },
      },
    },
  ],
  routes: [
    {
      on: "hold",
      codes: null,
      to: { kind: "queue", queue: "close", assign: "Group Controlling" },
      lane: "block",
    },
  ],
  slos: [],
}

interface Line {
  readonly account: string
  readonly period: string
  /** Minor units: these are maps by hand. */
  readonly cents: number
}

const sum = (lines: readonly { readonly cents: number }[]) =>
  lines.reduce((total, { cents }) => total + cents, 0)

export const actualsMaps = handMaps({
  "NightlyActuals.period": ({ night }: { night: string }) => night.slice(0, 7),
  "NightlyActuals.ties": ({ facts, rows }: { facts: readonly Line[]; rows: readonly Line[] }) =>
    sum(facts) === sum(rows),
  "NightlyActuals.mismatch": ({ facts, rows }: { facts: readonly Line[]; rows: readonly Line[] }) =>
    `Plan has ${sum(facts)}, the ledger ${sum(rows)}`,
  Members: ({ rows }: { rows: readonly Line[] }) =>
    [...new Set(rows.map(({ account }) => account))].map(account => ({ code: account })),
  Actuals: ({ rows }: { rows: readonly Line[] }) =>
    rows.some(({ account }) => account === "0000")
      ? hold("UNKNOWN_ACCOUNT", "rows", "/0/account", "The account is in no hierarchy")
      : rows.filter(({ account }) => account !== "9999").map(row => ({ ...row, version: "Actual" })),
})
