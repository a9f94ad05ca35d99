// What is compared of a field: type, whether it may be missing, marks of the source, wire form. Flows in: a field of an import, or one
// of a file. Flows out: the same facts of both, so that layout, docs and marks by hand are no difference.
import type { FieldDeclaration } from "@fmap/grammar"
import type { ImportedContract, ImportedField, ImportedRecord } from "../model.ts"
import type { ImportNames } from "../print/name-declarations.ts"
import { namesHere } from "../print/print-declaration.ts"
import { typeText } from "../print/type-text.ts"

export interface FieldFacts {
  readonly type: string
  readonly optional: boolean
  readonly marks: readonly string[]
  readonly wire: string | null
}

/** Values of an enum have no facts but that they are there. */
export const memberFacts: FieldFacts = { type: "", optional: false, marks: [], wire: null }

export function factsOf(
  field: ImportedField,
  shape: ImportedRecord | ImportedContract,
  names: ImportNames,
): FieldFacts {
  return {
    type: onOneLine(typeText(field.type, namesHere(shape.name, names))),
    optional: field.optional,
    marks: [...(field.key ? ["key"] : []), ...field.marks],
    wire: field.wire === null ? null : onOneLine(field.wire),
  }
}

export function factsInFile(node: FieldDeclaration, text: string): FieldFacts {
  const slice = (span: { readonly start: number; readonly end: number }) => text.slice(span.start, span.end)
  const wire = node.modifiers.find(modifier => modifier.kind === "wire")
  return {
    type: onOneLine(slice(node.type.span)),
    optional: node.optional,
    marks: node.modifiers.flatMap(modifier =>
      modifier.kind === "flag" ? [modifier.word] : modifier.kind === "deprecated" ? ["deprecated"] : [],
    ),
    wire: wire?.kind === "wire" ? onOneLine(slice(wire.form.span)) : null,
  }
}

/** Without documentation and comments, values of enums parted by commas. Quoted texts stay as they are. */
export function onOneLine(text: string): string {
  return text
    .split("\n")
    .map(line => line.trim())
    .filter(line => line !== "" && !line.startsWith("//"))
    .map((line, i, all) => {
      const next = all[i + 1]
      const joins =
        /[{,[(]$/.test(line) ||
        next === undefined ||
        /^(?:[}\])]|(?:and|or|by|in|where|matching)\b)/.test(next)
      return joins ? `${line} ` : `${line}, `
    })
    .join("")
    .replace(/("(?:[^"\\]|\\.)*")|\s*([{}])\s*|\s+/g, (_, quoted?: string, brace?: string) =>
      quoted !== undefined ? quoted : brace === "{" ? " { " : brace === "}" ? " } " : " ",
    )
    .replace(/ {2,}/g, " ")
    .replace(/, \}/g, " }")
    .trim()
}

/** Blanks outside of quotes are layout. */
export function sameText(a: string, b: string): boolean {
  return a === b || withoutBlanks(a) === withoutBlanks(b)
}

function withoutBlanks(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, quoted?: string) => quoted ?? "")
}

export function sameFacts(a: FieldFacts, b: FieldFacts): boolean {
  return (
    sameText(a.type, b.type) &&
    a.optional === b.optional &&
    sameText(a.wire ?? "", b.wire ?? "") &&
    a.marks.length === b.marks.length &&
    a.marks.every(mark => b.marks.includes(mark))
  )
}

/** As a reader of a drift sees it: `text(120)`, `text(120)? computed`. */
export function shownFacts({ type, optional, marks, wire }: FieldFacts): string {
  const shown = type.length > 160 ? `${type.slice(0, 160)}…` : type
  return `${shown}${optional ? " optional" : ""}${marks.map(mark => ` ${mark}`).join("")}${wire === null ? "" : ` wire ${wire}`}`.trim()
}
