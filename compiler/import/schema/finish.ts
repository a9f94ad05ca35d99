// What a reading of schemas gives at its end. Flows in: the context and which names are contracts. Flows out: the import, or the
// problems that made it impossible. Each note is told once.
import type {
  ImportedContract,
  ImportedDeclaration,
  ImportedSystem,
  ImportNote,
  ImportResult,
} from "../model.ts"
import type { SchemaContext } from "./schema-context.ts"
import { readWaiting } from "./schema-type.ts"

export interface ContractFacts {
  readonly version: string
  readonly direction: ImportedContract["direction"]
}

export function finish(
  context: SchemaContext,
  system: ImportedSystem,
  contracts: ReadonlyMap<string, ContractFacts>,
): ImportResult {
  readWaiting(context)
  if (context.problems.length > 0) {
    const unique = new Map(context.problems.map(problem => [`${problem.at}\n${problem.message}`, problem]))
    return { kind: "unreadable", problems: [...unique.values()].slice(0, 20) }
  }
  const declarations = [...context.declared.values()].flatMap((declaration): ImportedDeclaration[] => {
    if (declaration === null) return []
    const facts = contracts.get(declaration.name)
    if (declaration.kind !== "record" || facts === undefined) return [declaration]
    const { name, docs, fields } = declaration
    return [{ kind: "contract", name, docs, fields, ...facts, requiredOnCreate: [], requiredOnUpdate: [] }]
  })
  return { kind: "imported", imported: { system, declarations, notes: once(context.notes) } }
}

function once(notes: readonly ImportNote[]): readonly ImportNote[] {
  return [...new Map(notes.map(note => [`${note.kind}\n${note.at}\n${note.message}`, note])).values()]
}

/** Numbers of JSON are numbers; what a field says otherwise says its wire form. */
export function jsonSystem(name: string, docs: readonly string[]): ImportedSystem {
  return {
    name,
    docs,
    kind: null,
    wire: new Map([
      ["decimal", "number"],
      ["int", "number"],
    ]),
  }
}

/** `v3` is 3.0.0, `2024-06-01` is 2024.6.1. */
export function versionFrom(text: string | null): string {
  const found = /(\d{1,9})(?:[.-](\d{1,9}))?(?:[.-](\d{1,9}))?/.exec(text ?? "")
  if (found === null) return "0.1.0"
  return [found[1], found[2], found[3]].map(part => String(Number(part ?? "0"))).join(".")
}
