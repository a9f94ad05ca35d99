// The build report for people. Flows in: the report. Flows out: text, one block a map, tables aligned; sections with nothing to
// tell are not there, and a map with nothing to tell says so.
import type { BuildReport, MapReport, SetReport } from "./build-report.ts"
import type { FlowReport } from "./flow-report.ts"

export function formatReport(report: BuildReport): string {
  const flows = (report.flows ?? []).map(flowText)
  if (report.maps.length + flows.length === 0) return "No maps.\n"
  return [...report.maps.map(mapText), ...flows].join("\n")
}

function flowText(report: FlowReport): string {
  const { flow, version, owner, at, routes, objectives } = report
  const sections = [
    section("starts", [[report.starts]]),
    section("wanted where", report.wanted === null ? [] : [[report.wanted]]),
    section(
      "one after the other",
      report.lane === null
        ? []
        : [[`by ${report.lane.by}${report.lane.newest === null ? "" : `, newest by ${report.lane.newest}`}`]],
    ),
    section(
      "steps",
      report.steps.flatMap(({ step, does, rules, after, only, at: place }) => [
        [step, does, after.length === 0 ? "" : `after ${after.join(", ")}`, place],
        ...only.map(one => ["", `  only where ${one}`, "", ""]),
        ...rules.map(rule => ["", `  ${rule}`, "", ""]),
      ]),
    ),
    section(
      "ends with",
      report.codes
        .filter(code => code.origin !== "payload")
        .map(({ verb, code, route, at: places }) => [verb, code, `→ ${route}`, places.join(", ")]),
    ),
    payloadCodes(report),
    section(
      "routes",
      routes.map(({ on, to, lane }) => [`on ${on}`, `→ ${to}`, lane]),
    ),
    section(
      "promises",
      objectives.map(({ name, promise }) => [name, promise]),
    ),
  ]
  return `flow ${flow} ${version}${owner === null ? "" : `, ${owner}`}  ${at}\n${sections.filter(one => one !== "").join("")}`
}

function mapText(map: MapReport): string {
  const sections = [
    section(
      "ends with",
      map.codes
        .filter(code => code.origin !== "payload")
        .map(code => [code.verb, code.code, code.at.join(", ")]),
    ),
    payloadCodes(map),
    section(
      "left",
      map.left.map(({ field, because, at }) => [field, because, at]),
    ),
    section(
      "ignored",
      map.ignored.map(({ path, because, at }) => [path, because, at]),
    ),
    section(
      "unread",
      map.unread.map(({ source, field }) => [`${source}.${field}`]),
    ),
    section(
      "rounded",
      map.rounded.map(({ field, mode, at }) => [field, mode, at]),
    ),
    section(
      "currency claimed",
      map.claimed.map(({ field, currency, at }) => [field, currency, at]),
    ),
    section(
      "truncated",
      map.truncated.map(({ field, at }) => [field, at]),
    ),
    section(
      "rows skipped",
      map.skips.map(({ code, field, message, at }) => [field, code, message ?? "", at]),
    ),
    section(
      "rows left out by a condition",
      map.filters.map(({ field, condition, at }) => [field, condition, at]),
    ),
    section(
      "rules of fields",
      map.fieldRules.map(({ record, rule, how, at }) => [how, record, rule, at]),
    ),
    ...(map.set === null ? [] : setSections(map.set)),
  ].filter(text => text !== "")
  const body =
    sections.length === 0 ? "  nothing is left out, ignored, rounded or refused\n" : sections.join("")
  return `map ${map.map} ${map.version}  ${map.at}\n${body}`
}

/** How much a run keeps: nothing that grows with the rows, but for groups. */
function setSections({ each, groupedBy, kept, totals }: SetReport): readonly string[] {
  const lists = kept.length === 0 ? "" : `, and holds ${kept.join(", ")}`
  const memory =
    groupedBy.length === 0
      ? `constant for any number of rows${lists}`
      : `grows with the number of groups of (${groupedBy.join(", ")})${lists}`
  return [
    section("runs once a row of", [[each]]),
    section("memory", [[memory]]),
    section(
      "totals by outcome",
      totals.map(path => [path]),
    ),
  ]
}

/** What a bad payload ends with is much the same for every map: one line is enough. */
function payloadCodes(map: Pick<MapReport, "codes">): string {
  const codes = map.codes.filter(code => code.origin === "payload").map(code => code.code)
  return codes.length === 0
    ? ""
    : `  bad payload\n${wrap(codes.join(" "), 100)
        .map(line => `    ${line}\n`)
        .join("")}`
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ""
  const columns = Math.max(...rows.map(row => row.length))
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map(row => [...(row[i] ?? "")].length)),
  )
  const lines = rows.map(row =>
    row
      .map((cell, i) =>
        i === row.length - 1 ? cell : cell + " ".repeat((widths[i] ?? 0) - [...cell].length),
      )
      .join("  ")
      .trimEnd(),
  )
  return `  ${title}\n${lines.map(line => `    ${line}\n`).join("")}`
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(" ")) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
