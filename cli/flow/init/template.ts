// What a connector's template makes an entry of fmap.flows.json of. Flows in: a system as flows use it. Flows out: types, and what many templates share.
import type { WireType } from "@fmap/compiler"
import type { Need } from "@fmap/runtime/connectors"
import type { Transport } from "@fmap/runtime/wire"

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

export interface UsedField {
  /** On the wire. */
  readonly name: string
  readonly kind: WireType["kind"]
  /** Of a list of records: wire names of what stands in one cell of a row. Else there is none. */
  readonly rows: readonly string[]
}

/** An object as all flows together use it. */
export interface UsedObject {
  /** What the platform calls it. */
  readonly name: string
  readonly needs: ReadonlySet<Need | "load">
  /** Wire names: the keys of its contracts, then what it is sent by. */
  readonly keys: readonly string[]
  readonly fields: readonly UsedField[]
  /** Wire names it is asked for by. */
  readonly by: readonly string[]
  /** Wire names a load replaces over; null: none replaces. */
  readonly over: readonly string[] | null
  readonly transport: Transport | null
}

export interface UsedSystem {
  readonly name: string
  readonly platform: string | undefined
  /** crm, erp …, as the project says. */
  readonly kind: string | null
  readonly objects: readonly UsedObject[]
  /** A name for a file or folder, no other system's. */
  readonly fileName: string
  /** A reference of a secret that is named after the system. */
  secret(what: string): string
}

export interface Prepared {
  readonly entry: JsonObject
  /** What was taken for granted and may be otherwise: a sentence each. */
  readonly notes: readonly string[]
  /** With what the simulator has to begin; absent: it has it. */
  readonly data?: JsonObject | undefined
}

export interface Template {
  /** As `fmap simulate` calls it; undefined: there is none. */
  simulator(system: UsedSystem): string | undefined
  /** `at`: where its simulator answers, `http://127.0.0.1:8501`; undefined: the platform itself is meant. */
  prepare(system: UsedSystem, at: string | undefined): Prepared
}

export const noSimulator: Template["simulator"] = () => undefined

/** Names may be `__proto__`, and are names. */
export function byName(objects: readonly UsedObject[], make: (object: UsedObject) => JsonObject): JsonObject {
  return Object.fromEntries(objects.map(object => [object.name, make(object)]))
}

export function whereItIs(at: string | undefined, path: string, platform: string): JsonObject {
  return at === undefined ? { baseUrl: platform } : { baseUrl: `${at}${path}`, reach: "loopback" }
}

const figures: ReadonlySet<string> = new Set(["int", "decimal", "money", "quantity", "percent"])

export function isFigure({ kind }: Pick<UsedField, "kind">): boolean {
  return figures.has(kind)
}

/** What stands in one cell. */
export function isScalar({ kind }: Pick<UsedField, "kind">): boolean {
  return kind !== "record" && kind !== "list" && kind !== "dictionary" && kind !== "json"
}

/** Wire name of the field that tells when a record was changed last, where one looks like it. */
export function lastChangeOf({ fields }: UsedObject): string | undefined {
  return fields.find(({ name, kind }) => kind === "instant" && /modif|chang|updat/iu.test(name))?.name
}

export function isWritten({ needs }: UsedObject): boolean {
  return [...needs].some(need => need !== "read" && need !== "changes")
}
