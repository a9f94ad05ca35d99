// L013: what is allowed against a policy, and was not. Flows in: what declarations allow, before and now. Flows out: facts; a day that has passed is told where somebody asks for it.
import { packageRootOf } from "../../host/paths.ts"
import type { Plan, PlanAllow } from "../../plan/index.ts"
import type { Sides } from "./compare-governance.ts"
import { type LineageFacts, shownPlace } from "./lineage-finding.ts"

/** One `allow` of one declaration. */
export interface Allowance extends Omit<PlanAllow, "at"> {
  readonly kind: "contract" | "map" | "crosswalk" | "system" | "flow"
  /** The id of the declaration. */
  readonly subject: string
}

interface Placed {
  readonly allowance: Allowance
  readonly shownAt: string | null
}

export function allowanceChanges({ old, now }: Sides): readonly LineageFacts[] {
  return changes(placedIn(old.plan), placedIn(now.plan))
}

/** What packages allow is theirs to answer for. */
export function allowancesIn(plan: Plan): readonly Allowance[] {
  return placedIn(plan)
    .map(({ allowance }) => allowance)
    .toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
}

/** Beside what was allowed at another time, and with what has ended since. */
export function allowancesSince(
  before: readonly Allowance[],
  plan: Plan,
  today: string,
): readonly LineageFacts[] {
  const was = before.map(allowance => ({ allowance, shownAt: null }))
  const is = placedIn(plan)
  const known = new Set(before.map(textOf))
  return [
    ...changes(was, is),
    ...is.filter(({ allowance }) => known.has(textOf(allowance))).flatMap(ended(today)),
  ]
}

function placedIn(plan: Plan): readonly Placed[] {
  const of = <D extends { readonly file: number; readonly allows?: readonly PlanAllow[] }>(
    kind: Allowance["kind"],
    all: readonly D[],
    idOf: (declared: D) => string,
  ): readonly Placed[] =>
    all
      .filter(({ file }) => packageRootOf(plan.files[file]?.path ?? "") === null)
      .flatMap(declared =>
        (declared.allows ?? []).map(({ at, ...allow }) => ({
          allowance: { kind, subject: idOf(declared), ...allow },
          shownAt: shownPlace(at, plan),
        })),
      )
  const contracts = plan.shapes.filter(
    ({ contract, id }) => contract !== null && !/~(?:patch|create|update)$/u.test(id),
  )
  return [
    ...of("contract", contracts, ({ id }) => id),
    ...of("map", plan.maps, ({ name }) => name),
    ...of("crosswalk", plan.crosswalks, ({ id }) => id),
    ...of("system", plan.systems, ({ name }) => name),
    ...of("flow", plan.flows ?? [], ({ name }) => name),
  ]
}

/** Equal ones first, then those of one rule at one place, then those of one rule. */
function changes(old: readonly Placed[], now: readonly Placed[]): readonly LineageFacts[] {
  const left = [...old]
  const came = [...now]
  const pairs: (readonly [Placed, Placed])[] = []
  for (const keyOf of [textOf, placeOf, ruleOf])
    for (const is of [...came]) {
      const was = left.find(one => keyOf(one.allowance) === keyOf(is.allowance))
      if (was === undefined) continue
      left.splice(left.indexOf(was), 1)
      came.splice(came.indexOf(is), 1)
      pairs.push([was, is])
    }
  return [
    ...came.map(is =>
      fact(
        null,
        is,
        `${shown(is)} is allowed now until ${is.allowance.until}, by ${people(is)}: ${reason(is)}`,
      ),
    ),
    ...pairs.flatMap(([was, is]) => changed(was, is)),
    ...left.map(was =>
      fact(was, null, `${shown(was)} is no longer allowed; it was until ${was.allowance.until}.`, true),
    ),
  ]
}

function changed(was: Placed, is: Placed): readonly LineageFacts[] {
  const [before, after] = [was.allowance, is.allowance]
  if (textOf(before) === textOf(after)) return []
  const isLonger = after.until > before.until
  const isWider = !isWithin(after.path, before.path)
  const isOther = after.because !== before.because || people(was) !== people(is)
  const parts = [
    ...(before.until === after.until ? [] : [`until ${after.until}, and was until ${before.until}`]),
    ...(before.path === after.path ? [] : [`for ${whole(after.path)}, and was for ${whole(before.path)}`]),
    ...(people(was) === people(is) ? [] : [`by ${people(is)}, and was by ${people(was)}`]),
    ...(before.because === after.because
      ? []
      : [`because ${quoted(after.because)}, and was because ${quoted(before.because)}`]),
  ]
  return [fact(was, is, `${shown(is)} is allowed ${parts.join("; ")}.`, !isLonger && !isWider && !isOther)]
}

function ended(today: string): (one: Placed) => readonly LineageFacts[] {
  return one => {
    const { until } = one.allowance
    if (today === "" || until >= today) return []
    return [
      {
        ...fact(
          one,
          null,
          `${shown(one)} was allowed until ${until}: that day has passed, and its findings count again.`,
          true,
        ),
        about: `${placeOf(one.allowance)} ended`,
        newAt: one.shownAt,
      },
    ]
  }
}

/** `less`: nothing is let through that was not. */
function fact(was: Placed | null, is: Placed | null, message: string, less = false): LineageFacts {
  const { kind, subject, path } = (is ?? was)?.allowance ?? { kind: "", subject: "", path: null }
  return {
    rule: "L013",
    ...(less ? { other: true } : {}),
    subject,
    ...(path === null ? {} : { path }),
    old: was === null ? null : termsOf(was.allowance),
    new: is === null ? null : termsOf(is.allowance),
    about: `${kind} allow`,
    message,
    oldAt: was?.shownAt ?? null,
    newAt: is?.shownAt ?? null,
  }
}

const termsOf = ({ rule, path, until, by, because }: Allowance): string =>
  `${rule}${path === null ? "" : ` at ${path}`} until ${until} by ${by.join(", ")}: ${because}`
const textOf = (one: Allowance): string => JSON.stringify([one.kind, one.subject, termsOf(one)])
const ruleOf = ({ kind, subject, rule }: Allowance): string => JSON.stringify([kind, subject, rule])
const placeOf = (one: Allowance): string => JSON.stringify([ruleOf(one), one.path])

const people = ({ allowance }: Placed): string => allowance.by.join(", ")
const quoted = (text: string): string => JSON.stringify(text)
const whole = (path: string | null): string => path ?? "all of it"

/** A reason ends as a sentence, whoever wrote it. */
function reason({ allowance: { because } }: Placed): string {
  return /[.!?]$/u.test(because) ? because : `${because}.`
}

function shown({ allowance: { kind, subject, rule, path } }: Placed): string {
  return `${rule} of the ${kind} ${subject}${path === null ? "" : ` at ${path}`}`
}

function isWithin(path: string | null, around: string | null): boolean {
  return around === null || (path !== null && (path === around || path.startsWith(`${around}.`)))
}
