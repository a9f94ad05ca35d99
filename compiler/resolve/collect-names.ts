// Which name means which declaration in each file. Flows in: loaded files. Flows out: every declaration once, and per
// file a table from name to declaration (own and imported). Nothing inside declarations is looked at, but for the
// question whether an import is used at all.
import {
  type ContractDeclaration,
  type CrosswalkDeclaration,
  diagnostic,
  type EnumDeclaration,
  type MapDeclaration,
  type Name,
  type Place,
  type RecordDeclaration,
  type SystemDeclaration,
  type TestDeclaration,
} from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import type { LoadedFile } from "../project/load-project.ts"
import { closest } from "./closest.ts"
import { usedNames } from "./used-names.ts"

export type NamedDeclaration =
  | SystemDeclaration
  | EnumDeclaration
  | RecordDeclaration
  | ContractDeclaration
  | CrosswalkDeclaration
  | MapDeclaration

/** A declaration that can be named, before it is bound. */
export interface Declared<D extends NamedDeclaration = NamedDeclaration> {
  readonly node: D
  readonly name: string
  readonly file: string
  readonly place: Place
}

export interface Names {
  /** In order of files, then of writing. Of a name declared twice only the first is here. */
  readonly declared: readonly Declared[]
  readonly tests: readonly { readonly node: TestDeclaration; readonly file: string }[]
  /** By file, then by name. Null: the name was imported from where it cannot be had; a diagnostic was given. */
  readonly scopes: ReadonlyMap<string, ReadonlyMap<string, Declared | null>>
}

export function collectNames(files: readonly LoadedFile[], found: Findings): Names {
  const own = new Map<string, ReadonlyMap<string, Declared>>()
  const project = new Map<string, Declared>()
  for (const file of files) {
    const names = ownNames(file, found)
    own.set(file.path, names)
    for (const declared of names.values()) {
      const other = project.get(declared.name)
      if (other === undefined) project.set(declared.name, declared)
      else {
        found.report(
          diagnostic("FM2003", { name: declared.name, file: other.file }, declared.place, {
            label: "declared again",
            related: [{ place: other.place, text: "first declared here" }],
            help: "Give one of them another name.",
          }),
        )
      }
    }
  }
  const scopes = new Map(files.map(file => [file.path, scopeOf(file, own, project, found)]))
  return {
    declared: [...own.values()].flatMap(names => [...names.values()]),
    tests: files.flatMap(file =>
      file.tree.declarations.flatMap(node => (node.kind === "test" ? [{ node, file: file.path }] : [])),
    ),
    scopes,
  }
}

function ownNames(file: LoadedFile, found: Findings): ReadonlyMap<string, Declared> {
  const place = placeIn(file.path)
  const names = new Map<string, Declared>()
  for (const node of file.tree.declarations) {
    if (node.kind === "import" || node.kind === "test") continue
    const first = names.get(node.name.text)
    if (first !== undefined) {
      found.report(
        diagnostic("FM2002", { name: node.name.text }, place(node.name), {
          label: "declared again",
          related: [{ place: first.place, text: "first declared here" }],
        }),
      )
      continue
    }
    if (!node.name.quoted && !/^\p{Lu}[\p{L}\p{N}]*$/u.test(node.name.text)) {
      found.report(
        diagnostic("FM2007", { name: node.name.text, kind: node.kind }, place(node.name), {
          help: "Rename it, or put it in backticks if it must be spelt this way.",
        }),
      )
    }
    names.set(node.name.text, { node, name: node.name.text, file: file.path, place: place(node.name) })
  }
  return names
}

function scopeOf(
  file: LoadedFile,
  own: ReadonlyMap<string, ReadonlyMap<string, Declared>>,
  project: ReadonlyMap<string, Declared>,
  found: Findings,
): ReadonlyMap<string, Declared | null> {
  const place = placeIn(file.path)
  const scope = new Map<string, Declared | null>(own.get(file.path))
  const imported: { name: Name; declared: Declared }[] = []
  const places = new Map([...scope].map(([name, declared]) => [name, declared?.place]))
  for (const { node, path } of file.imports) {
    const there = path === null ? null : own.get(path)
    for (const { name, alias } of node.names) {
      const local = alias ?? name
      const declared = there?.get(name.text) ?? null
      if (there !== null && there !== undefined && declared === null)
        reportUndeclared(name, path ?? "", there, project.get(name.text), place(name), found)
      const other = places.get(local.text)
      if (scope.has(local.text)) {
        // The same name declared in both files has been reported where it is declared again.
        if (declared?.name === local.text && own.get(file.path)?.has(local.text) === true) continue
        found.report(
          diagnostic("FM2005", { name: local.text }, place(local), {
            label: "imported here",
            related: other === undefined ? [] : [{ place: other, text: "already stands for this" }],
            help: `Import it under another name: ${name.text} as ….`,
          }),
        )
        continue
      }
      scope.set(local.text, declared)
      places.set(local.text, place(local))
      if (declared !== null) imported.push({ name: local, declared })
    }
  }
  if (imported.length > 0) {
    const used = usedNames(file.tree)
    for (const { name } of imported) {
      if (!used.has(name.text)) {
        found.report(
          diagnostic("FM2006", { name: name.text }, place(name), {
            label: "not used",
            help: "Remove it from the import.",
          }),
        )
      }
    }
  }
  return scope
}

function reportUndeclared(
  name: Name,
  file: string,
  there: ReadonlyMap<string, Declared>,
  elsewhere: Declared | undefined,
  at: Place,
  found: Findings,
): void {
  const near = elsewhere === undefined ? closest(name.text, there.keys()) : null
  const hint = near === null ? undefined : there.get(near)
  found.report(
    diagnostic("FM2004", { name: name.text, file }, at, {
      label: "not declared there",
      related: hint === undefined ? [] : [{ place: hint.place, text: "this is declared there" }],
      ...(elsewhere === undefined
        ? {}
        : { help: `It is declared in ${elsewhere.file}: import it from there.` }),
      ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place: at, text: near }] }),
    }),
  )
}
