// Lineage as a picture: Mermaid and Graphviz. Flows in: lineages. Flows out: the text of one graph, nodes on the left what is read, on the
// right what is written; dashed lines only decide. Names are an author's and are written so that none can end its label.
import { type Edge, originKey } from "./edge.ts"
import type { MapLineage } from "./lineage.ts"
import { shownOrigin } from "./shown.ts"

interface Graph {
  readonly groups: readonly {
    readonly title: string
    readonly nodes: readonly { readonly id: string; readonly label: string }[]
  }[]
  readonly lines: readonly {
    readonly from: string
    readonly to: string
    readonly label: string
    readonly dashed: boolean
  }[]
}

export function lineageMermaid(lineages: readonly MapLineage[]): string {
  const { groups, lines } = graphOf(lineages)
  const text = groups.flatMap(({ title, nodes }, i) => [
    `  subgraph g${i}["${mermaidText(title)}"]`,
    ...nodes.map(({ id, label }) => `    ${id}["${mermaidText(label)}"]`),
    "  end",
  ])
  const arrows = lines.map(
    ({ from, to, label, dashed }) => `  ${from} ${dashed ? "-.->" : "-->"}|"${mermaidText(label)}"| ${to}`,
  )
  return `${["flowchart LR", ...text, ...arrows].join("\n")}\n`
}

export function lineageDot(lineages: readonly MapLineage[]): string {
  const { groups, lines } = graphOf(lineages)
  const text = groups.flatMap(({ title, nodes }, i) => [
    `  subgraph cluster_${i} {`,
    `    label=${dotText(title)}`,
    ...nodes.map(({ id, label }) => `    ${id} [label=${dotText(label)}]`),
    "  }",
  ])
  const arrows = lines.map(
    ({ from, to, label, dashed }) =>
      `  ${from} -> ${to} [label=${dotText(label)}${dashed ? ", style=dashed" : ""}]`,
  )
  return `${["digraph lineage {", "  rankdir=LR", "  node [shape=box]", ...text, ...arrows, "}"].join("\n")}\n`
}

function graphOf(lineages: readonly MapLineage[]): Graph {
  const groups: Graph["groups"][number][] = []
  const lines: Graph["lines"][number][] = []
  for (const [m, { map, target, fields, stops }] of lineages.entries()) {
    const origins = new Map<string, { id: string; label: string; group: string }>()
    const ends: { id: string; label: string }[] = []
    const draw = (edges: readonly Edge[], label: string): void => {
      const drawn = edges.filter(({ origin, role }) => origin.kind !== "constant" && role !== "tells")
      const to = `m${m}t${ends.length}`
      ends.push({ id: to, label })
      for (const { origin, role, manners } of drawn) {
        const key = originKey(origin)
        const from = origins.get(key) ?? {
          id: `m${m}s${origins.size}`,
          label: shownOrigin(origin),
          group: groupOf(origin),
        }
        origins.set(key, from)
        lines.push({ from: from.id, to, label: manners.join(", "), dashed: role === "decides" })
      }
    }
    for (const { path, edges } of fields) draw(edges, path)
    for (const { verb, code, edges } of stops) draw(edges, `${verb} ${code}`)
    const names = [...new Set([...origins.values()].map(origin => origin.group))]
    for (const title of names)
      groups.push({ title, nodes: [...origins.values()].filter(origin => origin.group === title) })
    groups.push({ title: `${map} to ${target}`, nodes: ends })
  }
  return { groups, lines }
}

function groupOf(origin: Edge["origin"]): string {
  switch (origin.kind) {
    case "source":
      return origin.name
    case "given":
      return "given"
    case "crosswalk":
      return `${origin.id} ${origin.version}`
    case "constant":
      return ""
  }
}

/** Entities of Mermaid; everything that could end a label, or begin a tag, is one. */
function mermaidText(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._[\]*,\-–]/gu, character => `#${character.codePointAt(0)};`)
}

function dotText(text: string): string {
  return `"${text.replace(/[\\"]/gu, "\\$&").replace(/\s+/gu, " ")}"`
}
