// A re-import into a file that is there. Flows in: the file, what its sources said last time, and what one of them says now. Flows out:
// the file brought up to date, with everything written by hand as it was, and how the source has drifted.
import {
  applyEdits,
  type ContractDeclaration,
  type Diagnostic,
  type Edit,
  type EnumDeclaration,
  type FileTree,
  parse,
  type RecordDeclaration,
} from "@fmap/grammar"
import { wireNameOf } from "../../resolve/bind-field.ts"
import type { Imported, ImportedDeclaration } from "../model.ts"
import { type GivenNames, type ImportNames, nameDeclarations } from "../print/name-declarations.ts"
import { printDeclaration, printSystem } from "../print/print-declaration.ts"
import { formatPrinted } from "../print/print-imported.ts"
import { readOnly } from "../select.ts"
import { usedNames } from "../settle/used-names.ts"
import type { Drift } from "./drift.ts"
import type { ImportRecord } from "./import-record.ts"
import { mergeEnum } from "./merge-enum.ts"
import { mergeShape } from "./merge-shape.ts"

export interface MergeInput {
  readonly file: string
  readonly text: string
  readonly imported: Imported
  /** What the sources said last time; null: nobody knows. */
  readonly record: ImportRecord | null
  /** The name of the source, as the record has it. */
  readonly source: string
  /** `--only` of this run: fields and objects that are wanted even where a hand took them out. */
  readonly asked: readonly string[]
  readonly clauses: (contract: string) => readonly string[]
}

export type Merged =
  | { readonly kind: "merged"; readonly text: string; readonly drift: readonly Drift[] }
  | { readonly kind: "broken"; readonly diagnostics: readonly Diagnostic[] }

export type FileDeclaration = EnumDeclaration | RecordDeclaration | ContractDeclaration

export function mergeImport(input: MergeInput): Merged {
  const { file, text, imported, record } = input
  const { tree, diagnostics } = parse(text, file)
  if (diagnostics.some(one => one.severity === "error")) return { kind: "broken", diagnostics }
  const there = declarationsIn(tree)
  const plain = nameDeclarations(imported)
  const names = nameDeclarations(imported, givenNames(tree, there, imported))
  const asked = readOnly(input.asked, new Set(imported.declarations.map(({ name }) => name)))
  const drift: Drift[] = []
  const edits: Edit[] = []
  const wanted = new Set<string>()
  const at = (offset: number, length: number, replacement: string) =>
    edits.push({ place: { file, span: { start: offset, end: offset + length } }, text: replacement })
  const missing: ImportedDeclaration[] = []
  for (const declaration of imported.declarations) {
    const node = there.get(declaration.name)
    const recorded = record?.declarations.get(declaration.name) ?? null
    if (node === undefined) missing.push(declaration)
    else if (node.kind === "enum" && declaration.kind === "enum")
      mergeEnum({ node, declaration, recorded, text, drift, edit: at })
    else if (node.kind !== "enum" && declaration.kind !== "enum")
      mergeShape({
        asked: new Set(asked.find(pick => pick.object === declaration.name)?.fields ?? []),
        node,
        declaration,
        recorded,
        text,
        names,
        plain,
        drift,
        edit: at,
        wants: name => wanted.add(name),
      })
    else
      drift.push({
        kind: "changed",
        at: declaration.name,
        before: node.kind,
        after: declaration.kind,
        kept: `${node.kind} ${node.name.text}`,
      })
  }
  // What was taken out by hand stays out, unless something new needs it.
  for (const { object } of asked) wanted.add(object)
  const fresh = withNeeded(missing, wanted, record)
  for (const declaration of fresh)
    drift.push({ kind: "added", at: declaration.name, before: null, after: declaration.kind, kept: null })
  for (const [name, recorded] of record?.declarations ?? []) {
    if (recorded.source !== input.source || !there.has(name)) continue
    if (!imported.declarations.some(declaration => declaration.name === name))
      drift.push({ kind: "removed", at: name, before: null, after: null, kept: "" })
  }
  const parts = fresh.map(declaration =>
    printDeclaration(
      declaration,
      names,
      declaration.kind === "contract" ? input.clauses(declaration.name) : [],
    ),
  )
  const system = newSystem(tree, imported, names, fresh)
  const tail = [...system, ...parts].map(part => `\n\n${part}\n`).join("")
  return { kind: "merged", text: formatPrinted(`${applyEdits(text, file, edits)}${tail}`), drift }
}

/** By the name of the source: what `as` says, else their own. */
function declarationsIn(tree: FileTree): ReadonlyMap<string, FileDeclaration> {
  return new Map(
    tree.declarations.flatMap((node): (readonly [string, FileDeclaration])[] =>
      node.kind === "enum" || node.kind === "record" || node.kind === "contract"
        ? [[sourceName(node), node]]
        : [],
    ),
  )
}

function sourceName(node: FileDeclaration): string {
  return node.as === undefined
    ? node.name.text
    : node.as.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
}

function givenNames(
  tree: FileTree,
  there: ReadonlyMap<string, FileDeclaration>,
  imported: Imported,
): GivenNames {
  const contracts = imported.declarations.flatMap(({ name }) => there.get(name) ?? [])
  const of = contracts.flatMap(node => (node.kind === "contract" && node.of !== null ? [node.of.text] : []))
  const taken = tree.declarations.flatMap(node => {
    if (node.kind === "import") return node.names.map(each => (each.alias ?? each.name).text)
    return node.kind === "test" ? [] : [node.name.text]
  })
  const made = nameDeclarations({ ...imported, declarations: [] }).system
  return {
    system: of[0] ?? (made !== null && taken.includes(made) ? made : null),
    declarations: new Map([...there].map(([source, node]) => [source, node.name.text])),
    fields: new Map(
      [...there].flatMap(([source, node]) =>
        node.kind === "enum"
          ? []
          : [
              [
                source,
                new Map(
                  node.members.flatMap(member =>
                    member.kind === "field" ? [[wireNameOf(member), member.name.text] as const] : [],
                  ),
                ),
              ] as const,
            ],
      ),
    ),
    taken,
  }
}

function withNeeded(
  missing: readonly ImportedDeclaration[],
  wanted: ReadonlySet<string>,
  record: ImportRecord | null,
): readonly ImportedDeclaration[] {
  const byName = new Map(missing.map(declaration => [declaration.name, declaration]))
  const found = new Set<string>()
  const isNew = (name: string) => record?.declarations.get(name) === undefined
  const waiting = [...missing.map(({ name }) => name).filter(isNew), ...wanted]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const declaration = byName.get(name)
    if (declaration === undefined || found.has(name)) continue
    found.add(name)
    if (declaration.kind !== "enum")
      for (const field of declaration.fields) waiting.push(...usedNames(field.type))
  }
  return missing.filter(({ name }) => found.has(name))
}

/** Only where a new contract needs it and the file has none of that name. */
function newSystem(
  tree: FileTree,
  { system }: Imported,
  names: ImportNames,
  fresh: readonly ImportedDeclaration[],
): readonly string[] {
  if (system === null || names.system === null || !fresh.some(({ kind }) => kind === "contract")) return []
  const known = tree.declarations.some(node =>
    node.kind === "import"
      ? node.names.some(each => (each.alias ?? each.name).text === names.system)
      : node.kind === "system" && node.name.text === names.system,
  )
  return known ? [] : [printSystem(system, names.system)]
}
