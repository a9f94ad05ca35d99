// Lineage for people. Flows in: lineages of a Plan. Flows out: text: a block a map, a paragraph a field or way out, columns aligned.
import type { Plan } from "../plan/index.ts"
import type { Edge } from "./edge.ts"
import type { MapLineage } from "./lineage.ts"
import { shownAt, shownOrigin } from "./shown.ts"

export function formatLineage(lineages: readonly MapLineage[], plan: Plan): string {
  return lineages.map(lineage => mapText(lineage, plan)).join("\n")
}

function mapText({ map, version, target, flow, at, fields, stops }: MapLineage, plan: Plan): string {
  const paragraphs = [
    ...fields.map(field => paragraph(`${field.path}  ${shownAt(field.at, plan)}`, field.edges, plan)),
    ...stops.map(stop => {
      const where = stop.path === "" ? "" : ` at ${stop.path}`
      return paragraph(`${stop.verb} ${stop.code}${where}  ${shownAt(stop.at, plan)}`, stop.edges, plan)
    }),
  ]
  const title = flow === true ? `flow ${map} ${version}` : `map ${map} ${version} to ${target}`
  return `${title}  ${shownAt(at, plan)}\n${paragraphs.join("")}`
}

function paragraph(title: string, edges: readonly Edge[], plan: Plan): string {
  const rows = (["value", "decides", "tells"] as const).flatMap(role =>
    edges
      .filter(edge => edge.role === role)
      .map(edge => [
        role,
        edge.origin.kind === "crosswalk"
          ? `${shownOrigin(edge.origin)} ${edge.origin.version}`
          : shownOrigin(edge.origin),
        edge.manners.join(", "),
        edge.at.map(at => shownAt(at, plan)).join(" "),
      ]),
  )
  const widths = [0, 1, 2].map(i => Math.max(0, ...rows.map(row => [...(row[i] ?? "")].length)))
  const lines = rows.map(row =>
    row
      .map((cell, i) => cell + " ".repeat(Math.max(0, (widths[i] ?? 0) - [...cell].length)))
      .join("  ")
      .trimEnd(),
  )
  return `  ${title}\n${lines.map(line => `    ${line}\n`).join("")}`
}
