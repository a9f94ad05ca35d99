// The front page: everything the project declares, and where personal data goes. Flows in: the pages. Flows out: readonly tables of links
// and figures.
import { shownOrigin } from "../../lineage/index.ts"
import type { PlanMap, PlanShape } from "../../plan/index.ts"
import { readShapes } from "../../plan/read-shapes.ts"
import { recordName } from "../words/say-type.ts"
import type { CalendarPage } from "./calendar-page.ts"
import type { ContractPage } from "./contract-page.ts"
import type { CrosswalkPage } from "./crosswalk-page.ts"
import type { Link, SiteContext } from "./input.ts"
import type { MapPage } from "./map-page.ts"
import type { TestRow } from "./test-rows.ts"

export interface IndexPage {
  readonly systems: readonly {
    readonly name: string
    readonly kind: string
    readonly owner: string
    readonly residency: string
    readonly limits: readonly string[]
    readonly docs: string
    readonly contracts: number
  }[]
  readonly packages: readonly { readonly name: string; readonly version: string }[]
  readonly personal: readonly PersonalRow[]
  readonly tests: { readonly passed: number; readonly total: number }
}

/** A field marked `pii` or `confidential`, and the target fields its value reaches. */
export interface PersonalRow {
  readonly contract: Link
  readonly field: string
  readonly mark: string
  readonly reaches: readonly { readonly map: Link; readonly fields: readonly string[] }[]
}

export interface Pages {
  readonly contracts: readonly ContractPage[]
  readonly maps: readonly MapPage[]
  readonly crosswalks: readonly CrosswalkPage[]
  readonly calendars: readonly CalendarPage[]
  readonly tests: readonly TestRow[]
}

export function indexPage(pages: Pages, context: SiteContext): IndexPage {
  const { plan } = context
  return {
    systems: plan.systems.map(({ name, kind, owner, residency, limits, docs }) => ({
      name,
      kind: kind ?? "",
      owner: owner ?? "",
      residency: residency ?? "",
      limits: limits.map(({ count, per }) => `${count} per ${per}`),
      docs,
      contracts: pages.contracts.filter(({ system }) => system === name).length,
    })),
    packages: plan.packages.map(({ name, version }) => ({ name, version })),
    personal: personalRows(context),
    tests: {
      passed: pages.tests.filter(({ state }) => state === "passed").length,
      total: pages.tests.length,
    },
  }
}

function personalRows(context: SiteContext): readonly PersonalRow[] {
  const { plan, contractPath } = context
  return plan.shapes
    .filter(({ contract }) => contract !== null)
    .flatMap(shape =>
      markedFields(shape, context).map(({ path, mark }) => ({
        contract: { text: shape.name, href: `${contractPath(shape.id)}.html` },
        field: path,
        mark,
        reaches: plan.maps.flatMap(map => reachedIn(map, shape, path, context)),
      })),
    )
}

function markedFields(
  shape: PlanShape,
  context: SiteContext,
  above = "",
): readonly { readonly path: string; readonly mark: string }[] {
  return shape.fields.flatMap(field => {
    const path = above === "" ? field.name : `${above}.${field.name}`
    if (field.pii || field.confidential) return [{ path, mark: field.pii ? "personal" : "confidential" }]
    let { type } = field
    let rows = path
    while (type.kind === "list" || type.kind === "dictionary") {
      rows = `${rows}${type.kind === "list" ? "[]" : ".*"}`
      type = type.of
    }
    return type.kind === "record" ? markedFields(context.shape(type.shape), context, rows) : []
  })
}

function reachedIn(
  map: PlanMap,
  shape: PlanShape,
  path: string,
  { lineages, mapPath }: SiteContext,
): PersonalRow["reaches"] {
  const names = readShapes(map)
    .filter(one => one.shape === shape.id)
    .map(one => `${one.path}.${path}`)
  const fields = (lineages.find(one => one.map === map.name)?.fields ?? [])
    .filter(({ edges }) =>
      edges.some(({ origin, role }) => {
        const shown = shownOrigin(origin)
        return role === "value" && names.some(name => shown === name || shown.startsWith(`${name}.`))
      }),
    )
    .map(field => `${recordName(map.target.name)}.${field.path}`)
  return fields.length === 0 ? [] : [{ map: { text: map.name, href: `${mapPath(map.name)}.html` }, fields }]
}
