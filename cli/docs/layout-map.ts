// Where everything stands in the picture of one map. Flows in: boxes with rows and the lines between them. Flows out: figures for an SVG:
// sources and crosswalks one below the other on the left, the target on the right. Chooses no colours.
import type { MapPicture } from "@fmap/compiler"

export interface PlacedMap {
  readonly title: string
  readonly width: number
  readonly height: number
  readonly boxes: readonly PlacedBox[]
  /** Decisions first, so that values are drawn over them. */
  readonly lines: readonly { readonly path: string; readonly decides: boolean; readonly hue: number }[]
}

export interface PlacedBox {
  readonly kind: MapPicture["target"]["kind"]
  readonly hue: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly title: string
  readonly titleY: number
  readonly textX: number
  readonly ruleY: number
  readonly rows: readonly {
    readonly text: string
    readonly whole: string
    readonly y: number
    readonly dotX: number
    readonly dotY: number
  }[]
}

const width = 960
const boxWidth = { source: 330, target: 330 }
const rowHeight = 22
const head = 34
const gap = 18
const padding = 8
const letters = 41

export function layOutMap({ title, boxes, target, lines }: MapPicture): PlacedMap {
  const heights = [...boxes, target].map(({ rows }) => head + Math.max(1, rows.length) * rowHeight + padding)
  const left = heights.slice(0, -1).reduce((sum, one) => sum + one + gap, -gap)
  const right = heights.at(-1) ?? 0
  const height = Math.max(left, right, head) + 2
  let y = 1 + Math.max(0, (height - 2 - left) / 2)
  const placed = boxes.map((box, i) => {
    const one = placeBox(box, hueOf(boxes, i), 1, y, boxWidth.source, heights[i] ?? 0)
    y += (heights[i] ?? 0) + gap
    return one
  })
  const x = width - boxWidth.target - 1
  const end = placeBox(target, hues.target, x, 1 + (height - 2 - right) / 2, boxWidth.target, right)
  const drawn = lines.map(({ box, row, to, decides }) => {
    const from = placed[box]?.rows[row]
    const into = end.rows[to]
    const start = 1 + boxWidth.source
    const middle = (start + x) / 2
    return {
      path: `M${start} ${from?.dotY ?? 0}C${middle} ${from?.dotY ?? 0} ${middle} ${into?.dotY ?? 0} ${x} ${into?.dotY ?? 0}`,
      decides,
      hue: hueOf(boxes, box),
    }
  })
  return {
    title,
    width,
    height,
    boxes: [...placed, end],
    lines: [...drawn.filter(({ decides }) => decides), ...drawn.filter(({ decides }) => !decides)],
  }
}

/** Colours of the style sheet: some for sources, in turn, and one each for what is alike. */
const hues = { sources: 3, crosswalk: 3, given: 4, target: 5 } as const

function hueOf(boxes: MapPicture["boxes"], index: number): number {
  const kind = boxes[index]?.kind ?? "given"
  if (kind !== "source") return hues[kind]
  return boxes.slice(0, index).filter(box => box.kind === "source").length % hues.sources
}

function placeBox(
  box: MapPicture["target"],
  hue: number,
  x: number,
  y: number,
  boxWidthHere: number,
  height: number,
): PlacedBox {
  const isTarget = box.kind === "target"
  return {
    kind: box.kind,
    hue,
    x,
    y,
    width: boxWidthHere,
    height,
    title: box.subtitle === "" || box.subtitle === box.title ? box.title : `${box.title}: ${box.subtitle}`,
    titleY: y + 22,
    textX: x + 14,
    ruleY: y + head - 4,
    rows: box.rows.map((row, i) => {
      const middle = y + head + i * rowHeight + rowHeight / 2
      return {
        text: [...row].length > letters ? `…${[...row].slice(1 - letters).join("")}` : row,
        whole: row,
        y: middle + 4,
        dotX: isTarget ? x : x + boxWidthHere,
        dotY: middle,
      }
    }),
  }
}
