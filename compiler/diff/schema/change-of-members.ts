// What changed about the fields of an object: added, removed, renamed, asked for; what is let through beside them; what hangs on what.
// Flows in: the facts of both sides and the prover. Flows out: changes, and the fields both sides have, to be compared in turn.
import { countChange } from "./change-of-values.ts"
import { type Facts, holds, keyOf, type Literal } from "./facts.ts"
import { canonicalText, isRecord, typeBits } from "./json-values.ts"
import type { Keywords } from "./keywords.ts"
import { memberNodes, membersOf, namesOf } from "./members.ts"
import type { Prover } from "./prove.ts"
import { type LocalChange, quoted } from "./shape-change.ts"

export interface SharedMember {
  readonly name: string
  readonly old: readonly Literal[]
  readonly now: readonly Literal[]
}

export interface MemberChanges {
  readonly changes: readonly LocalChange[]
  readonly shared: readonly SharedMember[]
}

export function changeOfMembers(old: Facts, now: Facts, prover: Prover): MemberChanges {
  if ((old.types & now.types & typeBits.object) === 0) return { changes: [], shared: [] }
  const { session } = prover
  const [was, is] = [namesOf(old.parts), namesOf(now.parts)]
  const both = [...was].filter(name => is.has(name))
  const removed = [...was].filter(name => !is.has(name))
  const added = [...is].filter(name => !was.has(name))
  const renamed = renames(removed, added, old, now, prover)
  const gone = new Set(renamed.map(({ from }) => from))
  const come = new Set(renamed.map(({ to }) => to))
  const changes = [
    ...renamed.map(({ from, to }) => renameChange(from, to)),
    ...added.filter(name => !come.has(name)).map(name => addedChange(name, old, now, prover)),
    ...removed.filter(name => !gone.has(name)).map(name => removedChange(name, old, now, prover)),
    ...requiredChanges(old, now, new Set([...added, ...removed])),
    ...restChange(old, now, prover),
    ...namedByPattern(old, now, prover),
    ...countChange("S022", "fewest fields", "field", old.minProperties, now.minProperties, 1),
    ...countChange("S022", "most fields", "field", old.maxProperties, now.maxProperties, -1),
    ...dependentChanges(old, now),
  ]
  const shared = both.map(name => ({
    name,
    old: membersOf(old, name, session),
    now: membersOf(now, name, session),
  }))
  return { changes, shared }
}

interface Rename {
  readonly from: string
  readonly to: string
}

/** A field that went and one that came are the same when fmap's name says so, or when no other pair can be meant. */
function renames(
  removed: readonly string[],
  added: readonly string[],
  old: Facts,
  now: Facts,
  { session }: Prover,
): readonly Rename[] {
  const fieldName = (facts: Facts, name: string): unknown => {
    const nodes = facts.parts.flatMap(part => memberNodes(part, name, session, "surely"))
    const named = nodes.map(({ schema }) => (isRecord(schema) ? schema["x-fmap-field"] : undefined))
    return named.find(one => typeof one === "string") ?? name
  }
  const said = removed.flatMap(from => {
    const to = added.find(name => fieldName(now, name) === fieldName(old, from))
    return to === undefined ? [] : [{ from, to }]
  })
  if (said.length > 0) return said
  const [from] = removed
  const [to] = added
  if (removed.length !== 1 || added.length !== 1 || from === undefined || to === undefined) return []
  const [before, after] = [membersOf(old, from, session), membersOf(now, to, session)]
  const isPlain = before.every(({ node }) => isRecord(node.schema) && Object.keys(node.schema).length > 0)
  const isSame = isPlain && before.length > 0 && keyOf(before) === keyOf(after)
  return isSame && old.required.has(from) === now.required.has(to) ? [{ from, to }] : []
}

function renameChange(from: string, to: string): LocalChange {
  return {
    rule: "S006",
    old: from,
    new: to,
    message: `${quoted(from)} is called ${quoted(to)} now, as it seems.`,
    breaks: { backward: true, forward: true },
    member: to,
  }
}

function addedChange(name: string, old: Facts, now: Facts, prover: Prover): LocalChange {
  const { session } = prover
  const before = membersOf(old, name, session)
  const after = membersOf(now, name, session)
  const isRequired = now.required.has(name) && !old.required.has(name)
  const fits = provesEach(before, after, prover)
  const isClosed = before.some(({ node }) => node.schema === false)
  const isFilled = session.reading.fillsDefaults && hasDefault(after)
  const breaks = { backward: (isRequired && !isFilled) || !fits, forward: !provesEach(after, before, prover) }
  const said = isRequired ? "required" : "optional"
  const base = { old: null, new: shownMember(after, said), breaks, member: name }
  if (isRequired && hasDefault(after))
    return {
      ...base,
      rule: "S004",
      message: `${quoted(name)} is new and required; it has a default, which helps only readers that fill it in.`,
    }
  if (isRequired) return { ...base, rule: "S003", message: `${quoted(name)} is new and required.` }
  if (isClosed || fits)
    return { ...base, rule: "S001", message: `${quoted(name)} is new and may be left out.` }
  return {
    ...base,
    rule: "S002",
    message: `${quoted(name)} is new; the old shape let it be anything, and now it must fit.`,
  }
}

function removedChange(name: string, old: Facts, now: Facts, prover: Prover): LocalChange {
  const { session } = prover
  const before = membersOf(old, name, session)
  const after = membersOf(now, name, session)
  const wasRequired = old.required.has(name) && !now.required.has(name)
  const isClosed = after.some(({ node }) => node.schema === false)
  return {
    rule: "S005",
    old: shownMember(before, old.required.has(name) ? "required" : "optional"),
    new: null,
    message: `${quoted(name)} is gone${isClosed ? ", and records that have it are refused" : wasRequired ? "; it was required" : ""}.`,
    breaks: {
      backward: !provesEach(before, after, prover),
      forward: wasRequired || !provesEach(after, before, prover),
    },
    member: name,
  }
}

function requiredChanges(old: Facts, now: Facts, told: ReadonlySet<string>): readonly LocalChange[] {
  const change = (name: string, isRequired: boolean): LocalChange => ({
    rule: isRequired ? "S008" : "S007",
    old: isRequired ? "optional" : "required",
    new: isRequired ? "required" : "optional",
    message: `${quoted(name)} ${isRequired ? "must be there now" : "may be left out now"}.`,
    breaks: { backward: isRequired, forward: !isRequired },
    member: name,
  })
  return [
    ...[...now.required]
      .filter(name => !old.required.has(name) && !told.has(name))
      .map(name => change(name, true)),
    ...[...old.required]
      .filter(name => !now.required.has(name) && !told.has(name))
      .map(name => change(name, false)),
  ]
}

/** Fields that nobody names. */
function restChange(old: Facts, now: Facts, prover: Prover): readonly LocalChange[] {
  const [was, is] = [restOf(old.parts), restOf(now.parts)]
  if (keyOf(was) === keyOf(is)) return []
  const [backward, forward] = [!provesEach(was, is, prover), !provesEach(is, was, prover)]
  const [before, after] = [restText(was), restText(is)]
  return before === after && !backward && !forward
    ? []
    : [
        {
          rule: "S021",
          old: before,
          new: after,
          message: `Fields that the shape does not name: ${before} before, ${after} now.`,
          breaks: { backward, forward },
        },
      ]
}

function restOf(parts: readonly Keywords[]): readonly Literal[] {
  return parts.flatMap(({ additional }) => (additional === null ? [] : [holds(additional)]))
}

function restText(rest: readonly Literal[]): string {
  if (rest.some(({ node }) => node.schema === false)) return "refused"
  return rest.every(({ node }) => node.schema === true) ? "anything" : "only some"
}

function namedByPattern(old: Facts, now: Facts, prover: Prover): readonly LocalChange[] {
  const all = (facts: Facts) => facts.parts.flatMap(part => [...part.patternProperties])
  const [was, is] = [all(old), all(now)]
  const lists = new Set([...was, ...is].map(([pattern]) => pattern))
  const of = (entries: readonly (readonly [string, Literal["node"]])[], pattern: string) =>
    entries.filter(([one]) => one === pattern).map(([, node]) => holds(node))
  const changed = [...lists].flatMap((pattern): LocalChange[] => {
    const [before, after] = [of(was, pattern), of(is, pattern)]
    if (keyOf(before) === keyOf(after)) return []
    const breaks = {
      backward: !provesEach(before, after, prover),
      forward: !provesEach(after, before, prover),
    }
    return [
      {
        rule: "S021",
        old: before.length === 0 ? null : shownMember(before, pattern),
        new: after.length === 0 ? null : shownMember(after, pattern),
        message: `Fields whose names match ${pattern} must be something else now.`,
        breaks,
        unproved: true,
      },
    ]
  })
  const names = (facts: Facts) =>
    facts.parts.flatMap(part => (part.propertyNames === null ? [] : [holds(part.propertyNames)]))
  const [before, after] = [names(old), names(now)]
  if (keyOf(before) === keyOf(after)) return changed
  const fits = (from: readonly Literal[], to: readonly Literal[]) =>
    !prover.session.reading.everyKeyword || provesEach(from, to, prover)
  return [
    ...changed,
    {
      rule: "S021",
      old: before.length === 0 ? null : shownMember(before, "names"),
      new: after.length === 0 ? null : shownMember(after, "names"),
      message: "What the names of fields may be changed.",
      breaks: { backward: !fits(before, after), forward: !fits(after, before) },
      unproved: true,
    },
  ]
}

/** Fields that ask for others. */
function dependentChanges(old: Facts, now: Facts): readonly LocalChange[] {
  const pairs = (facts: Facts) =>
    new Set(
      facts.parts.flatMap(part => [
        ...[...part.dependentRequired].flatMap(([name, names]) =>
          names.map(one => `${quoted(name)} asks for ${quoted(one)}`),
        ),
        ...[...part.dependentSchemas].map(([name, { id }]) => `${quoted(name)} asks for a shape (${id})`),
      ]),
    )
  const [was, is] = [pairs(old), pairs(now)]
  const shown = (text: string) => text.replace(/ \(\d+\)$/u, "")
  const removed = [...was].filter(one => !is.has(one)).map(shown)
  const added = [...is].filter(one => !was.has(one)).map(shown)
  if (removed.length === 0 && added.length === 0) return []
  return [
    {
      rule: "S023",
      old: removed.length === 0 ? null : removed.join(", "),
      new: added.length === 0 ? null : added.join(", "),
      message: `What fields ask of others changed: ${[...removed.map(one => `no more ${one}`), ...added].join("; ")}.`,
      breaks: { backward: added.length > 0, forward: removed.length > 0 },
      unproved: true,
    },
  ]
}

export function provesEach(given: readonly Literal[], goals: readonly Literal[], prover: Prover): boolean {
  prover.session.claims.begin()
  return goals.every(goal => prover.proves(given, goal))
}

function hasDefault(literals: readonly Literal[]): boolean {
  return literals.some(({ node }) => isRecord(node.schema) && Object.hasOwn(node.schema, "default"))
}

function shownMember(literals: readonly Literal[], said: string): string {
  const schemas = literals.map(({ node }) => canonicalText(node.schema)).join(" and ")
  const text = `${said}: ${schemas === "" ? "anything" : schemas}`
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`
}
