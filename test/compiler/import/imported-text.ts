// One source through the importer of its format, for tests. Flows in: a name and a text, and files beside it. Flows out: what was
// imported, or the problem; and its text.
import {
  type Imported,
  type ImportedContract,
  type ImportedField,
  type ImportFormat,
  type ImportProblem,
  importSource,
  printImported,
} from "@fmap/compiler/import"

export interface Sources {
  readonly name: string
  readonly text: string
  readonly beside?: Readonly<Record<string, string>>
  readonly format?: ImportFormat
  readonly only?: readonly string[]
}

export function imported({ name, text, beside = {}, format, only }: Sources): Imported | ImportProblem {
  const result = importSource(
    {
      name,
      text,
      beside: path =>
        Object.hasOwn(beside, path) && beside[path] !== undefined ? { name: path, text: beside[path] } : null,
    },
    { format: format ?? null, system: null, direction: null, only: only ?? null },
  )
  return result.kind === "imported" ? result.imported : result.problems[0]!
}

export function importedOnly(sources: Sources): Imported {
  const result = imported(sources)
  if ("declarations" in result) return result
  throw new Error(JSON.stringify(result))
}

export function importedText(sources: Sources): string {
  return printImported(importedOnly(sources))
}

export function contractOf(from: Imported, name: string): ImportedContract {
  const found = from.declarations.find(each => each.name === name)
  if (found?.kind === "contract") return found
  throw new Error(`${name} is no contract of ${from.declarations.map(each => each.name).join(", ")}`)
}

export function fieldOf(from: Imported, shape: string, wireName: string): ImportedField {
  const found = from.declarations.find(each => each.name === shape)
  const field =
    found === undefined || found.kind === "enum"
      ? undefined
      : found.fields.find(each => each.wireName === wireName)
  if (field === undefined) throw new Error(`${shape} has no ${wireName}`)
  return field
}
