// L002, L004, L011 and L012: what lint would refuse now and would not have before. Flows in: both sides, judged by the policies of the new one. Flows out: facts.
import type { CheckedRule } from "../../govern/checks/index.ts"
import { checks } from "../../govern/checks/index.ts"
import type { Landscape } from "../../govern/landscape.ts"
import { rulebookOf } from "../../govern/rulebook.ts"
import type { Violation } from "../../govern/violation.ts"
import { paired, type Sides } from "./compare-governance.ts"
import { type LineageFacts, shownPlace } from "./lineage-finding.ts"

const told = {
  L002: ["G044", "G045", "G046", "G071", "G072", "G074"],
  L004: ["G050"],
  L011: ["G014", "G015", "G017", "G070"],
  L012: ["G057", "G058"],
} as const satisfies Readonly<Record<string, readonly CheckedRule[]>>

export function newViolations(sides: Sides): readonly LineageFacts[] {
  const { old, now } = sides
  const entries = Object.entries(told) as readonly (readonly [keyof typeof told, readonly CheckedRule[]])[]
  return [
    ...entries.flatMap(([rule, of]) =>
      of.flatMap(check => {
        const known = sourcesByPlace(violations(check, old, now))
        return violations(check, now, now).flatMap((one): readonly LineageFacts[] => {
          const { subject, path, message, at, sources = [] } = one
          const before = known.get(keyOf(one))
          const added = sources.filter(source => before?.has(source) !== true)
          if (before !== undefined && added.length === 0) return []
          return [
            {
              rule,
              subject: subject.id,
              path,
              old: null,
              new: check,
              // Where something came to stand already, what came to it now tells one change from another.
              ...(before === undefined ? {} : { about: added.toSorted().join(", ") }),
              message,
              newAt: shownPlace(at, now.plan),
            },
          ]
        })
      }),
    ),
    ...steps(sides),
  ]
}

function violations(check: CheckedRule, landscape: Landscape, judge: Landscape): readonly Violation[] {
  const book = rulebookOf(judge.plan, null)
  return book.kind === "rulebook" ? checks[check](landscape, book.rulebook) : []
}

/** What came to each place. */
function sourcesByPlace(found: readonly Violation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>()
  for (const one of found) {
    const place = places.get(keyOf(one)) ?? new Set()
    for (const source of one.sources ?? []) place.add(source)
    places.set(keyOf(one), place)
  }
  return places
}

function keyOf({ subject, path }: Violation): string {
  return JSON.stringify([subject.kind, subject.id, path])
}

/** Whoever reads a contract plans by these; retiring is announced. */
const onwards: Readonly<Record<string, readonly string[]>> = {
  draft: ["active", "deprecated", "retired"],
  active: ["deprecated"],
  deprecated: ["active", "retired"],
  retired: [],
}

function steps({ old, now }: Sides): readonly LineageFacts[] {
  return paired(old.contracts, now.contracts).flatMap(([was, is]): readonly LineageFacts[] => {
    const [from, to] = [was.lifecycle, is.lifecycle]
    if (from === to || from === null || to === null || onwards[from]?.includes(to) !== false) return []
    return [
      {
        rule: "L011",
        subject: is.id,
        old: from,
        new: to,
        message: `${is.name} was ${from} and is ${to} now.`,
        oldAt: shownPlace(was.at, old.plan),
        newAt: shownPlace(is.at, now.plan),
      },
    ]
  })
}
