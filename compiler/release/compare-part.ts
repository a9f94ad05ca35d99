// What changed between two versions of one thing. Flows in: both manifests, and recorded records where there are some. Flows out: the findings about that
// thing alone; null where the two cannot be held against each other, which is then a break: what is not known is never let through.
import type { Calendar, Crosswalk } from "@fmap/runtime"
import { compareContracts } from "../diff/contracts/compare-contracts.ts"
import { changesOfRecords } from "../diff/execute/changes-of-records.ts"
import { type RecordedInput, runnable } from "../diff/execute/run-both.ts"
import type { ChangeFinding } from "../diff/finding.ts"
import { fingerprintOf } from "../diff/fingerprint.ts"
import { compareFlows } from "../diff/flows/compare-flows.ts"
import { compareGovernance } from "../diff/governance/compare-governance.ts"
import { compareMaps, type MappingMode, type Release } from "../diff/maps/compare-maps.ts"
import type { ValidatorOf } from "../diff/schema/witness/with-witness.ts"
import { type TextOf, textOfKept } from "./kept-source.ts"
import type { Manifest } from "./manifest.ts"

export type Compare = (before: Manifest, after: Manifest) => readonly ChangeFinding[] | null

export interface ComparingQuestion {
  /** The day promises are judged by. */
  readonly today: string
  /** How severe a change of what a map does is taken. */
  readonly maps: MappingMode
  /** Texts of the sources as they stand: findings show what is written now. */
  readonly textOf: TextOf
  readonly records: RecordsOfMaps | null
  /** Confirms the payloads that prove breaks of contracts; absent: breaks are told without. */
  readonly validatorOf?: ValidatorOf
}

/** Records that both versions of a map are run on, with the reference data of today for both: what differs is then the map. */
export interface RecordsOfMaps {
  readonly inputs: (map: string) => readonly RecordedInput[]
  readonly reference: () => {
    readonly crosswalks: ReadonlyMap<string, Crosswalk>
    readonly calendars: ReadonlyMap<string, Calendar>
  }
  /** By how much the sum of a field may drift; decimal text. */
  readonly tolerance: string
}

export function comparing(question: ComparingQuestion): Compare {
  const { today, maps, records, validatorOf } = question
  const confirmed = validatorOf === undefined ? {} : { validatorOf }
  return (before, after) => {
    const governed = compareGovernance(before.plan, after.plan, { today, mode: maps }).filter(
      // What is allowed is held against the lock, which knows it of everything.
      ({ subject, rule }) => subject === after.id && rule !== "L013",
    )
    if (after.kind === "contract")
      return [
        ...compareContracts(before.plan, after.plan, { policy: "sound", today, ...confirmed }).filter(
          ({ subject }) => subject === after.id || subject === before.id,
        ),
        ...governed,
      ]
    // Under another id neither finds the other in its Plan.
    if (before.id !== after.id) return null
    const [old, now] = [releaseOf(before, keptText(before)), releaseOf(after, question.textOf)]
    if (after.kind === "flow") return [...compareFlows(old, now, maps), ...governed]
    const told = compareMaps(old, now, maps)
    const findings =
      after.kind === "map" && records !== null
        ? observed(before, after, told, records.inputs(after.id), question, records)
        : told
    return [...findings.flatMap(finding => aboutOne(finding, after)), ...governed]
  }
}

function releaseOf({ plan, id, rows }: Manifest, textOf: TextOf): Release {
  const kept = rows?.rows ?? null
  return { plan, textOf, rows: kept === null ? new Map() : new Map([[id, kept]]) }
}

function keptText({ source }: Manifest): TextOf {
  return source === null ? () => undefined : textOfKept(source)
}

function observed(
  before: Manifest,
  after: Manifest,
  told: readonly ChangeFinding[],
  inputs: readonly RecordedInput[],
  { maps }: ComparingQuestion,
  { reference, tolerance }: RecordsOfMaps,
): readonly ChangeFinding[] {
  const { crosswalks, calendars } = reference()
  const ready = ({ plan }: Manifest) => runnable(plan, crosswalks, calendars)
  return changesOfRecords(ready(before), ready(after), told, inputs, { mode: maps, tolerance }).findings
}

/** A crosswalk has a version of its own; a calendar has none, and what changed in it is told of each map that counts by it. */
function aboutOne(finding: ChangeFinding, { kind, id, plan }: Manifest): readonly ChangeFinding[] {
  if (finding.subject === id) return [finding]
  if (kind !== "map" || !plan.calendars.some(calendar => calendar.id === finding.subject)) return []
  const { rule, subject, fingerprint } = finding
  return [
    {
      ...finding,
      subject: id,
      fingerprint: fingerprintOf({ rule, subject: id, path: subject, old: fingerprint, new: null }),
    },
  ]
}
