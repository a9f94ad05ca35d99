// The graph of a flow's steps. Flows in: a spec. Flows out: text with what each step stands behind, Mermaid, or data.
import type { FlowSpec, StepSpec } from "@fmap/runtime/flow"
import { routeWords, stepWords, triggerWords } from "./flow-words.ts"

export function graphText(spec: FlowSpec): string {
  const { name, version, owner, steps, routes, lane } = spec
  const lines = [
    `${name} ${version}${owner === null ? "" : `, ${owner}`}`,
    triggerWords(spec),
    ...(lane === null
      ? []
      : [
          `lane by a value of ${lane.key.reads.join(", ")}${lane.newest === null ? "" : ", the newest version wins"}`,
        ]),
    "",
    ...steps.map(
      step => `  ${stepWords(step)}${step.needs.length === 0 ? "" : `   ← ${step.needs.join(", ")}`}`,
    ),
    ...(routes.length === 0 ? [] : ["", ...routes.map(route => `  ${routeWords(route)}`)]),
  ]
  return `${lines.join("\n")}\n`
}

/** Names are quoted: what an author wrote stays a label. */
export function graphMermaid(spec: FlowSpec): string {
  const numbers = new Map(spec.steps.map((step, index) => [step.name, `s${index}`]))
  const label = (text: string) =>
    `["${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"]`
  const lines = [
    "flowchart TD",
    `  on${label(triggerWords(spec))}`,
    ...spec.steps.flatMap((step, index) => [
      `  s${index}${label(stepWords(step))}`,
      ...edges(step, numbers).map(from => `  ${from} --> s${index}`),
    ]),
  ]
  return `${lines.join("\n")}\n`
}

/** What needs nothing stands behind the trigger. */
function edges({ needs }: StepSpec, numbers: ReadonlyMap<string, string>): readonly string[] {
  const known = needs.flatMap(need => numbers.get(need) ?? [])
  return known.length === 0 ? ["on"] : known
}
