// `choose`: fields of which only those of one arm are written. Flows in: the statements of a block. Flows out: the same with each
// `choose` as one assignment for each of its fields, a `match` whose other arms are missing; and what is wrong about the arms.
// A field stands in one arm, or every arm speaks of it: so that no assignment of an arm can be forgotten (Law 1).
import {
  type AssignStatement,
  type ChooseArm,
  type ChooseStatement,
  diagnostic,
  type MatchArm,
  type Name,
  type Statement,
} from "@fmap/grammar"
import type { BoundShape } from "../resolve/model.ts"
import { type Context, place } from "./context.ts"
import { recordHere } from "./name-here.ts"
import { givesReason } from "./reason-text.ts"
import { noteLeft } from "./spoken.ts"
import type { WholeStatement } from "./take-apart.ts"

export type PlainStatement = Exclude<WholeStatement, ChooseStatement>

/** What follows never meets a `choose`. */
export function spreadChoices(statements: readonly WholeStatement[]): readonly PlainStatement[] {
  return statements.flatMap(statement => (statement.kind === "choose" ? spread(statement) : [statement]))
}

function spread(choice: ChooseStatement): readonly PlainStatement[] {
  const hole = choice.arms.flatMap(arm => arm.statements).find(s => s.kind === "errorStatement")
  if (hole !== undefined) return [hole]
  const first = new Map<string, AssignStatement>()
  for (const arm of choice.arms)
    for (const own of assignmentsOf(arm)) if (!first.has(own.target.text)) first.set(own.target.text, own)
  return [...first.values()].map(
    (statement): AssignStatement => ({
      ...statement,
      value: {
        kind: "match",
        subject: choice.subject,
        arms: choice.arms.map(arm => armOf(arm, statement.target.text)),
        span: choice.span,
      },
    }),
  )
}

function armOf(arm: ChooseArm, field: string): MatchArm {
  const { docs, patterns, span } = arm
  const assigned = assignmentsOf(arm).find(own => own.target.text === field)
  return {
    docs,
    patterns,
    result: assigned?.value ?? { kind: "missing", span },
    because: arm.because ?? arm.statements.map(reasonOf).find(givesReason) ?? null,
    span,
  }
}

function assignmentsOf(arm: ChooseArm): readonly AssignStatement[] {
  return arm.statements.filter(statement => statement.kind === "assign")
}

function reasonOf(statement: Statement): AssignStatement["because"] {
  return statement.kind === "assign" || statement.kind === "leave" ? statement.because : null
}

/** Judges the arms: was an error given, and about which fields? Unknown and doubled targets are told by the block itself. */
export function checkChoices(
  statements: readonly Statement[],
  shape: BoundShape,
  ctx: Context,
): { readonly failed: boolean; readonly wrong: ReadonlySet<string> } {
  const wrong = new Set<string>()
  const outside = new Set(statements.flatMap(targetsOf))
  let failed = false
  const report: Context["state"]["report"] = found => {
    failed = true
    ctx.state.report(found)
  }
  const reporting: Context = { ...ctx, state: { ...ctx.state, report } }
  for (const statement of statements) {
    if (statement.kind !== "choose") continue
    for (const field of checkChoice(statement, shape, outside, reporting)) wrong.add(field)
  }
  return { failed, wrong }
}

interface Use {
  readonly name: Name
  readonly arm: ChooseArm
}

function targetsOf(statement: Statement): readonly string[] {
  if (statement.kind === "assign" || statement.kind === "key") return [statement.target.text]
  return statement.kind === "leave" ? statement.fields.map(name => name.text) : []
}

/** The fields it found something wrong about. */
function checkChoice(
  choice: ChooseStatement,
  shape: BoundShape,
  outside: ReadonlySet<string>,
  ctx: Context,
): readonly string[] {
  const assigned = new Map<string, Use[]>()
  const left = new Map<string, Use[]>()
  if (choice.arms.some(arm => arm.statements.some(s => s.kind === "errorStatement"))) return []
  for (const arm of choice.arms) {
    const own = new Map<string, Name>()
    const note = (into: Map<string, Use[]>, name: Name): void => {
      const before = own.get(name.text)
      if (before === undefined) {
        own.set(name.text, name)
        into.set(name.text, [...(into.get(name.text) ?? []), { name, arm }])
      } else {
        ctx.state.report(
          diagnostic("FM4102", { field: name.text }, place(ctx, name.span), {
            label: "again here",
            related: [{ place: place(ctx, before.span), text: "already said here" }],
          }),
        )
      }
    }
    for (const statement of arm.statements) {
      if (statement.kind === "assign") note(assigned, statement.target)
      else if (statement.kind === "leave") {
        noteLeft(statement, ctx)
        for (const name of statement.fields) note(left, name)
      } else if (statement.kind !== "errorStatement") {
        ctx.state.report(
          diagnostic("FM4182", {}, place(ctx, statement.span), {
            label: "no assignment",
            help: "Write it outside of the `choose`.",
          }),
        )
      }
    }
    if (arm.statements.length === 0)
      ctx.state.deferred.push(
        diagnostic("FM4183", {}, place(ctx, arm.span), {
          label: "writes nothing and says nothing",
          help: 'Assign a field here, or `leave` those of the other arms with `because "…"`.',
        }),
      )
  }
  const wrong = [...assigned].filter(([, uses]) => !checkField(choice, uses, left, shape, ctx))
  for (const [field, [use]] of left) {
    if (assigned.has(field) || use === undefined) continue
    const here = place(ctx, use.name.span)
    // Of a field that is spoken of nowhere else the block tells that it is not assigned.
    if (outside.has(field))
      ctx.state.report(diagnostic("FM4102", { field }, here, { label: "left again here" }))
    else if (!shape.broken && !shape.fields.some(f => f.name === field))
      ctx.state.report(
        diagnostic("FM4103", { field, target: recordHere(shape, ctx) }, here, { label: "no such field" }),
      )
  }
  return wrong.map(([field]) => field)
}

function checkField(
  choice: ChooseStatement,
  uses: readonly Use[],
  left: ReadonlyMap<string, readonly Use[]>,
  shape: BoundShape,
  ctx: Context,
): boolean {
  const [first] = uses
  const field = shape.fields.find(f => f.name === first?.name.text)
  if (first === undefined || field === undefined) return true
  const here = place(ctx, first.name.span)
  if (uses.length === choice.arms.length) {
    ctx.state.report(
      diagnostic("FM4181", { field: field.name }, here, {
        label: "as in every other arm",
        help: `Assign it once, outside: \`${field.name} = match { … }\`.`,
      }),
    )
    return false
  }
  if (!field.optional) {
    ctx.state.report(
      diagnostic("FM4180", { field: field.name }, here, {
        label: "not in every arm",
        related: [{ place: field.place, text: "declared without `?`" }],
        help: `Assign it outside: \`${field.name} = match { … }\`.`,
      }),
    )
    return false
  }
  const spoken = left.get(field.name) ?? []
  if (uses.length === 1 && spoken.length === 0) return true
  for (const arm of choice.arms) {
    if (uses.some(use => use.arm === arm) || spoken.some(use => use.arm === arm)) continue
    ctx.state.report(
      diagnostic("FM4101", { field: field.name, target: "this arm" }, place(ctx, arm.span), {
        label: "does not say",
        related: [{ place: here, text: "another arm does" }],
        help: `Assign it, or \`leave ${field.name} because "…"\`.`,
      }),
    )
    return false
  }
  return true
}
