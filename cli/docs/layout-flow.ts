// Where contracts, maps and crosswalks stand in the picture of all maps. Flows in: nodes and lines. Flows out: figures for an SVG, from left
// to right; the same for the same picture. The layers are dagre's work.
import { Graph, layout } from "@dagrejs/dagre"
import type { FlowPicture } from "@fmap/compiler"

export interface PlacedFlow {
  readonly width: number
  readonly height: number
  /** Too wide to be made as narrow as a page: its texts would be too small. */
  readonly isWide: boolean
  readonly nodes: readonly (FlowPicture["nodes"][number] & {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
    readonly radius: number
    readonly textX: number
    readonly titleY: number
    readonly subtitleY: number
  })[]
  readonly lines: readonly { readonly path: string; readonly decides: boolean }[]
}

const nodeHeight = 50
const letterWidth = 8
const margin = 8
const mostShrunk = 1000

export function layOutFlow({ nodes, lines }: FlowPicture): PlacedFlow {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: "LR", nodesep: 16, ranksep: 64, marginx: margin, marginy: margin })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, title, subtitle } of nodes) {
    const letters = Math.max([...title].length, [...subtitle].length)
    graph.setNode(id, { width: Math.max(96, letters * letterWidth + 32), height: nodeHeight })
  }
  for (const [i, { from, to }] of lines.entries()) graph.setEdge(from, to, {}, String(i))
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    isWide: width > mostShrunk,
    nodes: nodes.map(node => {
      const { x, y, width: wide = 0, height: high = 0 } = graph.node(node.id)
      const left = rounded(x - wide / 2)
      const top = rounded(y - high / 2)
      return {
        ...node,
        x: left,
        y: top,
        width: wide,
        height: high,
        radius: node.kind === "map" ? nodeHeight / 2 : 6,
        textX: rounded(x),
        titleY: top + 21,
        subtitleY: top + 38,
      }
    }),
    lines: lines.map(({ from, to, decides }, i) => ({
      path: pathThrough(graph.edge(from, to, String(i)).points ?? []),
      decides,
    })),
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

/** A smooth line: straight to the middle of each part, a curve around each corner. */
function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points
  const last = rest.at(-1)
  if (first === undefined || last === undefined) return ""
  const corners = rest.slice(0, -1)
  const middles = corners.map((corner, i) => {
    const next = rest[i + 1] ?? last
    const end = i === corners.length - 1 ? last : { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 }
    return `Q${at(corner)} ${at(end)}`
  })
  return `M${at(first)}${middles.length === 0 ? `L${at(last)}` : middles.join("")}`
}

function at({ x, y }: Point): string {
  return `${rounded(x)} ${rounded(y)}`
}

function rounded(figure: number): number {
  return Math.round(figure * 10) / 10
}
