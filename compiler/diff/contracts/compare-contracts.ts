// The half of a release's comparison that is about contracts. Flows in: two Plans. Flows out: findings of the rules S, each with the mode its
// contract is judged by and places in the sources. Schemas are compared as writers send against readers take; what JSON Schema does not say
// (digits, forms on the wire, keys, defaults, promises) is compared as the Plan has it.
import type { Plan, PlanShape } from "../../plan/index.ts"
import type { ChangeFinding, CompatibilityMode } from "../finding.ts"
import { readings, type ShapePolicy } from "../schema/compare-schemas.ts"
import { compareShapes } from "../schema/compare-shapes.ts"
import { holds } from "../schema/facts.ts"
import { canonicalText } from "../schema/json-values.ts"
import { createProver } from "../schema/prove.ts"
import type { SchemaDocument } from "../schema/schema-document.ts"
import { createSession } from "../schema/session.ts"
import { pathText, type ShapeChange } from "../schema/shape-change.ts"
import { shapeFinding } from "../schema/shape-finding.ts"
import { judgedSide, type ValidatorOf, withWitness } from "../schema/witness/with-witness.ts"
import { changeOfContract } from "./change-of-contract.ts"
import { changeOfOrder } from "./change-of-order.ts"
import { changeOfRules } from "./change-of-rules.ts"
import { contractSchemas } from "./contract-schemas.ts"
import { place, walkFields } from "./walk-fields.ts"

export interface ContractQuestion {
  readonly policy: ShapePolicy
  /** `2026-03-31`: the day promises are judged by; null: they are not. */
  readonly today: string | null
  /** Without one, findings have no payloads. */
  readonly validatorOf?: ValidatorOf
}

export function compareContracts(old: Plan, now: Plan, question: ContractQuestion): readonly ChangeFinding[] {
  const before = new Map(contractsOf(old).map(shape => [shape.id, shape]))
  const after = new Map(contractsOf(now).map(shape => [shape.id, shape]))
  return [
    ...[...after.values()].flatMap(shape => {
      const known = before.get(shape.id)
      return known === undefined
        ? [wholeFinding(null, shape, now)]
        : contractFindings(known, shape, { old, now, ...question })
    }),
    ...[...before.values()].filter(({ id }) => !after.has(id)).map(shape => wholeFinding(shape, null, old)),
  ]
}

function contractsOf(plan: Plan): readonly PlanShape[] {
  return plan.shapes.filter(({ kind }) => kind === "contract")
}

/** What is read must go on reading old data; what is written must go on being read; what is published, both. */
export function modeOf({ contract }: PlanShape): CompatibilityMode | "none" {
  const said = contract?.compatible
  if (said === "backward" || said === "forward" || said === "full" || said === "none") return said
  if (contract === null || contract.system === null || contract.events !== null) return "full"
  return contract.direction === "reads" ? "backward" : contract.direction === "writes" ? "forward" : "full"
}

interface Comparing extends ContractQuestion {
  readonly old: Plan
  readonly now: Plan
}

function contractFindings(old: PlanShape, now: PlanShape, comparing: Comparing): readonly ChangeFinding[] {
  const promised = modeOf(old)
  const mode = promised === "none" ? "full" : promised
  const walked = walkFields(old, now, comparing)
  const changes = [
    ...changeOfContract(old, now),
    ...changeOfOrder(old, now, comparing),
    ...changeOfRules(old, now, comparing),
    ...walked.changes,
    ...withoutTyped(schemaChanges(old, now, comparing), walked.changes, walked.typed),
  ]
  const own = { old: place(old.at, comparing.old), now: place(now.at, comparing.now) }
  return changes.map(change => {
    const places = placeOf(change, walked.places) ?? own
    const context = { subject: now.id, mode, oldAt: places.old, newAt: places.now }
    const finding = shapeFinding(change, context)
    return promised === "none" ? unpromised(finding) : finding
  })
}

/** Nothing was promised: the change is told and asks for no major version. */
function unpromised(finding: ChangeFinding): ChangeFinding {
  const severity = finding.severity === "error" ? "information" : finding.severity
  return { ...finding, severity, mode: "none", bump: "minor", fix: null }
}

/** Old writers against new readers, and new writers against old ones. */
function schemaChanges(old: PlanShape, now: PlanShape, comparing: Comparing): readonly ShapeChange[] {
  const [was, is] = [contractSchemas(old, comparing.old), contractSchemas(now, comparing.now)]
  const isSame = (one: "sent" | "taken") => canonicalText(was[one].root) === canonicalText(is[one].root)
  if (isSame("sent") && isSame("taken")) return []
  const backward = compared(was.sent, is.taken, "backward", comparing)
  const forward = compared(is.sent, was.taken, "forward", comparing)
  const merged = new Map<string, ShapeChange>()
  for (const change of [...backward, ...forward]) {
    const key = JSON.stringify([
      change.rule === "S002" ? "S001" : change.rule,
      pathText(change.path),
      change.old,
      change.new,
    ])
    const known = merged.get(key)
    merged.set(key, known === undefined ? change : joined(known, change))
  }
  // that writers send no more than is named and readers take it is how the comparison is made, no change
  return [...merged.values()].filter(
    ({ rule, breaks }) => rule !== "S021" || breaks.backward || breaks.forward,
  )
}

function joined(a: ShapeChange, b: ShapeChange): ShapeChange {
  return {
    ...b,
    ...a,
    breaks: {
      backward: a.breaks.backward || b.breaks.backward,
      forward: a.breaks.forward || b.breaks.forward,
    },
  }
}

/** What is sent against what is taken: changes from old to new, with the breaks of that direction only. */
function compared(
  sent: SchemaDocument,
  taken: SchemaDocument,
  direction: "backward" | "forward",
  { policy, validatorOf }: Comparing,
): readonly ShapeChange[] {
  const session = createSession(readings[policy])
  const sides = (document: SchemaDocument) => [holds(session.node(document.root, document))]
  const [from, to] = [sides(sent), sides(taken)]
  const isBackward = direction === "backward"
  const { changes } = compareShapes(isBackward ? from : to, isBackward ? to : from, createProver(session))
  const given = judgedSide(from, sent, validatorOf)
  const against = judgedSide(to, taken, validatorOf)
  return changes.map(change => {
    const breaks = {
      backward: isBackward && change.breaks.backward,
      forward: !isBackward && change.breaks.forward,
    }
    return withWitness({ ...change, breaks }, direction, given, against, session)
  })
}

/** Rules whose matter the types say better. */
const ofTypes = new Set(["S010", "S011", "S012", "S013", "S014", "S017", "S018", "S019", "S024", "S026"])

/** What the Plan said of a value the schemas need not say again; a break that it did not say stays. */
function withoutTyped(
  changes: readonly ShapeChange[],
  told: readonly ShapeChange[],
  typed: ReadonlySet<string>,
): readonly ShapeChange[] {
  return changes.filter(change => {
    const path = pathText(change.path)
    if (change.rule === "S024" || change.rule === "S026") return false
    if (!ofTypes.has(change.rule) || !typed.has(path)) return true
    const own = told.filter(
      one =>
        pathText(one.path) === path &&
        ofTypes.has(one.rule === "S015" || one.rule === "S016" ? "S014" : one.rule),
    )
    if (own.length === 0) return true
    const covers = (direction: "backward" | "forward") =>
      !change.breaks[direction] || own.some(one => one.breaks[direction])
    return !(covers("backward") && covers("forward"))
  })
}

function placeOf(
  { path }: ShapeChange,
  places: ReadonlyMap<string, { readonly old: string | null; readonly now: string | null }>,
): { readonly old: string | null; readonly now: string | null } | undefined {
  for (let length = path.length; length > 0; length--) {
    const found = places.get(pathText(path.slice(0, length)))
    if (found !== undefined) return found
  }
  return undefined
}

/** A contract that came or went as a whole. */
function wholeFinding(old: PlanShape | null, now: PlanShape | null, plan: Plan): ChangeFinding {
  const shape = old ?? now
  const name = shape?.name ?? ""
  const at = shape === null ? null : place(shape.at, plan)
  return shapeFinding(
    {
      rule: now === null ? "S005" : "S001",
      old: old === null ? null : `contract ${name}`,
      new: now === null ? null : `contract ${name}`,
      message: now === null ? `The contract ${name} is gone.` : `The contract ${name} is new.`,
      breaks: { backward: now === null, forward: now === null },
      path: [],
    },
    {
      subject: shape?.id ?? "",
      mode: "full",
      oldAt: old === null ? null : at,
      newAt: now === null ? null : at,
    },
  )
}
