// L009 and L010: service levels and retention that are others. Flows in: both sides. Flows out: facts. A promise of more is a promise, one of less breaks.
import { compare, fromText, zero } from "@fmap/runtime"
import { paired, type Sides } from "./compare-governance.ts"
import { type LineageFacts, shownPlace } from "./lineage-finding.ts"

export function promiseChanges(sides: Sides): readonly LineageFacts[] {
  return [...contractPromises(sides), ...flowPromises(sides)]
}

/** Of each service level by its name; one that is gone promises nothing. */
function flowPromises({ old, now }: Sides): readonly LineageFacts[] {
  const before = new Map((old.plan.flows ?? []).map(flow => [flow.name, flow]))
  return (now.plan.flows ?? []).flatMap(is => {
    const was = before.get(is.name)
    if (was === undefined) return []
    const names = [...new Set([...was.slos, ...is.slos].map(({ name }) => name))]
    return names.flatMap((name): readonly LineageFacts[] => {
      const [level, promised] = [was, is].map(flow => flow.slos.find(slo => slo.name === name))
      const [oldText, newText] = [level, promised].map(slo => (slo === undefined ? null : levelText(slo)))
      if (oldText === newText || oldText === undefined || newText === undefined) return []
      return [
        {
          rule: "L009",
          other:
            level === undefined ||
            (promised !== undefined &&
              compare(fromText(promised.share) ?? zero, fromText(level.share) ?? zero) >= 0 &&
              promised.withinMs <= level.withinMs),
          subject: is.name,
          old: oldText,
          new: newText,
          about: name,
          message: `${is.name} promises ${newText === null ? "nothing" : newText} of "${name}"; it was ${oldText ?? "nothing"}.`,
          oldAt: shownPlace(was.at, old.plan),
          newAt: shownPlace(is.at, now.plan),
        },
      ]
    })
  })
}

function levelText({ share, withinMs }: { readonly share: string; readonly withinMs: number }): string {
  return `${share}% within ${withinMs % 60_000 === 0 ? `${withinMs / 60_000}min` : `${withinMs / 1000}s`}`
}

function contractPromises({ old, now }: Sides): readonly LineageFacts[] {
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
