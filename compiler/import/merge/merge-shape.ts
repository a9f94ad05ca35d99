// One record or contract of a file and what the source says of it now. Flows in: both, and what the source said last time. Flows out:
// edits and drift. Who wrote what is told by the record of last time: what differs from it in the file was written by hand and stays.
import type { ContractDeclaration, FieldDeclaration, RecordDeclaration } from "@fmap/grammar"
import { wireNameOf } from "../../resolve/bind-field.ts"
import type { ImportedContract, ImportedField, ImportedRecord, ImportedType } from "../model.ts"
import type { ImportNames } from "../print/name-declarations.ts"
import { written } from "../print/names.ts"
import { fieldRest, namesHere, printField } from "../print/print-declaration.ts"
import { typeText } from "../print/type-text.ts"
import { usedNames } from "../settle/used-names.ts"
import { unitsOf } from "../units-of.ts"
import type { Drift } from "./drift.ts"
import { type FieldFacts, factsInFile, factsOf, sameFacts, sameText, shownFacts } from "./field-facts.ts"
import type { RecordedDeclaration } from "./import-record.ts"

export interface ShapeMerge {
  readonly node: RecordDeclaration | ContractDeclaration
  readonly declaration: ImportedRecord | ImportedContract
  readonly recorded: RecordedDeclaration | null
  /** Wire names that are asked for in this run. */
  readonly asked: ReadonlySet<string>
  readonly text: string
  readonly names: ImportNames
  /** Names made of the source alone, as the record has them, whatever the file calls things. */
  readonly plain: ImportNames
  readonly drift: Drift[]
  readonly edit: (offset: number, length: number, replacement: string) => void
  /** A declaration of the source that a new field names. */
  readonly wants: (name: string) => void
}

export function mergeShape(merge: ShapeMerge): void {
  const { node, declaration, recorded, drift } = merge
  const there = new Map(
    node.members.flatMap(member => (member.kind === "field" ? [[wireNameOf(member), member] as const] : [])),
  )
  const picks = node.kind === "contract" && node.from?.picks !== undefined && node.from.picks !== null
  const added = new Set<string>()
  for (const field of declaration.fields) {
    const member = there.get(field.wireName)
    const before = recorded?.fields.get(field.wireName) ?? null
    if (member !== undefined) mergeField(field, member, before, merge)
    // In the record and not in the file: taken out by hand.
    else if ((before === null && !picks) || merge.asked.has(field.wireName))
      for (const each of [field.wireName, ...unitNames(field.type)]) added.add(each)
  }
  addFields(added, there, merge)
  const now = new Set(declaration.fields.map(field => field.wireName))
  for (const wire of recorded?.fields.keys() ?? []) {
    const member = there.get(wire)
    if (now.has(wire) || member === undefined) continue
    const isMarked = member.modifiers.some(modifier => modifier.kind === "deprecated")
    drift.push({
      kind: "removed",
      at: `${declaration.name}.${wire}`,
      before: null,
      after: null,
      kept: isMarked ? "deprecated" : null,
    })
    if (!isMarked) merge.edit(member.span.end, 0, "  deprecated")
  }
  if (node.kind === "contract" && declaration.kind === "contract") mergeProfile(node, declaration, merge)
}

function mergeField(
  field: ImportedField,
  member: FieldDeclaration,
  before: FieldFacts | null,
  merge: ShapeMerge,
): void {
  const { declaration, names, text, drift } = merge
  const now = factsOf(field, declaration, names)
  const here = factsInFile(member, text)
  const old = before ?? here
  const said = before === null ? now : factsOf(field, declaration, merge.plain)
  if (sameFacts({ ...old, marks: ofSource(old.marks) }, { ...said, marks: ofSource(said.marks) })) return
  const isUntouched = before !== null && sameText(before.type, here.type) && before.optional === here.optional
  drift.push({
    kind: "changed",
    at: `${declaration.name}.${field.wireName}`,
    before: shownFacts({ ...old, marks: ofSource(old.marks) }),
    after: shownFacts(now),
    kept: isUntouched ? null : shownFacts({ ...here, marks: ofSource(here.marks) }),
  })
  if (!isUntouched || before === null) return
  for (const name of usedNames(field.type)) merge.wants(name)
  if (!sameText(here.type, now.type)) {
    const { span } = member.type
    merge.edit(span.start, span.end - span.start, typeText(field.type, namesHere(declaration.name, names)))
  }
  if (here.optional !== now.optional) {
    const end = member.name.span.end
    const question = text.indexOf("?", end)
    if (now.optional) merge.edit(end, 0, "?")
    else if (question !== -1 && question < member.type.span.start) merge.edit(question, 1, "")
  }
  for (const modifier of member.modifiers) {
    const word = modifier.kind === "flag" ? modifier.word : modifier.kind === "wire" ? "wire" : null
    if (word === null) continue
    const goes =
      word === "wire"
        ? before.wire === here.wire && now.wire !== here.wire
        : before.marks.includes(word) && !now.marks.includes(word as ImportedField["marks"][number])
    if (goes) merge.edit(modifier.span.start, modifier.span.end - modifier.span.start, "")
  }
  const marks = now.marks.filter(mark => !here.marks.includes(mark) && !before.marks.includes(mark))
  const wire =
    now.wire !== null && now.wire !== here.wire && before.wire === here.wire ? ` wire ${now.wire}` : ""
  const more = `${marks.map(mark => ` ${mark}`).join("")}${wire}`
  if (more !== "") merge.edit(member.span.end, 0, more)
}

/** Marks that a person gives are not the source's business. */
const byHand: ReadonlySet<string> = new Set(["pii", "confidential", "deprecated"])

function ofSource(marks: readonly string[]): readonly string[] {
  return marks.filter(mark => !byHand.has(mark))
}

function addFields(
  added: ReadonlySet<string>,
  there: ReadonlyMap<string, FieldDeclaration>,
  merge: ShapeMerge,
): void {
  const { node, declaration, names, text, drift } = merge
  let anchor: FieldDeclaration | null = null
  for (const field of declaration.fields) {
    const member = there.get(field.wireName)
    if (member !== undefined) {
      anchor = member
      continue
    }
    if (!added.has(field.wireName)) continue
    for (const name of usedNames(field.type)) merge.wants(name)
    drift.push({
      kind: "added",
      at: `${declaration.name}.${field.wireName}`,
      before: null,
      after: shownFacts(factsOf(field, declaration, names)),
      kept: null,
    })
    const lines = printField(field, declaration, names).join("\n")
    const first = [...there.values()][0]
    if (anchor !== null) insertAfter(anchor.span.end, lines, headOf(field, declaration, names), merge)
    else if (first !== undefined) merge.edit(beforeDocs(first, text), 0, `${lines}\n`)
    else merge.edit(node.span.end - 1, 0, `\n${lines}\n`)
  }
}

/** At the end of the line, behind a comment; where the line goes on with another field, beside it. */
function insertAfter(end: number, lines: string, head: string, merge: ShapeMerge): void {
  const { text } = merge
  const newline = text.indexOf("\n", end)
  const rest = text.slice(end, newline === -1 ? text.length : newline)
  if (newline !== -1 && /^\s*,?\s*(?:\/\/.*)?$/.test(rest)) merge.edit(newline, 0, `\n${lines}`)
  else merge.edit(end, 0, `, ${head}`)
}

function headOf(field: ImportedField, shape: ImportedRecord | ImportedContract, names: ImportNames): string {
  const name = names.fields.get(shape.name)?.get(field.wireName)?.name ?? field.wireName
  return `${written(name)}${field.optional ? "?" : ""} : ${fieldRest(field, shape, names)}`
}

/** Where the documentation of the first field begins. */
function beforeDocs(member: FieldDeclaration, text: string): number {
  let start = text.lastIndexOf("\n", member.span.start - 1) + 1
  for (let i = member.docs.length; i > 0 && start > 0; i--) {
    const above = text.lastIndexOf("\n", start - 2) + 1
    if (!text.slice(above, start).trimStart().startsWith("///")) break
    start = above
  }
  return text.slice(start, member.span.start).includes("{") ? member.span.start : start
}

function unitNames(type: ImportedType): readonly string[] {
  return unitsOf(type).flatMap(unit => (unit.kind === "field" ? [unit.wireName] : []))
}

/** What must be there on create: followed where the file has it as it was imported. */
function mergeProfile(node: ContractDeclaration, declaration: ImportedContract, merge: ShapeMerge): void {
  const { recorded, names, drift } = merge
  const now = declaration.requiredOnCreate
  const before = recorded?.requiredOnCreate ?? now
  if (same(before, now)) return
  const nameOf = (wire: string) => names.fields.get(declaration.name)?.get(wire)?.name ?? wire
  const rule = node.members.find(
    member => member.kind === "require" && member.profile?.text === "create" && member.when === null,
  )
  const listed = rule?.kind === "require" ? rule.fields.map(name => name.text) : []
  const isUntouched = same(listed, before.map(nameOf))
  drift.push({
    kind: "changed",
    at: `${declaration.name} on create require`,
    before: before.join(", ") || "nothing",
    after: now.join(", ") || "nothing",
    kept: isUntouched ? null : listed.join(", "),
  })
  if (!isUntouched) return
  const line =
    now.length === 0 ? "" : `on create require ${now.map(wire => written(nameOf(wire))).join(", ")}`
  if (rule !== undefined) merge.edit(rule.span.start, rule.span.end - rule.span.start, line)
  else if (line !== "") merge.edit(node.span.end - 1, 0, `\n\n  ${line}\n`)
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every(each => b.includes(each))
}
