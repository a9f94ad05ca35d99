// The wire profiles as a table: what each presumes of its values, and which options it takes. Flows in: nothing. Flows out: data. A profile is
// two things: forms of values, which the contract promises, and what stands around the records, which a codec of the runtime takes off.
import { plainCsv, type Transport, type XmlTransport } from "@fmap/runtime/wire"
import type { WireDefaults } from "./model.ts"

export type WireFamily = "decimal" | "int" | "date" | "datetime" | "instant" | "bool"

export interface WireProfile {
  readonly name: string
  readonly defaults: WireDefaults
  /** Families of values a system may say something about. */
  readonly families: readonly WireFamily[]
  /** Options of the transport. */
  readonly options: readonly string[]
  readonly transport: Transport | null
}

/** What holds where a system says nothing, and for contracts of no system. */
export const languageDefaults: WireDefaults = {
  decimal: "text",
  int: "number",
  date: "iso",
  datetime: "iso",
  instant: "iso",
  bool: "json",
  rows: "array",
}

const all: readonly WireFamily[] = ["decimal", "int", "date", "datetime", "instant", "bool"]
const times: readonly WireFamily[] = ["date", "datetime", "instant", "bool"]
const textual: WireDefaults = { ...languageDefaults, int: "text", bool: { true: "true", false: "false" } }
const xml: XmlTransport = { kind: "xml", root: "\0", list: null, namespaces: [] }

export const wireProfiles: readonly WireProfile[] = [
  { name: "json", defaults: languageDefaults, families: all, options: [], transport: null },
  { name: "ndjson", defaults: languageDefaults, families: all, options: [], transport: { kind: "ndjson" } },
  {
    name: "odata2",
    defaults: {
      ...languageDefaults,
      date: "odata2",
      datetime: "odata2",
      instant: "odata2",
      rows: { under: "results" },
    },
    families: all,
    options: [],
    transport: { kind: "odata2" },
  },
  {
    name: "odata4",
    defaults: { ...languageDefaults, decimal: "number" },
    families: all,
    options: [],
    transport: { kind: "odata4" },
  },
  {
    name: "netsuite",
    defaults: { ...languageDefaults, decimal: "number", rows: { under: "items" } },
    families: all,
    options: [],
    transport: { kind: "netsuite" },
  },
  {
    name: "csv",
    defaults: textual,
    families: times,
    options: ["delimiter", "quote", "header", "encoding", "decimal", "grouping"],
    transport: plainCsv,
  },
  { name: "xml", defaults: textual, families: times, options: ["root", "list", "xmlns"], transport: xml },
]

/** Stands in a bound transport where the name of the contract will. No text of a source file holds one. */
export const contractHole = "\0"
