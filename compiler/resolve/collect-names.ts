// Which name means which declaration in each file. Flows in: loaded files. Flows out: every declaration once, with its
// id in the project, and per file a table from name to declaration (own and imported). Nothing inside declarations is
// looked at, but for the question whether an import is used at all.
import {
  type CalendarDeclaration,
  type ConsumerDeclaration,
  type ContractDeclaration,
  type CrosswalkDeclaration,
  diagnostic,
  type EnumDeclaration,
  type FlowDeclaration,
  type FunctionDeclaration,
  type HierarchyDeclaration,
  type MapDeclaration,
  type Name,
  type Place,
  type PolicyDeclaration,
  type RecordDeclaration,
  type SystemDeclaration,
  type TestDeclaration,
} from "@fmap/grammar"
import { packageRootOf } from "../host/paths.ts"
import { declaredId } from "../plan/declared-id.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { type LoadedFile, plainText } from "../project/load-project.ts"
import { isBuiltinCall } from "./builtin-names.ts"
import { closest } from "./closest.ts"
import type { BoundDeclaration } from "./model.ts"
import { usedNames } from "./used-names.ts"

export type NamedDeclaration =
  | SystemDeclaration
  | EnumDeclaration
  | RecordDeclaration
  | ContractDeclaration
  | CrosswalkDeclaration
  | HierarchyDeclaration
  | FlowDeclaration
  | MapDeclaration
  | FunctionDeclaration
  | CalendarDeclaration
  | PolicyDeclaration
  | ConsumerDeclaration

/** A declaration that can be named, before it is bound. */
export interface Declared<D extends NamedDeclaration = NamedDeclaration> {
  readonly node: D
  readonly name: string
  /** Unlike any other of its kind in the project: see declaredId. */
  readonly id: string
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
  const unidentified = files.map(file => ({ file, names: ownNames(file, found) }))
  const project = new Map<string, Unidentified[]>()
  for (const { names } of unidentified) {
    for (const declared of names.values()) {
      const others = project.get(declared.name) ?? []
      project.set(declared.name, others)
      const known = others.find(other => kindOf(other.node) === kindOf(declared.node))
      if (known !== undefined) reportKnown(declared, known, found)
      others.push(declared)
    }
  }
  const own = new Map(
    unidentified.map(({ file, names }) => [
      file.path,
      new Map([...names].map(([name, declared]) => [name, identified(declared, project)])),
    ]),
  )
  const broken = new Set(files.filter(file => file.broken).map(({ path }) => path))
  const scopes = new Map(files.map(file => [file.path, scopeOf(file, own, project, broken, found)]))
  return {
    declared: [...own.values()].flatMap(names => [...names.values()]),
    // A package has run its own.
    tests: files.flatMap(file =>
      file.tree.declarations.flatMap(node =>
        node.kind === "test" && packageRootOf(file.path) === null ? [{ node, file: file.path }] : [],
      ),
    ),
    scopes,
  }
}

type Unidentified = Omit<Declared, "id">

/** Systems, maps, flows and consumers are called by their names from outside: `fmap run BookOrder`. Everything else is known by its id. */
const knownByName: ReadonlySet<NamedDeclaration["kind"]> = new Set(["system", "map", "flow", "consumer"])

function reportKnown(declared: Unidentified, first: Unidentified, found: Findings): void {
  const { kind } = declared.node
  if (!knownByName.has(kind)) return
  found.report(
    diagnostic("FM2003", { kind, name: declared.name, file: first.file }, declared.place, {
      label: "declared again",
      related: [{ place: first.place, text: "first declared here" }],
      help:
        kind === "system"
          ? `If it is the same system, import it from ${first.file}; else give one of them another name.`
          : "Give one of them another name.",
    }),
  )
}

function identified(declared: Unidentified, project: ReadonlyMap<string, readonly Unidentified[]>): Declared {
  const { node, name, file } = declared
  const alike = project.get(name)?.filter(other => kindOf(other.node) === kindOf(node)) ?? []
  return { ...declared, id: declaredId(name, file, knownByName.has(node.kind) || alike.length < 2) }
}

function ownNames(file: LoadedFile, found: Findings): ReadonlyMap<string, Unidentified> {
  const place = placeIn(file.path)
  const names = new Map<string, Unidentified>()
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
    if (node.kind === "fn") judgeFunctionName(node.name, place(node.name), found)
    else if (!node.name.quoted && !/^\p{Lu}[\p{L}\p{N}]*$/u.test(node.name.text)) {
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

/** A function is called like the built-in ones: `net(a, b)`. */
function judgeFunctionName(name: Name, at: Place, found: Findings): void {
  if (isBuiltinCall(name.text)) {
    found.report(
      diagnostic("FM2071", { name: name.text }, at, {
        label: "already the language's own",
        help: "Choose another name.",
      }),
    )
  } else if (!name.quoted && !/^[\p{Ll}_][\p{L}\p{N}_]*$/u.test(name.text)) {
    found.report(
      diagnostic("FM2070", { name: name.text }, at, {
        help: "Rename it, or put it in backticks if it must be spelt this way.",
      }),
    )
  }
}

function scopeOf(
  file: LoadedFile,
  own: ReadonlyMap<string, ReadonlyMap<string, Declared>>,
  project: ReadonlyMap<string, readonly Unidentified[]>,
  broken: ReadonlySet<string>,
  found: Findings,
): ReadonlyMap<string, Declared | null> {
  const place = placeIn(file.path)
  const scope = new Map<string, Declared | null>(own.get(file.path))
  const imported: { name: Name; declared: Declared }[] = []
  const places = new Map([...scope].map(([name, declared]) => [name, declared?.place]))
  for (const { node, paths } of file.imports) {
    const there = paths.flatMap(path => own.get(path) ?? [])
    for (const { name, alias } of node.names) {
      const local = alias ?? name
      const [declared = null, second] = there.flatMap(names => names.get(name.text) ?? [])
      // What is not declared there may stand in the part of the file nobody could read.
      const isWhole = !paths.some(path => broken.has(path))
      if (declared === null && there.length > 0 && isWhole) {
        const from = paths.length === 1 ? (paths[0] ?? "") : (plainText(node.from) ?? "")
        const offered = new Map(there.flatMap(names => [...names]))
        reportUndeclared(name, from, offered, project.get(name.text) ?? [], place(name), found)
      } else if (declared !== null && second !== undefined) {
        found.report(
          diagnostic("FM7074", { name: name.text }, place(name), {
            label: "could be either",
            related: [declared, second].map(one => ({ place: one.place, text: "declared here" })),
          }),
        )
      }
      const other = places.get(local.text)
      if (scope.has(local.text)) {
        // One system or map in both files has been reported where it is declared again.
        const mine = own.get(file.path)?.get(local.text)
        if (
          mine !== undefined &&
          declared?.name === mine.name &&
          declared.node.kind === mine.node.kind &&
          knownByName.has(mine.node.kind)
        )
          continue
        found.report(
          diagnostic("FM2005", { name: local.text }, place(local), {
            label: "imported here",
            related: other === undefined ? [] : [{ place: other, text: "already stands for this" }],
            help: `Import it under another name: ${name.text} as ….`,
          }),
        )
        continue
      }
      if (declared?.node.kind === "fn" && alias !== null) judgeFunctionName(local, place(local), found)
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
  elsewhere: readonly Unidentified[],
  at: Place,
  found: Findings,
): void {
  const near = elsewhere.length === 0 ? closest(name.text, there.keys()) : null
  const hint = near === null ? undefined : there.get(near)
  found.report(
    diagnostic("FM2004", { name: name.text, file }, at, {
      label: "not declared there",
      related: hint === undefined ? [] : [{ place: hint.place, text: "this is declared there" }],
      ...(elsewhere.length === 0
        ? {}
        : {
            help: `It is declared in ${elsewhere
              .slice(0, 3)
              .map(e => e.file)
              .join(" and ")}: import it from there.`,
          }),
      ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place: at, text: near }] }),
    }),
  )
}

/** Records and contracts are used alike; a hierarchy is reference data like a crosswalk. */
export function kindOf(node: NamedDeclaration): BoundDeclaration["kind"] {
  if (node.kind === "hierarchy") return "crosswalk"
  return node.kind === "record" || node.kind === "contract" ? "shape" : node.kind
}
