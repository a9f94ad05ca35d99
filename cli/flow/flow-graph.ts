// The graph of a flow's steps, as an architect signs it. Flows in: what the build report says of a flow. Flows out: text with what each step stands behind, or Mermaid.
import type { FlowReport } from "@fmap/compiler"

type Step = FlowReport["steps"][number]

export function graphText(flow: FlowReport): string {
  const lines = [
    `${flow.flow} ${flow.version}${flow.owner === null ? "" : `, ${flow.owner}`}`,
    `starts: ${flow.starts}`,
    ...(flow.wanted === null ? [] : [`wanted where ${flow.wanted}`]),
    ...(flow.lane === null ? [] : [laneText(flow.lane)]),
    "",
    ...flow.steps.flatMap(step => [
      `  ${step.step}: ${step.does}${step.after.length === 0 ? "" : `   ← ${step.after.join(", ")}`}`,
      ...notes(step).map(note => `      ${note}`),
    ]),
    ...section(flow.routes.map(({ on, to, lane }) => `on ${on}: ${to}; ${lane}`)),
    ...section(flow.objectives.map(({ name, promise }) => `slo ${name}: ${promise}`)),
  ]
  return `${lines.join("\n")}\n`
}

function laneText({ by, newest }: NonNullable<FlowReport["lane"]>): string {
  return `one after the other by ${by}${newest === null ? "" : `, newest by ${newest}`}`
}

function notes({ only, rules }: Step): readonly string[] {
  return [...only.map(one => `only where ${one}`), ...rules]
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...lines.map(line => `  ${line}`)]
}

/** Names are quoted: what an author wrote stays a label. */
export function graphMermaid(flow: FlowReport): string {
  const numbers = new Map(flow.steps.map(({ step }, index) => [step, `s${index}`]))
  const label = (lines: readonly string[]) =>
    `["${lines.map(line => line.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")).join("<br>")}"]`
  const lines = [
    "flowchart TD",
    `  on${label([flow.starts, ...(flow.wanted === null ? [] : [`where ${flow.wanted}`])])}`,
    ...flow.steps.flatMap((step, index) => [
      `  s${index}${label([`${step.step}: ${step.does}`, ...notes(step)])}`,
      ...edges(step, numbers).map(from => `  ${from} --> s${index}`),
    ]),
  ]
  return `${lines.join("\n")}\n`
}

/** What needs nothing stands behind the trigger. */
function edges({ after }: Step, numbers: ReadonlyMap<string, string>): readonly string[] {
  const known = after.flatMap(need => numbers.get(need) ?? [])
  return known.length === 0 ? ["on"] : known
}
