// Policies, allowances and promises of contracts in the Plan. Flows in: bound declarations. Flows out: their plain data, nothing where
// nothing is said.
import type { AllowClause, ContractDeclaration, Name, Place } from "@fmap/grammar"
import type { At, Label, PlanAllow, PlanPolicy, PlanShape } from "../plan/index.ts"
import type { BoundPolicy, BoundProject } from "../resolve/model.ts"
import { plain } from "./plain-text.ts"

type PlaceAt = (place: Place) => At

export function lowerPolicy(
  { node, id, name, file, place, rules }: BoundPolicy,
  { at, fileIndex }: { readonly at: PlaceAt; readonly fileIndex: (path: string) => number },
): PlanPolicy {
  return {
    id,
    name,
    file: fileIndex(file),
    docs: node.docs.join("\n"),
    version: node.version?.text ?? null,
    owner: plain(node.owner),
    rules: rules.map(({ place: stands, ...rule }) => ({ ...rule, at: at(stands) })),
    at: at(place),
  }
}

export function allowsOf(
  { allows }: { readonly allows?: readonly AllowClause[] },
  file: string,
  at: PlaceAt,
): { readonly allows?: readonly PlanAllow[] } {
  if (allows === undefined) return {}
  return {
    allows: allows.map(allow => ({
      rule: allow.rule.text,
      path: allow.at === null ? null : allow.at.names.map(name => name.text).join("."),
      because: plain(allow.because) ?? "",
      until: allow.until.text,
      by: allow.by.map(name => plain(name) ?? ""),
      at: at({ file, span: allow.span }),
    })),
  }
}

export function mapAllows(
  name: string,
  project: BoundProject,
  at: PlaceAt,
): { readonly allows?: readonly PlanAllow[] } {
  const map = project.maps.find(one => one.name === name)
  return map === undefined ? {} : allowsOf(map.node, map.file, at)
}

export function flowAllows(
  name: string,
  project: BoundProject,
  at: PlaceAt,
): { readonly allows?: readonly PlanAllow[] } {
  const flow = project.flows.find(one => one.name === name)
  return flow === undefined ? {} : allowsOf(flow.node, flow.file, at)
}

export function clearedFor(labels: readonly Name[]): readonly Label[] {
  return labels.flatMap(({ text }) => (text === "pii" || text === "confidential" ? [text] : []))
}

type Promises = Pick<NonNullable<PlanShape["contract"]>, "sunset" | "retention" | "slo">

/** Words that no unit is called were reported. */
export function promisesOf({ sunset, retention, slo }: ContractDeclaration): Promises {
  const unit = retention?.unit.text
  return {
    ...(sunset === undefined ? {} : { sunset: sunset.text }),
    ...(retention !== undefined && (unit === "days" || unit === "months" || unit === "years")
      ? { retention: { count: Number(retention.count), unit } }
      : {}),
    ...(slo === undefined ? {} : { slo: { share: slo.share.replace("%", ""), within: slo.within } }),
  }
}
