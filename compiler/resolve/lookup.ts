// Finding declarations by name from inside one file, with the right complaint when there is none. Flows in: the file's
// names and what has been bound so far. Flows out: bound declarations, or null after a diagnostic.
import { builtinMeant, type Diagnostic, diagnostic, type Name, type PolicyDeclaration } from "@fmap/grammar"
import { closest } from "./closest.ts"
import { type Declared, kindOf, type NamedDeclaration } from "./collect-names.ts"
import type {
  BoundCalendar,
  BoundDeclaration,
  BoundEnum,
  BoundMap,
  BoundShape,
  BoundSystem,
} from "./model.ts"

export interface Lookup {
  readonly file: string
  readonly names: ReadonlyMap<string, Declared | null>
  /** Bound declarations by their syntax node; what a declaration needs is bound before it. */
  readonly bound: ReadonlyMap<NamedDeclaration, BoundDeclaration>
  readonly report: (diagnostic: Diagnostic) => void
}

export function typeNamed(name: Name, lookup: Lookup): BoundEnum | BoundShape | null {
  const found = find(name, lookup, ["enum", "shape"], "a type", "FM2001")
  return found?.kind === "enum" || found?.kind === "shape" ? found : null
}

export function systemNamed(name: Name, lookup: Lookup): BoundSystem | null {
  const found = find(name, lookup, ["system"], "a system", "FM2013")
  return found?.kind === "system" ? found : null
}

export function mapNamed(name: Name, lookup: Lookup): BoundMap | null {
  const found = find(name, lookup, ["map"], "a map", "FM2014")
  return found?.kind === "map" ? found : null
}

export function calendarNamed(name: Name, lookup: Lookup): BoundCalendar | null {
  const found = find(name, lookup, ["calendar"], "a calendar", "FM2030")
  return found?.kind === "calendar" ? found : null
}

/** The declaration may not be bound yet: policies name each other in any order. */
export function policyNamed(name: Name, lookup: Lookup): Declared<PolicyDeclaration> | null {
  const declared = lookup.names.get(name.text)
  if (declared?.node.kind === "policy") return declared as Declared<PolicyDeclaration>
  find(name, lookup, ["policy"], "a policy", "FM6602")
  return null
}

/** What a consumer reads: a contract, or what a map makes. */
export function readNamed(name: Name, lookup: Lookup): BoundShape | BoundMap | null {
  const found = find(name, lookup, ["shape", "map"], "a contract or a map", "FM6610")
  if (found?.kind === "map" || (found?.kind === "shape" && found.isContract)) return found
  if (found?.kind === "shape")
    lookup.report(
      diagnostic(
        "FM2008",
        { name: name.text, is: nouns.record, wanted: "a contract or a map" },
        { file: lookup.file, span: name.span },
        {
          label: "wanted a contract or a map",
          related: [{ place: found.place, text: "declared as a record" }],
        },
      ),
    )
  return null
}

const nouns = {
  system: "a system",
  enum: "an enum",
  record: "a record",
  contract: "a contract",
  crosswalk: "a crosswalk",
  hierarchy: "a hierarchy",
  map: "a map",
  fn: "a function",
  calendar: "a calendar",
  policy: "a policy",
  consumer: "a consumer",
  flow: "a flow",
} as const

function find(
  name: Name,
  lookup: Lookup,
  wanted: readonly BoundDeclaration["kind"][],
  noun: string,
  code: "FM2001" | "FM2013" | "FM2014" | "FM2030" | "FM6602" | "FM6610",
): BoundDeclaration | null {
  const place = { file: lookup.file, span: name.span }
  const declared = lookup.names.get(name.text)
  if (declared === null) return null
  if (declared === undefined) {
    const candidates = [...lookup.names].flatMap(([text, d]) =>
      d !== null && wanted.includes(kindOf(d.node)) ? [text] : [],
    )
    const near = (code === "FM2001" ? builtinMeant(name.text) : undefined) ?? closest(name.text, candidates)
    lookup.report(
      diagnostic(code, { name: name.text }, place, {
        label: "not declared or imported",
        ...(near === null
          ? { help: "Declare it here or import it from the file that does." }
          : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
      }),
    )
    return null
  }
  if (!wanted.includes(kindOf(declared.node))) {
    lookup.report(
      diagnostic("FM2008", { name: name.text, is: nouns[declared.node.kind], wanted: noun }, place, {
        label: `wanted ${noun}`,
        related: [{ place: declared.place, text: `declared as ${nouns[declared.node.kind]}` }],
      }),
    )
    return null
  }
  // Not bound: it is on a circle of records, which has been reported.
  return lookup.bound.get(declared.node) ?? null
}
