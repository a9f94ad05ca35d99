// Personal and confidential data: systems it must not reach, labels that are lost, keys and salts, regions. Flows in: a landscape and the
// regions policies name. Flows out: one violation for each field that is reached, with the field that declares the label.

import { childrenOfBlock } from "../../plan/children.ts"
import { everyExpression } from "../../plan/every-expression.ts"
import type { Label, PlanMap, PlanSystem } from "../../plan/index.ts"
import { fieldsAlong, fieldsOf, stepsOf } from "../fields.ts"
import { type Flow, labelNames, labelsAt } from "../labels.ts"
import type { Landscape } from "../landscape.ts"
import { isPlatform } from "../layers.ts"
import { about, type Check, contracts, each, maps, systems, type Violation } from "./check.ts"

const words: Readonly<Record<Label, string>> = { pii: "Personal data", confidential: "Confidential data" }

export const labels = {
  G044: landscape => uncleared(landscape, "pii"),
  G045: landscape => uncleared(landscape, "confidential"),
  G046: landscape =>
    unique(
      landscape
        .flows()
        .filter(
          ({ gives, label, target, path }) =>
            gives === "value" &&
            target.contract !== null &&
            !labelsAt(target, stepsOf(path), landscape).has(label),
        ),
      (flow, reads) =>
        `"${flow.written}" takes the value of ${reads}, which is marked \`${flow.label}\`, and is not marked.`,
      flow => `from ${flow.origin.contract.name}.${flow.origin.path}`,
      landscape,
    ),
  G047: landscape => {
    const given = new Set(
      landscape
        .flows()
        .flatMap(flow => (flow.gives === "value" ? [`${flow.map.id}\n${flow.written}\n${flow.label}`] : [])),
    )
    return unique(
      landscape
        .flows()
        .filter(
          ({ gives, map, written, label, target }) =>
            gives === "decision" &&
            isUncleared(landscape.systemOf(target), label) &&
            !given.has(`${map.id}\n${written}\n${label}`),
        ),
      (flow, reads) => `${words[flow.label]} (${reads}) decides about "${flow.written}".`,
      flow => `decided by ${flow.origin.contract.name}.${flow.origin.path}`,
      landscape,
    )
  },
  G048: each(maps, subject =>
    [...everyExpression(childrenOfBlock(subject.declared.body).map(({ expression }) => expression))].flatMap(
      node => {
        const salt = node.kind === "call" && node.function === "fingerprint" ? node.arguments[1] : undefined
        return salt?.kind === "literal"
          ? [
              about(
                subject,
                `The salt of a fingerprint stands in ${subject.name}.`,
                "everybody can read it",
                { at: salt.at },
              ),
            ]
          : []
      },
    ),
  ),
  G049: landscape =>
    unique(
      landscape
        .flows()
        .filter(({ map, written, gives }) => gives === "value" && written === keyOf(map.declared)),
      (flow, reads) => `The key "${flow.written}" is made of ${reads}, which is marked \`${flow.label}\`.`,
      flow => `from ${flow.origin.contract.name}.${flow.origin.path}`,
      landscape,
    ),
  G050: (landscape, book) =>
    unique(
      landscape.flows().filter(({ gives, label, origin, target }) => {
        if (gives !== "value") return false
        const to = landscape.systemOf(target)?.residency ?? null
        const from = landscape.systemOf(origin.contract)?.residency ?? null
        const allowed = book.regions.get(label)
        if (allowed !== undefined) return to !== null && !allowed.every(regions => regions.includes(to))
        return to !== null && from !== null && to !== from
      }),
      (flow, reads) => {
        const to = landscape.systemOf(flow.target)
        return `${words[flow.label]} (${reads}) goes to ${to?.name ?? flow.target.name} in ${to?.residency ?? ""}.`
      },
      flow => {
        const from = landscape.systemOf(flow.origin.contract)
        return from === null
          ? "leaves its region"
          : `from ${from.name} in ${from.residency ?? "no known region"}`
      },
      landscape,
    ),
  G051: each(systems, (subject, landscape) =>
    subject.declared.residency !== null
      ? null
      : about(
          subject,
          `${subject.name} does not say where its data is.`,
          "without `residency`",
          isPlatform(subject.declared) && holds(subject.declared, landscape) ? {} : { onlyAsked: true },
        ),
  ),
  G052: each(contracts, (subject, landscape) => {
    const [system] = subject.of
    // What a map brings there is told of the map.
    if (system === undefined || landscape.writers(subject.id).length > 0) return null
    return labelNames.flatMap((label): readonly Violation[] => {
      const first = fieldsOf(subject.declared, landscape).find(({ field }) => field[label])
      return first === undefined || !isUncleared(system, label)
        ? []
        : [
            about(
              subject,
              `${words[label]} stands in ${system.name}, which is not cleared for it.`,
              `marked \`${label}\``,
              {
                at: first.field.at,
                path: first.path,
                related: [{ at: system.at, text: "not cleared" }],
              },
            ),
          ]
    })
  }),
} as const satisfies Readonly<Record<string, Check>>

function uncleared(landscape: Landscape, label: Label): readonly Violation[] {
  return unique(
    landscape
      .flows()
      .filter(
        flow =>
          flow.gives === "value" &&
          flow.label === label &&
          isUncleared(landscape.systemOf(flow.target), label),
      ),
    flow => {
      const system = landscape.systemOf(flow.target)?.name ?? ""
      return `${words[label]} (${flow.read}) comes to stand in "${flow.written}" of ${system}, which is not cleared for it.`
    },
    flow => `from ${flow.origin.contract.name}.${flow.origin.path}`,
    landscape,
  )
}

function isUncleared(system: PlanSystem | null, label: Label): boolean {
  return system !== null && isPlatform(system) && system.cleared?.includes(label) !== true
}

/** One for each field that is written, whatever number of fields it is made of. */
function unique(
  flows: readonly Flow[],
  say: (flow: Flow, reads: string) => string,
  label: (flow: Flow) => string,
  landscape: Landscape,
): readonly Violation[] {
  const found = new Map<string, Flow[]>()
  for (const flow of flows) {
    const key = `${flow.map.id}\n${flow.written}\n${flow.label}`
    const known = found.get(key)
    if (known === undefined) found.set(key, [flow])
    else known.push(flow)
  }
  return [...found.values()].flatMap(all => {
    const [flow] = all
    if (flow === undefined) return []
    const target = fieldsAlong(flow.target, stepsOf(flow.path), landscape).at(-1)
    return [
      about(flow.map, say(flow, readText(all)), label(flow), {
        at: flow.at,
        path: flow.written,
        sources: [...new Set(all.map(one => `${one.label} ${one.origin.contract.id} ${one.origin.path}`))],
        related: [
          { at: flow.origin.at, text: `marked \`${flow.label}\`` },
          ...(target === undefined ? [] : [{ at: target.at, text: "where it comes to stand" }]),
        ],
      }),
    ]
  })
}

const mostNamed = 3

/** "deal.person, deal.mail and 2 more" */
function readText(flows: readonly Flow[]): string {
  const reads = [...new Set(flows.map(({ read }) => read))]
  const more = reads.length - mostNamed
  return `${reads.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`
}

function keyOf(map: PlanMap): string {
  return map.key?.field ?? ""
}

/** Has it labelled fields, of its own or by a map? */
function holds(system: PlanSystem, landscape: Landscape): boolean {
  return landscape.plan.shapes.some(
    shape =>
      shape.contract?.system === system.name &&
      (fieldsOf(shape, landscape).some(({ field }) => field.pii || field.confidential) ||
        landscape.flows().some(flow => flow.target.id === shape.id && flow.gives === "value")),
  )
}
