// Coverage of maps by their tests. Flows in: points, reached or not. Flows out: figures per map, whole tenths of a percent rounded down, so that
// 100.0 means all; and the points that no test reached.
import type { CoveragePoint } from "@fmap/compiler"

export interface MapCoverage {
  readonly map: string
  readonly reached: number
  readonly total: number
  /** `93.3` */
  readonly percent: string
  readonly missing: readonly CoveragePoint[]
}

export function coverageOf(points: readonly CoveragePoint[]): readonly MapCoverage[] {
  return [...new Set(points.map(point => point.map))].map(map => {
    const mine = points.filter(point => point.map === map)
    const missing = mine.filter(point => !point.reached)
    const reached = mine.length - missing.length
    return { map, reached, total: mine.length, percent: percentOf(reached, mine.length), missing }
  })
}

export function percentOf(reached: number, total: number): string {
  if (total === 0) return "100.0"
  const tenths = Math.floor((reached * 1000) / total)
  return `${Math.floor(tenths / 10)}.${tenths % 10}`
}

/** Of all maps together at least so many percent. */
export function isEnough(maps: readonly MapCoverage[], percent: number): boolean {
  const reached = maps.reduce((sum, map) => sum + map.reached, 0)
  const total = maps.reduce((sum, map) => sum + map.total, 0)
  return reached * 100 >= total * percent
}
