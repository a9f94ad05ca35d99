// Two releases of a project against each other. Flows in: the words for both. Flows out: findings with the version each subject deserves, or plain
// sentences why it cannot start. It must not know how findings are shown.
import {
  type ChangedSubject,
  type ChangeFinding,
  type ConsumerReach,
  changesOfRecords,
  compareContracts,
  compareFlows,
  compareGovernance,
  compareMaps,
  judge,
  type MappingMode,
  type Plan,
  type Runnable,
  renamedMaps,
  runnable,
  type ShapePolicy,
  toldToConsumers,
  type Verdict,
} from "@fmap/compiler"
import { type Problem, problem } from "../terminal/problem.ts"
import { ajvValidator } from "./ajv-validator.ts"
import { type ReadRelease, readRelease } from "./read-release.ts"
import { recordedInputs } from "./recorded-inputs.ts"
import { referenceOf } from "./reference-of.ts"

export interface ReleaseOptions {
  readonly project: string | undefined
  readonly maps: MappingMode
  readonly policy: ShapePolicy
  /** The day sunsets are judged by; undefined: they are not. */
  readonly today: string | undefined
  /** Folder of recorded inputs; those that tests name are run anyway. */
  readonly payloads: string | undefined
  /** By how much the sum of a field may drift; decimal text. */
  readonly tolerance: string
}

export type ComparedReleases =
  | {
      readonly kind: "compared"
      readonly title: string
      readonly findings: readonly ChangeFinding[]
      readonly verdicts: readonly Verdict[]
      readonly consumers: readonly ConsumerReach[]
      readonly assumptions: string
    }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export function compareReleases(
  cwd: string,
  words: readonly string[],
  options: ReleaseOptions,
): ComparedReleases {
  const [from, to, ...more] = words
  if (from === undefined || more.length > 0)
    return {
      kind: "problems",
      problems: [
        problem("FM8002", "Name the old release, and the new one where it is not the working tree."),
      ],
    }
  const old = readRelease(from, options.project, cwd)
  if (old.kind === "problems") return old
  try {
    const now = readRelease(to ?? null, options.project, cwd)
    if (now.kind === "problems") return now
    try {
      return compared(old.release, now.release, options, cwd)
    } finally {
      now.release.close()
    }
  } finally {
    old.release.close()
  }
}

function compared(
  old: ReadRelease,
  now: ReadRelease,
  options: ReleaseOptions,
  cwd: string,
): ComparedReleases {
  const ofMaps = compareMaps(old, now, options.maps)
  const recorded = recordedInputs(options.payloads, now.plan, now.host, cwd, renamedMaps(old.plan, now.plan))
  if (recorded.kind === "problems") return recorded
  const [before, after] = [runnableOf(old), runnableOf(now)]
  const records = changesOfRecords(before, after, ofMaps, recorded.inputs, {
    mode: options.maps,
    tolerance: options.tolerance,
  })
  const changes = [
    ...compareContracts(old.plan, now.plan, {
      policy: options.policy,
      today: options.today ?? null,
      validatorOf: ajvValidator,
    }),
    ...records.findings,
    ...compareFlows(old, now, options.maps),
    ...compareGovernance(old.plan, now.plan, { today: options.today ?? "", mode: options.maps }),
  ]
  const told = toldToConsumers(changes, old.plan, now.plan, options.maps)
  const findings = [...told.findings, ...told.breaks]
  const ran = records.compared
  return {
    kind: "compared",
    title: `Changes from ${old.name} to ${now.name}`,
    findings,
    consumers: told.consumers,
    verdicts: verdictsOf(old.plan, now.plan, findings),
    assumptions: `maps judged ${options.maps}${ran === 0 ? "" : `, ${ran} recorded ${ran === 1 ? "record" : "records"} run through both`}`,
  }
}

/** Reference data is what each release has; a map that needs what is not at hand is not run. */
function runnableOf({ plan, host, folder }: ReadRelease): Runnable {
  const { crosswalks, calendars } = referenceOf(plan, host, folder)
  return runnable(plan, crosswalks, calendars)
}

/** Of what changed: the version it has, and the one it deserves. */
function verdictsOf(old: Plan, now: Plan, findings: readonly ChangeFinding[]): readonly Verdict[] {
  const subjects: ChangedSubject[] = []
  const add = (
    kind: ChangedSubject["kind"],
    before: readonly { readonly name: string; readonly version: string }[],
    after: readonly { readonly name: string; readonly version: string }[],
  ): void => {
    for (const { name, version } of after) {
      const own = findings.filter(
        ({ subject, rule }) => subject === name && (kind === "flow" ? /^[FL]/u : /^[^F]/u).test(rule),
      )
      const known = before.find(one => one.name === name)
      if (own.length === 0 || known === undefined) continue
      const facts = { kind, name, at: null, before: known.version, now: version }
      subjects.push({ ...facts, released: false, least: null, findings: own })
    }
  }
  add("contract", contractsOf(old), contractsOf(now))
  add("map", old.maps, now.maps)
  add("crosswalk", old.crosswalks.map(withId), now.crosswalks.map(withId))
  add("flow", old.flows ?? [], now.flows ?? [])
  return subjects.map(subject => judge(subject, new Map()).verdict)
}

function contractsOf(plan: Plan): readonly { readonly name: string; readonly version: string }[] {
  return plan.shapes.flatMap(({ id, contract }) =>
    contract === null ? [] : [{ name: id, version: contract.version }],
  )
}

function withId({ id, version }: Plan["crosswalks"][number]): {
  readonly name: string
  readonly version: string
} {
  return { name: id, version }
}
