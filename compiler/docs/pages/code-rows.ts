// The codes a record can end with, as a controller wants them: what it means, what becomes of the record, who acts, and whether a test
// proves it. Flows in: a map of the Plan. Flows out: one row a code of an author; codes of bad payloads are only named.
import type { MapLineage } from "../../lineage/index.ts"
import type { PlanCode, PlanExpression, PlanMap } from "../../plan/index.ts"
import type { Ruling, WorkedOut } from "../sheet/rulings.ts"
import type { SheetLine } from "../sheet/sheet-lines.ts"
import { placeText } from "../sheet/source-lines.ts"
import type { SiteContext } from "./input.ts"

export interface CodeRow {
  readonly code: string
  /** `Unknown customer` */
  readonly title: string
  readonly verb: PlanCode["verb"]
  readonly messages: readonly string[]
  /** Target fields at which it can happen; empty: the record as a whole. */
  readonly fields: readonly string[]
  /** Who has to do something, and what. */
  readonly acts: string
  readonly places: readonly string[]
  readonly isTested: boolean
}

export interface SheetCodes {
  readonly rows: readonly CodeRow[]
  /** What a payload that breaks its contract ends with. */
  readonly payload: readonly string[]
}

export function codeRows(
  map: PlanMap,
  sheet: {
    readonly lines: readonly SheetLine[]
    readonly workedOut: readonly WorkedOut[]
    readonly rulings: readonly Ruling[]
  },
  context: SiteContext,
): SheetCodes {
  const told = [
    ...sheet.lines.flatMap(({ path, waysOut }) => waysOut.map(way => ({ ...way, path }))),
    ...sheet.workedOut.flatMap(({ path, waysOut }) => waysOut.map(way => ({ ...way, path }))),
    ...sheet.rulings.map(({ path, code, message }) => ({ code, message, path })),
  ]
  const rows = map.codes
    .filter(({ origin }) => origin !== "payload")
    .map(({ code, verb, at }) => {
      const mine = told.filter(one => one.code === code)
      const covered = context.codes.find(one => one.map === map.name && one.code === code)?.covered
      return {
        code,
        title: titleOf(code),
        verb,
        messages: distinct(mine.map(({ message }) => message)),
        fields: distinct(mine.map(({ path }) => path)),
        acts: actsOf(code, verb, map, context),
        places: at.map(one => placeText(one, context.plan)),
        isTested: covered === true,
      }
    })
  return { rows, payload: map.codes.filter(({ origin }) => origin === "payload").map(({ code }) => code) }
}

function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll("_", " ").trim()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** A reject is for who sends the record; a hold for who keeps the reference data it waits for, else for the map's owner. */
function actsOf(code: string, verb: PlanCode["verb"], map: PlanMap, context: SiteContext): string {
  const { plan, lineages } = context
  const lineage = lineages.find(one => one.map === map.name)
  const owner = map.owner ?? "The owner of the map"
  switch (verb) {
    case "reject": {
      const senders = distinct(
        map.sources.map(({ binding }) => {
          const { contract } = context.shape(binding.shape)
          const system = plan.systems.find(({ name }) => name === contract?.system)
          return contract?.owner ?? system?.owner ?? ""
        }),
      )
      return `${senders.length === 0 ? "The sender" : senders.join(" or ")}: corrects the record at its source and sends it again.`
    }
    case "hold": {
      const behind = crosswalksBehind(code, lineage)
      const keepers = distinct(
        plan.crosswalks
          .filter(
            ({ id, unmapped }) =>
              behind.includes(id) || (map.crosswalks.includes(id) && leavesBy(code, unmapped)),
          )
          .map(crosswalk => crosswalk.owner ?? ""),
      )
      return keepers.length === 0
        ? `${owner}: decides or repairs, then the record is replayed.`
        : `${keepers.join(" or ")}: completes the reference data, then the record is replayed.`
    }
    case "warn":
      return `${owner}: looks into it; the record goes on.`
    case "skip":
      return "Nobody: the row is dropped and counted."
  }
}

function crosswalksBehind(code: string, lineage: MapLineage | undefined): readonly string[] {
  const edges = lineage?.stops.filter(stop => stop.code === code).flatMap(stop => stop.edges) ?? []
  return distinct(
    edges.flatMap(({ origin, role }) =>
      origin.kind === "crosswalk" && role === "decides" ? [origin.id] : [],
    ),
  )
}

/** A crosswalk that says itself what happens without a row. */
function leavesBy(code: string, unmapped: PlanExpression | null): boolean {
  return unmapped?.kind === "exit" && unmapped.code === code
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter(text => text !== ""))]
}
