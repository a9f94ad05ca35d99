// Lives of contracts and fields. Flows in: a landscape with the day it is judged on. Flows out: ends that have passed or are not said, and
// what stands on what goes away.
import type { PlanShape } from "../../plan/index.ts"
import { fieldsAlong, pathOf, stepsOf } from "../fields.ts"
import type { Landscape, MapSubject } from "../landscape.ts"
import { about, type Check, contracts, each, eachField, maps, type Violation } from "./check.ts"

export const lifecycle = {
  G011: each(contracts, subject =>
    subject.lifecycle === null
      ? about(
          subject,
          `${subject.name} does not say where it is in its life.`,
          "draft, active, deprecated or retired?",
        )
      : null,
  ),
  G012: each(contracts, subject => {
    const version = subject.declared.contract?.version ?? ""
    return subject.lifecycle === "active" && isUnstable(version)
      ? about(
          subject,
          `${subject.name} is active, and its version ${version} says that anything may change.`,
          "active",
        )
      : null
  }),
  G013: each(contracts, subject =>
    subject.lifecycle === "deprecated" && subject.declared.contract?.sunset === undefined
      ? about(subject, `${subject.name} goes away and does not say when.`, "deprecated without a day")
      : null,
  ),
  G014: each(contracts, (subject, { today }) => {
    const sunset = subject.declared.contract?.sunset
    return sunset !== undefined && sunset < today && subject.lifecycle !== "retired"
      ? about(subject, `${subject.name} ended on ${sunset} and is not retired.`, `ended on ${sunset}`)
      : null
  }),
  G015: each(maps, subject =>
    used(subject, "retired", (contract, verb) => `${subject.name} ${verb} ${contract}, which is retired.`),
  ),
  G016: each(maps, subject =>
    used(subject, "deprecated", (contract, verb) => `${subject.name} ${verb} ${contract}, which goes away.`),
  ),
  G017: each(maps, subject =>
    isUnstable(subject.declared.version)
      ? null
      : used(
          subject,
          "draft",
          (contract, verb) => `${subject.name} is stable and ${verb} ${contract}, which is a draft.`,
        ),
  ),
  G018: eachField(({ field, path }) =>
    field.deprecated !== null && field.deprecated.sunset === null
      ? [`"${path}" goes away and does not say when.`, "deprecated without a day"]
      : null,
  ),
  G019: eachField(({ field, path }, _shape, { today }) => {
    const sunset = field.deprecated?.sunset ?? null
    return sunset !== null && sunset < today
      ? [`"${path}" ended on ${sunset} and is still there.`, `ended on ${sunset}`]
      : null
  }),
  G020: each(maps, deprecatedFields),
  G021: eachField(({ field, path }) =>
    field.deprecated !== null && field.deprecated.use === null
      ? [`"${path}" goes away and does not say what to take instead.`, "deprecated without `use`"]
      : null,
  ),
} as const satisfies Readonly<Record<string, Check>>

export function isUnstable(version: string): boolean {
  return version.startsWith("0.")
}

/** The contracts of a map that are in a part of their life. */
function used(
  subject: MapSubject,
  lifecycle: string,
  say: (contract: string, verb: "reads" | "writes") => string,
): readonly Violation[] {
  const found = (shape: PlanShape, verb: "reads" | "writes"): readonly Violation[] =>
    shape.contract?.lifecycle === lifecycle
      ? [
          about(subject, say(shape.name, verb), `${verb} ${shape.name}`, {
            related: [{ at: shape.at, text: lifecycle }],
          }),
        ]
      : []
  return [
    ...subject.sources.flatMap(({ shape }) => found(shape, "reads")),
    ...subject.targets.flatMap(({ shape }) => found(shape, "writes")),
  ]
}

function deprecatedFields(subject: MapSubject, landscape: Landscape): readonly Violation[] {
  const lineage = landscape.lineage(subject.declared)
  if (lineage === undefined) return []
  const found = new Map<string, Violation>()
  const judge = (
    shape: PlanShape,
    names: readonly string[],
    path: string,
    verb: string,
    at: Violation["at"],
  ) => {
    const field = fieldsAlong(shape, names, landscape).at(-1)
    if (field?.deprecated == null || found.has(`${verb} ${path}`)) return
    const instead = field.deprecated.use === null ? "" : `; ${field.deprecated.use} takes its place`
    found.set(
      `${verb} ${path}`,
      about(subject, `${subject.name} ${verb} "${path}", which goes away${instead}.`, `${verb} it here`, {
        at,
        path,
        related: [{ at: field.at, text: "deprecated" }],
      }),
    )
  }
  for (const { edges, path, at } of lineage.fields) {
    for (const target of subject.targets)
      if (path.startsWith(target.prefix) && edges.length > 0)
        judge(target.shape, stepsOf(path.slice(target.prefix.length)), path, "writes", at)
    for (const { origin, at: places } of edges) {
      if (origin.kind !== "source") continue
      const source = subject.sources.find(({ name }) => name.replace("[]", "") === origin.name)
      const shown = pathOf([origin.name, ...origin.path])
      if (source !== undefined) judge(source.shape, origin.path, shown, "reads", places[0] ?? at)
    }
  }
  return [...found.values()]
}
