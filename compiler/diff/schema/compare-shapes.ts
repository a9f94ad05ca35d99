// From two schemas to what changed between them, place by place. Flows in: both sides and the prover. Flows out: changes with their paths.
// What is proved for a place holds for all inside it: a change there breaks nobody. And where a place is not proved, at least one change
// says so, if only that nobody could prove it.
import { changeOfChoices } from "./change-of-choices.ts"
import { changeOfItems } from "./change-of-items.ts"
import { changeOfMembers, provesEach } from "./change-of-members.ts"
import { changeOfNotes } from "./change-of-notes.ts"
import { changeOfValues } from "./change-of-values.ts"
import { type Facts, factsOf, keyOf, type Literal } from "./facts.ts"
import { typeBits, typeNames } from "./json-values.ts"
import type { Prover } from "./prove.ts"
import type { Schema } from "./schema-document.ts"
import type { Session } from "./session.ts"
import { type Breaks, type LocalChange, none, type PathPart, type ShapeChange } from "./shape-change.ts"

/** Places looked at, and levels of them; the rest is told as one change above them. */
const mostPlaces = 5_000
const mostLevels = 150

interface Walk {
  readonly prover: Prover
  readonly changes: ShapeChange[]
  /** Pairs that are being compared: a recursive schema comes back to them. */
  readonly open: Set<string>
  places: number
}

export function compareShapes(
  old: readonly Literal[],
  now: readonly Literal[],
  prover: Prover,
): { readonly changes: readonly ShapeChange[]; readonly proved: Breaks } {
  const walk: Walk = { prover, changes: [], open: new Set(), places: 0 }
  const unproved = compareAt(old, now, [], { backward: true, forward: true }, walk)
  return { changes: walk.changes, proved: { backward: !unproved.backward, forward: !unproved.forward } }
}

/** `asked`: the directions that are not proved for a place around this one. Gives those that are not proved here. */
function compareAt(
  given: readonly Literal[],
  since: readonly Literal[],
  path: readonly PathPart[],
  asked: Breaks,
  walk: Walk,
): Breaks {
  const { prover, changes, open } = walk
  const [old, now] = [followed(given, prover.session), followed(since, prover.session)]
  const name = `${keyOf(old)} / ${keyOf(now)}`
  if (keyOf(old) === keyOf(now) || open.has(name)) return none
  if (walk.places >= mostPlaces || path.length >= mostLevels) return none
  walk.places++
  const unproved: Breaks = {
    backward: asked.backward && !provesEach(old, now, prover),
    forward: asked.forward && !provesEach(now, old, prover),
  }
  const told = changes.length
  open.add(name)
  compareInside(old, now, path, unproved, walk)
  open.delete(name)
  const inside = changes.slice(told)
  const untold: Breaks = {
    backward: unproved.backward && !inside.some(({ breaks }) => breaks.backward),
    forward: unproved.forward && !inside.some(({ breaks }) => breaks.forward),
  }
  if (untold.backward || untold.forward) changes.push({ ...unprovedChange(old, now, untold, prover), path })
  return unproved
}

/** What only refers to a schema is that schema. */
function followed(literals: readonly Literal[], session: Session): readonly Literal[] {
  return literals.map(literal => {
    let { node } = literal
    for (let i = 0; i < longestChain && isReference(node.schema); i++)
      node = session.keywords(node).ref ?? node
    return node === literal.node ? literal : { node, holds: literal.holds }
  })
}

const longestChain = 20

function isReference(schema: Schema): boolean {
  return typeof schema !== "boolean" && typeof schema.$ref === "string" && Object.keys(schema).length === 1
}

function compareInside(
  old: readonly Literal[],
  now: readonly Literal[],
  path: readonly PathPart[],
  unproved: Breaks,
  walk: Walk,
): void {
  const { prover } = walk
  const { session } = prover
  const tell = (local: readonly LocalChange[]) => {
    for (const change of local) {
      const { breaks, member } = change
      walk.changes.push({
        ...change,
        path: member === undefined ? path : [...path, { kind: "member", name: member }],
        breaks: {
          backward: breaks.backward && unproved.backward,
          forward: breaks.forward && unproved.forward,
        },
      })
    }
  }
  tell(changeOfNotes(old, now, session))
  const [was, is] = [viewOf(old, session), viewOf(now, session)]
  if (was === null || is === null) return
  const choices = changeOfChoices(was, is, { old, now }, prover)
  // what the branches of a choice are made of is told there
  tell(changeOfValues(was, is, session.patterns))
  tell(choices.changes)
  for (const { old: before, now: after } of choices.shared) compareAt(before, after, path, unproved, walk)
  const members = changeOfMembers(was, is, prover)
  tell(members.changes)
  for (const { name, old: before, now: after } of members.shared)
    compareAt(before, after, [...path, { kind: "member", name }], unproved, walk)
  const items = changeOfItems(was, is, prover)
  tell(items.changes)
  for (const { index, old: before, now: after } of items.shared)
    compareAt(
      before,
      after,
      [...path, index === null ? { kind: "item" } : { kind: "position", index }],
      unproved,
      walk,
    )
}

/** `anyOf [X, null]` reads as X that may be null, as everybody means it. Null: nothing is let through. */
export function viewOf(literals: readonly Literal[], session: Session): Facts | null {
  const facts = factsOf(literals, session)
  const [choice] = facts?.choices ?? []
  if (facts === null || choice === undefined || facts.choices.length > 1 || choice.length !== 2) return facts
  const holding = choice.map(branch => branch.filter(one => one.holds))
  const isNull = (branch: readonly Literal[]) => factsOf(branch, session)?.types === typeBits.null
  const other = holding.find(branch => !isNull(branch))
  if (other === undefined || !holding.some(isNull) || (facts.types & typeBits.null) === 0) return facts
  const view = factsOf([...literals, ...other], session)
  if (view === null) return facts
  return {
    ...view,
    types: view.types | typeBits.null,
    values: view.values === null ? null : [...view.values.filter(value => value !== null), null],
  }
}

function unprovedChange(
  old: readonly Literal[],
  now: readonly Literal[],
  breaks: Breaks,
  prover: Prover,
): LocalChange {
  const { session } = prover
  const [was, is] = [factsOf(old, session), factsOf(now, session)]
  const shown = (facts: Facts | null) => (facts === null ? "nothing" : typeNames(facts.types).join(" or "))
  const gaveUp = session.claims.gaveUp() ? " The schema is too involved to be compared to the end." : ""
  const base = { old: shown(was), new: shown(is), breaks, unproved: true }
  if (was === null || is === null)
    return {
      ...base,
      rule: "S019",
      message:
        was === null ? "Something is let through now where nothing was." : "Nothing is let through any more.",
    }
  if (was.choices.length + is.choices.length > 0)
    return {
      ...base,
      rule: was.parts.some(hasCondition) || is.parts.some(hasCondition) ? "S023" : "S020",
      message: `It cannot be proved that the ways it can be still fit.${gaveUp}`,
    }
  if (was.refuted.length + is.refuted.length > 0)
    return {
      ...base,
      rule: "S023",
      message: `It cannot be proved that what is ruled out still fits.${gaveUp}`,
    }
  return { ...base, rule: "S021", message: `It cannot be proved that the shapes still fit.${gaveUp}` }
}

function hasCondition({ condition }: Facts["parts"][number]): boolean {
  return condition !== null
}
