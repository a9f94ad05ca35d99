// From page data to files. Flows in: a site, and schemas to put beside it. Flows out: pages, sheets and tables as texts with their paths; the
// same for the same site. Writes nothing.
import { createHash } from "node:crypto"
import type { ContractPage, MapPage, Site } from "@fmap/compiler"
import type { EmittedFile } from "../files/output-folder.ts"
import { percentOf } from "../reporters/coverage.ts"
import { authorMarkdown } from "./author-markdown.ts"
import { csvText } from "./csv.ts"
import { layOutFlow } from "./layout-flow.ts"
import { layOutMap } from "./layout-map.ts"
import { safeData } from "./safe-data.ts"
import { sheetTable } from "./sheet-table.ts"
import { loadTemplates, type PageName, styleSheet, type Templates } from "./templates.ts"

/** A page with ten thousand rows is of no use; the CSV beside it has them all. */
const mostRows = 500

/** The templates are read once for any number of sites. */
export function siteRenderer(): (site: Site) => readonly EmittedFile[] {
  const templates = loadTemplates(authorMarkdown())
  const style = styleSheet()
  const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`
  return site => renderSite(safeData(site), templates, { style, styleHash })
}

function renderSite(
  site: Site,
  templates: Templates,
  styling: { readonly style: string; readonly styleHash: string },
): readonly EmittedFile[] {
  const { project, planHash } = site
  const page = (name: PageName, path: string, title: string, data: object): EmittedFile => {
    const up = "../".repeat(path.split("/").length - 1)
    const navigation = navigationOf(site, path)
    const shared = { project, planHash, title, up, navigation, ...styling }
    return { path, text: templates.page(name, { ...shared, ...data }) }
  }
  const picture = layOutFlow(site.picture)
  const maps = site.maps.map(mapRow)
  return [
    page("index", "index.html", "Overview", {
      index: site.index,
      picture,
      maps,
      contracts: site.contracts.map(contractRow),
      crosswalks: site.crosswalks,
      calendars: site.calendars,
      flows: site.flows,
      failed: site.index.tests.passed < site.index.tests.total,
      counts: {
        systems: site.index.systems.length,
        contracts: site.contracts.length,
        maps: site.maps.length,
        crosswalks: site.crosswalks.length,
        calendars: site.calendars.length,
      },
    }),
    page("lineage", "lineage.html", "Lineage", { picture, maps }),
    page("tests", "tests.html", "Tests", { index: site.index, groups: testGroups(site) }),
    ...site.contracts.flatMap(contract => [
      page("contract", `${contract.path}.html`, contract.title, { page: contract }),
      { path: `${contract.path}.csv`, text: csvText(fieldTable(contract)) },
    ]),
    ...site.maps.flatMap(map => {
      const row = mapRow(map)
      const data = { page: row, passed: row.passed, percent: row.percent, picture: layOutMap(map.picture) }
      return [
        page("map", `${map.path}.html`, map.title, data),
        { path: `${map.path}.md`, text: templates.sheet(data) },
        { path: `${map.path}.csv`, text: csvText(sheetTable(map)) },
      ]
    }),
    ...site.crosswalks.flatMap(crosswalk => [
      page("crosswalk", `${crosswalk.path}.html`, crosswalk.title, {
        page: crosswalk,
        shown: crosswalk.rows.slice(0, mostRows),
        more: Math.max(0, crosswalk.rows.length - mostRows),
      }),
      {
        path: `${crosswalk.path}.csv`,
        text: csvText([crosswalk.columns.map(({ name }) => name), ...crosswalk.rows]),
      },
    ]),
    ...site.flows.map(flow => page("flow", `${flow.path}.html`, flow.title, { page: flow })),
    ...site.calendars.flatMap(calendar => [
      page("calendar", `${calendar.path}.html`, calendar.title, { page: calendar }),
      {
        path: `${calendar.path}.csv`,
        text: csvText([
          ["period", "start", "end", "kind", "state"],
          ...calendar.periods.map(({ period, start, end, kind, state }) => [period, start, end, kind, state]),
        ]),
      },
    ]),
  ]
}

function navigationOf(site: Site, here: string) {
  const group = (title: string, items: readonly { readonly title: string; readonly path: string }[]) => ({
    title,
    items: items.map(({ title: text, path }) => ({
      text,
      href: `${path}.html`,
      isHere: `${path}.html` === here,
    })),
  })
  return [
    group("Project", [
      { title: "Overview", path: "index" },
      { title: "Lineage", path: "lineage" },
      { title: "Tests", path: "tests" },
    ]),
    group("Flows", site.flows),
    group("Maps", site.maps),
    group("Contracts", toldApart(site.contracts)),
    group("Crosswalks", site.crosswalks),
    group("Calendars", site.calendars),
  ].filter(({ items }) => items.length > 0)
}

/** Contracts of one name say whose they are. */
function toldApart(contracts: Site["contracts"]) {
  return contracts.map(({ title, path, system }) => ({
    title: contracts.filter(one => one.title === title).length > 1 ? `${title} of ${system}` : title,
    path,
  }))
}

function mapRow(map: MapPage) {
  const { reached, total } = map.coverage
  return {
    ...map,
    lines: map.lines.map(line => ({ ...line, indent: Math.min(line.depth, 3) })),
    from: map.sources.map(({ contract }) => contract),
    to: [map.target.contract],
    decides: map.crosswalks.map(({ link }) => link),
    passed: map.tests.filter(({ state }) => state === "passed").length,
    percent: `${percentOf(reached, total)} %`,
  }
}

function contractRow(contract: ContractPage) {
  const fields = contract.sections.flatMap(section => section.fields)
  const isMarked = (marks: readonly string[]) => marks.includes("personal") || marks.includes("confidential")
  return {
    ...contract,
    fieldCount: fields.length,
    personalCount: fields.filter(({ marks }) => isMarked(marks)).length,
  }
}

function testGroups({ maps, tests }: Site) {
  return maps
    .map((map, i) => {
      const mine = tests.filter(test => test.map.text === map.title)
      return {
        anchor: `map-${i + 1}`,
        map: { text: map.title, href: `${map.path}.html` },
        tests: mine,
        passed: mine.filter(({ state }) => state === "passed").length,
      }
    })
    .filter(group => group.tests.length > 0)
}

function fieldTable({ sections }: ContractPage): readonly (readonly string[])[] {
  return [
    ["Record", "Field", "On the wire as", "Type", "Wire form", "Optional", "Marks", "Meaning"],
    ...sections.flatMap(({ title, fields }) =>
      fields.map(field => [
        title,
        field.name,
        field.wireName === "" ? field.name : field.wireName,
        field.type,
        field.wire,
        field.optional ? "yes" : "no",
        field.marks.join(", "),
        field.docs,
      ]),
    ),
  ]
}
