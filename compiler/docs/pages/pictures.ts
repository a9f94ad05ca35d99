// Lineage as pictures, before anybody has laid them out. Flows in: lineages of the Plan. Flows out: boxes, rows and lines by name: of one map,
// and of contracts and maps together. Knows no coordinates and no colours.
import { type MapLineage, shownOrigin } from "../../lineage/index.ts"
import type { PlanMap } from "../../plan/index.ts"
import { readShapes } from "../../plan/read-shapes.ts"
import { contractLink, type SiteContext } from "./input.ts"

/** Sources and crosswalks on the left, the target on the right. */
export interface MapPicture {
  readonly title: string
  readonly boxes: readonly PictureBox[]
  readonly target: PictureBox
  /** `from`: index of a box and of its row; `to`: index of a row of the target. */
  readonly lines: readonly {
    readonly box: number
    readonly row: number
    readonly to: number
    readonly decides: boolean
  }[]
}

export interface PictureBox {
  readonly kind: "source" | "given" | "crosswalk" | "target"
  readonly title: string
  readonly subtitle: string
  readonly href: string
  readonly rows: readonly string[]
}

/** Contracts, maps and crosswalks with what flows between them. */
export interface FlowPicture {
  readonly nodes: readonly {
    readonly id: string
    readonly kind: "contract" | "map" | "crosswalk"
    readonly title: string
    readonly subtitle: string
    readonly href: string
  }[]
  readonly lines: readonly { readonly from: string; readonly to: string; readonly decides: boolean }[]
}

export function mapPicture(map: PlanMap, lineage: MapLineage, context: SiteContext): MapPicture {
  const boxes = new Map<string, { box: Omit<PictureBox, "rows">; rows: string[] }>()
  const rowOf = (key: string, box: Omit<PictureBox, "rows">, row: string) => {
    const found = boxes.get(key) ?? { box, rows: [] }
    boxes.set(key, found)
    if (!found.rows.includes(row)) found.rows.push(row)
    return { box: [...boxes.keys()].indexOf(key), row: found.rows.indexOf(row) }
  }
  for (const { shape, path } of readShapes(map)) {
    const { text, href } = contractLink(context.shape(shape), context)
    const title = path.replaceAll("[]", "")
    boxes.set(`source ${title}`, { box: { kind: "source", title, subtitle: text, href }, rows: [] })
  }
  const fields = lineage.fields.filter(field => field.edges.some(({ origin }) => origin.kind !== "constant"))
  const lines = fields.flatMap((field, to) =>
    field.edges.flatMap(({ origin, role }) => {
      if (origin.kind === "constant" || role === "tells") return []
      const shown = shownOrigin(origin)
      const decides = role === "decides"
      if (origin.kind === "crosswalk") {
        const href = `${context.crosswalkPath(origin.id)}.html`
        const box = { kind: "crosswalk", title: origin.id, subtitle: origin.version, href } as const
        const member = shown.slice(origin.id.length + 1)
        return [{ ...rowOf(`crosswalk ${origin.id}`, box, member === "" ? "value" : member), to, decides }]
      }
      if (origin.kind === "given") {
        const box = { kind: "given", title: "given", subtitle: "", href: "" } as const
        return [{ ...rowOf("given", box, shown), to, decides }]
      }
      const box = { kind: "source", title: origin.name, subtitle: "", href: "" } as const
      const row = origin.path.length === 0 ? "(whole)" : shown.slice(origin.name.length).replace(/^\./u, "")
      return [{ ...rowOf(`source ${origin.name}`, box, row), to, decides }]
    }),
  )
  const { text, href } = contractLink(context.shape(map.target.shape), context)
  return {
    title: map.name,
    boxes: [...boxes.values()].map(({ box, rows }) => ({ ...box, rows })),
    target: {
      kind: "target",
      title: map.target.name,
      subtitle: text,
      href,
      rows: fields.map(({ path }) => path),
    },
    lines: withoutDoubles(lines),
  }
}

/** A field that gives a value and decides it too has one line. */
function withoutDoubles(lines: MapPicture["lines"]): MapPicture["lines"] {
  return lines.filter(
    line =>
      !line.decides ||
      !lines.some(
        other => !other.decides && other.box === line.box && other.row === line.row && other.to === line.to,
      ),
  )
}

export function flowPicture(context: SiteContext): FlowPicture {
  const { plan, mapPath, crosswalkPath } = context
  const shapes = [
    ...new Set(plan.maps.flatMap(map => [...readShapes(map).map(({ shape }) => shape), map.target.shape])),
  ]
  const called = plan.crosswalks.filter(({ id }) => plan.maps.some(map => map.crosswalks.includes(id)))
  return {
    nodes: [
      ...shapes.map(id => {
        const shape = context.shape(id)
        const { text, href } = contractLink(shape, context)
        const version =
          shape.contract === null
            ? "record"
            : `${shape.contract.system ?? ""} ${shape.contract.version}`.trim()
        return { id: `contract ${id}`, kind: "contract", title: text, subtitle: version, href } as const
      }),
      ...plan.maps.map(
        ({ name, version }) =>
          ({
            id: `map ${name}`,
            kind: "map",
            title: name,
            subtitle: version,
            href: `${mapPath(name)}.html`,
          }) as const,
      ),
      ...called.map(
        ({ id, name, version }) =>
          ({
            id: `crosswalk ${id}`,
            kind: "crosswalk",
            title: name,
            subtitle: version,
            href: `${crosswalkPath(id)}.html`,
          }) as const,
      ),
    ],
    lines: plan.maps.flatMap(map => [
      ...readShapes(map).map(({ shape }) => ({
        from: `contract ${shape}`,
        to: `map ${map.name}`,
        decides: false,
      })),
      { from: `map ${map.name}`, to: `contract ${map.target.shape}`, decides: false },
      ...map.crosswalks.map(id => ({ from: `crosswalk ${id}`, to: `map ${map.name}`, decides: true })),
    ]),
  }
}
