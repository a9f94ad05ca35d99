// L009 and L010: service levels and retention that are others. Flows in: both sides. Flows out: facts. A promise of more is a promise, one of less breaks.
import { compare, fromText, zero } from "@fmap/runtime"
import { paired, type Sides } from "./compare-governance.ts"
import { type LineageFacts, shownPlace } from "./lineage-finding.ts"

export function promiseChanges({ old, now }: Sides): readonly LineageFacts[] {
  return paired(old.contracts, now.contracts).flatMap(([was, is]): readonly LineageFacts[] => {
    const places = { oldAt: shownPlace(was.at, old.plan), newAt: shownPlace(is.at, now.plan) }
    const level = { old: was.declared.contract?.slo, new: is.declared.contract?.slo }
    const kept = { old: was.declared.contract?.retention, new: is.declared.contract?.retention }
    const said = (slo: Slo | undefined) => (slo === undefined ? null : `${slo.share}% within ${slo.within}`)
    const years = (one: Retention | undefined) => (one === undefined ? null : `${one.count} ${one.unit}`)
    const [oldLevel, newLevel] = [said(level.old), said(level.new)]
    const [oldTime, newTime] = [years(kept.old), years(kept.new)]
    return [
      ...(oldLevel === newLevel
        ? []
        : [
            {
              rule: "L009" as const,
              other: promisesMore(level.old, level.new),
              subject: is.id,
              old: oldLevel,
              new: newLevel,
              message: `${is.name} promises ${newLevel ?? "no service level"} instead of ${oldLevel ?? "none"}.`,
              ...places,
            },
          ]),
      ...(oldTime === newTime
        ? []
        : [
            {
              rule: "L010" as const,
              subject: is.id,
              old: oldTime,
              new: newTime,
              message: `Records of ${is.name} are kept ${newTime ?? "for no time that is said"}; it was ${oldTime ?? "not said"}.`,
              ...places,
            },
          ]),
    ]
  })
}

type Promises = NonNullable<Sides["old"]["contracts"][number]["declared"]["contract"]>
type Slo = NonNullable<Promises["slo"]>
type Retention = NonNullable<Promises["retention"]>

/** Of two numbers one may be better and the other worse: that is less. */
function promisesMore(old: Slo | undefined, now: Slo | undefined): boolean {
  if (old === undefined || now === undefined) return old === undefined
  const share = compare(fromText(now.share) ?? zero, fromText(old.share) ?? zero)
  return share >= 0 && milliseconds(now.within) <= milliseconds(old.within)
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }

function milliseconds(duration: string): number {
  const [, count = "0", unit = "ms"] = /^([0-9.]+)([a-z]+)$/u.exec(duration) ?? []
  return Number(count) * (units[unit] ?? 1)
}
