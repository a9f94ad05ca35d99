// Where the data of a project may be. Flows in: the Plan with its policies (`pii stays in EU`), the configuration with the regions of systems and ledger. Flows out: for each object the regions it is bound to; and
// a sentence for each flow that could never do what it is there for.
import type { Plan, PlanPolicyRule } from "@fmap/compiler"
import {
  type FlowSpec,
  inBoth,
  isAllowed,
  type ObjectSpec,
  type Regions,
  regionsTold,
} from "@fmap/runtime/flow"
import type { FlowConfig } from "./flow-config.ts"
import { publishedEvents } from "./nats/published-events.ts"
import type { PlanFacts } from "./plan-facts.ts"
import { type Use, usesOf } from "./plan-flows.ts"

export interface PlanRegions {
  /** Undefined: nobody says. */
  regionOf(system: string): string | undefined
  /** Undefined: anywhere. */
  regionsOf(object: Pick<ObjectSpec, "contract" | "system">): Regions | undefined
  /** Of the ledger, for events of a flow and what it reads and sends: all of it is kept there. */
  kept(spec: FlowSpec): Regions | undefined
  /** Sentences; none: every flow may do its work. */
  problems(specs: readonly FlowSpec[]): readonly string[]
}

type Stays = Extract<PlanPolicyRule, { readonly kind: "stays" }>

export function planRegions(
  plan: Plan,
  { labelsAt, eventLabels }: Pick<PlanFacts, "labelsAt" | "eventLabels">,
  {
    region,
    systems,
    nats,
    alerts,
    watch,
  }: Pick<FlowConfig, "region" | "systems"> & Partial<Pick<FlowConfig, "nats" | "alerts" | "watch">>,
): PlanRegions {
  const stays = (plan.policies ?? [])
    .flatMap(policy => policy.rules)
    .filter((rule): rule is Stays => rule.kind === "stays")
  const said = new Map(plan.systems.map(one => [one.name, one.residency ?? undefined]))
  const regionOf = (system: string) => said.get(system) ?? systems[system]?.region
  const allowed = (labels: ReadonlySet<string>): Regions | undefined =>
    stays
      .filter(({ label }) => labels.has(label))
      .reduce<Regions | undefined>((regions, rule) => inBoth(regions, rule.regions), undefined)
  const regionsOf: PlanRegions["regionsOf"] = object => allowed(labelsAt(object))
  const kept: PlanRegions["kept"] = spec =>
    usesOf(spec).reduce<Regions | undefined>(
      (regions, { object }) => inBoth(regions, regionsOf(object)),
      allowed(eventLabels(spec)),
    )

  function problemsOf(spec: FlowSpec): readonly string[] {
    const here = kept(spec)
    const ledger = isAllowed(here, region)
      ? []
      : [
          `Flow ${spec.name} keeps data that may be in ${regionsTold(here ?? [])} only, and the ledger is ${placeOf(region)}: ${region === undefined ? '"region" of fmap.flows.json or --region says where it is' : "run it on a ledger there"}.`,
        ]
    const targets = usesOf(spec).flatMap(({ object, need }) => {
      const regions = regionsOf(object)
      const place = regionOf(object.system)
      return isAllowed(regions, place)
        ? []
        : [
            `Flow ${spec.name} ${doing(need)} ${object.contract} of ${object.system}, which is ${placeOf(place)}, and its data may be in ${regionsTold(regions ?? [])} only.`,
          ]
    })
    return [...ledger, ...targets]
  }

  /** Parts of payloads that watches tell apart go to who is told. */
  function toldElsewhere(specs: readonly FlowSpec[]): readonly string[] {
    const told = [
      ...Object.entries(watch?.by ?? {}).map(([flow, by]) => ({ flow, by })),
      ...(watch?.watches ?? []).flatMap(one =>
        "by" in one ? [{ flow: "flow" in one ? one.flow : undefined, by: one.by }] : [],
      ),
    ].filter(({ by }) => Object.keys(by ?? {}).length > 0)
    const flows = specs.filter(({ name }) => told.some(({ flow }) => flow === undefined || flow === name))
    return (alerts?.webhooks ?? []).flatMap((webhook, index) =>
      flows.flatMap(spec => {
        const regions = kept(spec)
        return isAllowed(regions, webhook.region)
          ? []
          : [
              `"alerts.webhooks.${index}" is ${placeOf(webhook.region)}, and watches tell it parts of events of ${spec.name} ("by"), which may be in ${regionsTold(regions ?? [])} only: its "region" says where it is, or leave "by" out.`,
            ]
      }),
    )
  }

  function publishedElsewhere(specs: readonly FlowSpec[]): readonly string[] {
    const out = nats?.out
    if (out === undefined) return []
    return [...publishedEvents(specs)].flatMap(([event, { takenHere }]) => {
      const regions = regionsOf({ contract: event, system: "" })
      return (takenHere && !out.events.includes(event)) || isAllowed(regions, nats?.region)
        ? []
        : [
            `"nats" is ${placeOf(nats?.region)}, and ${event}, which flows publish, may be in ${regionsTold(regions ?? [])} only: its "region" says where it is.`,
          ]
    })
  }

  const contradictions = Object.entries(systems).flatMap(([name, settings]) => {
    const declared = said.get(name)
    return settings.region === undefined || declared === undefined || declared === settings.region
      ? []
      : [
          `System ${name} has \`residency ${declared}\` in the project, and "region" ${settings.region} in fmap.flows.json.`,
        ]
  })
  return {
    regionOf,
    regionsOf,
    kept,
    problems: specs => [
      ...new Set([
        ...contradictions,
        ...specs.flatMap(problemsOf),
        ...publishedElsewhere(specs),
        ...toldElsewhere(specs),
      ]),
    ],
  }
}

/** NATS as a place messages go to. */
export function placeOfNats({ region }: { readonly region?: string | undefined }): {
  readonly name: string
  readonly region?: string
} {
  return { name: "NATS", ...(region === undefined ? {} : { region }) }
}

function doing(need: Use["need"]): string {
  return need === "changes" ? "is begun by" : need === "read" ? "reads" : "sends"
}

function placeOf(region: string | undefined): string {
  return region === undefined ? "in no known region" : `in ${region}`
}
