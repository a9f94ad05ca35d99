// What only running both versions finds. Flows in: the findings so far, what was observed, how much a total may drift. Flows out: M031, M032 and M033. What nobody recorded says nothing.
import { compare, fromText, negate, zero } from "@fmap/runtime"
import type { Plan } from "../../plan/index.ts"
import type { ChangeFinding, Observed } from "../finding.ts"
import { fingerprintOf } from "../fingerprint.ts"
import type { MappingMode } from "../maps/compare-maps.ts"
import { mappingRules } from "../rules/mappings.ts"
import type { MapObservation } from "./observe.ts"

export interface ObservedOptions {
  readonly mode: MappingMode
  /** By how much the sum of a field may differ in one currency; decimal text. */
  readonly tolerance: string
  /** Maps whose reference data or contracts changed: their results may differ though they did not. */
  readonly otherwiseChanged: (map: string) => boolean
  readonly now: Plan
}

/** What they tell of gives the values there were: a difference is none of theirs. */
const sameValues = new Set(["M001", "M037"])
/** Rules that no record has to show: they are about what stands around a map. */
const withoutRecords = new Set(["M001", "M032", "M035", "M036", "M037"])

export function observedFindings(
  findings: readonly ChangeFinding[],
  observations: readonly MapObservation[],
  options: ObservedOptions,
): readonly ChangeFinding[] {
  const found: ChangeFinding[] = []
  for (const { map, fields } of observations) {
    const own = findings.filter(({ subject, rule }) => subject === map && !sameValues.has(rule))
    if (own.length === 0 && fields.length > 0 && !options.otherwiseChanged(map))
      for (const { path, observed } of fields)
        found.push(
          observedFinding(
            "M031",
            map,
            path,
            observed,
            `"${path}" of ${map} differs in ${counted(observed)}, and nothing says why.`,
            options,
          ),
        )
    for (const { path, observed } of fields) {
      const drifts = Object.entries(observed.deltaByCurrency)
        .filter(([, delta]) => isBeyond(delta, options.tolerance))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
      if (drifts.length === 0) continue
      const said = drifts.map(([code, delta]) => `${delta} ${code}`).join(", ")
      found.push(
        observedFinding(
          "M033",
          map,
          path,
          observed,
          `The sum of "${path}" over ${observed.compared} records drifts by ${said}.`,
          options,
          said,
        ),
      )
    }
    // a record may be held where it was rejected, too
    const ends = fields.find(({ path }) => path === "")?.observed.differs ?? 0
    for (const finding of own) {
      const observed = finding.observed
      if (withoutRecords.has(finding.rule) || observed === null || observed.differs > 0 || ends > 0) continue
      found.push(
        observedFinding(
          "M032",
          map,
          finding.path,
          observed,
          `No recorded record shows what ${finding.rule} changes at "${finding.path}".`,
          options,
        ),
      )
    }
  }
  return [...new Map(found.map(one => [one.fingerprint, one])).values()]
}

function counted({ differs, compared }: Observed): string {
  return `${differs} of ${compared} recorded records`
}

function isBeyond(delta: string, tolerance: string): boolean {
  const value = fromText(delta) ?? zero
  return compare(value.n < 0n ? negate(value) : value, fromText(tolerance) ?? zero) > 0
}

export function observedFinding(
  rule: "M031" | "M032" | "M033" | "M034",
  subject: string,
  path: string,
  observed: Observed,
  message: string,
  { mode, now }: Pick<ObservedOptions, "mode" | "now">,
  /** The figure, where there is one: who agrees to a cent has not agreed to a million. */
  figure: string | null = null,
): ChangeFinding {
  const { severity, bump, fix } = mappingRules[rule]
  const map = now.maps.find(({ name }) => name === subject)
  const at = map === undefined ? null : `${now.files[map.at[0]]?.path ?? ""}:${map.at[1]}:${map.at[2]}`
  return {
    rule,
    fingerprint: fingerprintOf({ rule, subject, path, old: null, new: figure }),
    subject,
    path,
    severity: severity[mode],
    bump,
    mode,
    direction: "readers",
    old: null,
    new: figure,
    message,
    fix,
    oldAt: null,
    newAt: at,
    witness: null,
    observed,
    consumers: [],
  }
}
