// The systems flows use, as templates want them. Flows in: a Plan. Flows out: systems in the order flows name them, each with its objects and names for its secrets and files.
import type { Plan, PlanShape, WireType } from "@fmap/compiler"
import type { Need } from "@fmap/runtime/connectors"
import type { FlowSpec, ObjectSpec } from "@fmap/runtime/flow"
import { flowsIn, usesOf } from "../plan-flows.ts"
import { fileNamed } from "./file-named.ts"
import { isScalar, type UsedField, type UsedObject, type UsedSystem } from "./template.ts"

export function usedSystems(plan: Plan): readonly UsedSystem[] {
  const drafts = new Map<string, Map<string, Draft>>()
  for (const spec of flowsIn(plan)) {
    for (const { object, need } of usesOf(spec)) draftOf(drafts, plan, object).needs.add(need)
    addWishes(drafts, plan, spec)
  }
  const names = [...drafts.keys()]
  const secrets = unlike(names, secretPrefix, "_")
  const fileNames = unlike(names, fileNamed, "-")
  return [...drafts].map(([name, objects]) => {
    const declared = plan.systems.find(system => system.name === name)
    return {
      name,
      platform: declared?.platform,
      kind: declared?.kind ?? null,
      objects: [...objects.values()].map(finished),
      fileName: fileNames.get(name) ?? name,
      secret: what => `env:${secrets.get(name)}_${what}`,
    }
  })
}

interface Draft {
  readonly name: string
  readonly needs: Set<Need | "load">
  readonly keys: Set<string>
  readonly fields: Map<string, UsedField>
  readonly by: Set<string>
  over: Set<string> | null
  transport: UsedObject["transport"]
}

function finished({ name, needs, keys, fields, by, over, transport }: Draft): UsedObject {
  return {
    name,
    needs,
    keys: [...keys],
    fields: [...fields.values()],
    by: [...by],
    over: over === null ? null : [...over],
    transport,
  }
}

/** Several contracts may be of one object: it has what all of them say. */
function draftOf(drafts: Map<string, Map<string, Draft>>, plan: Plan, object: ObjectSpec): Draft {
  const objects = drafts.get(object.system) ?? new Map<string, Draft>()
  drafts.set(object.system, objects)
  const draft: Draft = objects.get(object.object) ?? {
    name: object.object,
    needs: new Set(),
    keys: new Set(),
    fields: new Map(),
    by: new Set(),
    over: null,
    transport: null,
  }
  objects.set(object.object, draft)
  const shape = shapeOf(plan, object)
  draft.transport ??= shape?.contract?.transport ?? null
  for (const { wireName, key, type } of shape?.fields ?? []) {
    if (!draft.fields.has(wireName))
      draft.fields.set(wireName, { name: wireName, kind: type.kind, rows: rowsOf(plan, type) })
    if (key) draft.keys.add(wireName)
  }
  return draft
}

/** What it is asked for by, known by and replaced over. */
function addWishes(drafts: Map<string, Map<string, Draft>>, plan: Plan, { steps }: FlowSpec): void {
  for (const step of steps) {
    if (step.kind === "read") for (const { field } of step.by) draftOf(drafts, plan, step.from).by.add(field)
    if (step.kind === "send") draftOf(drafts, plan, step.to).keys.add(step.key)
    if (step.kind === "load" && step.mode.kind === "replace") {
      const draft = draftOf(drafts, plan, step.to)
      draft.over = new Set([...(draft.over ?? []), ...step.mode.over])
    }
  }
}

function rowsOf({ shapes }: Plan, type: WireType): readonly string[] {
  if (type.kind !== "list" || type.of.kind !== "record") return []
  const { shape } = type.of
  const fields = shapes.find(({ id }) => id === shape)?.fields ?? []
  return fields.flatMap(field => (isScalar(field.type) ? [field.wireName] : []))
}

function shapeOf(plan: Plan, { contract, system }: ObjectSpec): PlanShape | undefined {
  return plan.shapes.find(
    shape => shape.contract?.system === system && (shape.id === contract || shape.name === contract),
  )
}

/** `CRM` of Crm: what the environment takes as a name. */
function secretPrefix(system: string): string {
  const plain = system
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/gu, "_")
    .replace(/^_+|_+$/gu, "")
  return /^[A-Z]/u.test(plain) ? plain : `SYSTEM${plain === "" ? "" : "_"}${plain}`
}

/** Names that are alike get numbers, whatever their case: each system keeps secrets and folders of its own. */
function unlike(
  names: readonly string[],
  plain: (name: string) => string,
  joint: string,
): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  const found = new Map<string, string>()
  for (const name of names) {
    const first = plain(name)
    let own = first
    for (let number = 2; taken.has(own.toLowerCase()); number++) own = `${first}${joint}${number}`
    taken.add(own.toLowerCase())
    found.set(name, own)
  }
  return found
}
