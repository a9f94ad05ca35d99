// All pages of a site of documentation, as data. Flows in: the Plan and what was run and read around it. Flows out: readonly page models,
// the same for the same input; nothing of HTML, files or colours.
import { lineageOf } from "../lineage/index.ts"
import { type CalendarPage, calendarPage } from "./pages/calendar-page.ts"
import { type ContractPage, contractPage } from "./pages/contract-page.ts"
import { type CrosswalkPage, crosswalkPage } from "./pages/crosswalk-page.ts"
import { type FlowPage, flowPage } from "./pages/flow-page.ts"
import { type IndexPage, indexPage } from "./pages/index-page.ts"
import { type DocsInput, siteContext } from "./pages/input.ts"
import { type MapPage, mapPage } from "./pages/map-page.ts"
import { type FlowPicture, flowPicture } from "./pages/pictures.ts"
import { type TestRow, testRows } from "./pages/test-rows.ts"

export interface Site {
  readonly project: string
  readonly planHash: string
  readonly index: IndexPage
  readonly contracts: readonly ContractPage[]
  readonly maps: readonly MapPage[]
  readonly crosswalks: readonly CrosswalkPage[]
  readonly calendars: readonly CalendarPage[]
  readonly flows: readonly FlowPage[]
  readonly tests: readonly TestRow[]
  readonly picture: FlowPicture
}

export function docsSite(input: DocsInput): Site {
  const { plan } = input
  const context = siteContext(input, lineageOf(plan))
  const tests = testRows(context)
  const pages = {
    contracts: plan.shapes
      .filter(({ contract }) => contract !== null)
      .map(shape => contractPage(shape, context)),
    maps: plan.maps.map(map => mapPage(map, tests, context)),
    crosswalks: plan.crosswalks.map(crosswalk => crosswalkPage(crosswalk, context)),
    calendars: plan.calendars.map(calendar => calendarPage(calendar, context)),
    flows: (plan.flows ?? []).map(flow => flowPage(flow, context)),
    tests,
  }
  return {
    project: input.project,
    planHash: input.planHash,
    index: indexPage(pages, context),
    ...pages,
    picture: flowPicture(context),
  }
}
