// A whole import as a file. Flows in: what an importer gave, settled. Flows out: formatted `.fmap` text. A text the formatter
// refuses is a bug of the printer, whatever the source said.
import { formatSource } from "@fmap/grammar"
import type { Imported } from "../model.ts"
import { nameDeclarations } from "./name-declarations.ts"
import { printDeclaration, printSystem } from "./print-declaration.ts"

export interface PrintOptions {
  /** Clauses of each contract that say where it comes from, by its name in the source. */
  readonly clauses?: (contract: string) => readonly string[]
}

export function printImported(imported: Imported, options: PrintOptions = {}): string {
  const names = nameDeclarations(imported)
  const { system } = imported
  const parts = [
    ...(system === null || names.system === null ? [] : [printSystem(system, names.system)]),
    ...imported.declarations.map(declaration =>
      printDeclaration(declaration, names, options.clauses?.(declaration.name) ?? []),
    ),
  ]
  return formatPrinted(parts.length === 0 ? "" : `${parts.join("\n\n")}\n`)
}

export function formatPrinted(text: string): string {
  const formatted = formatSource(text, "import.fmap")
  if (formatted.kind === "formatted") return formatted.text
  const [first] = formatted.diagnostics
  throw new Error(
    `an import was printed as text that cannot be read: ${first?.code} ${first?.message} near ${JSON.stringify(text.slice(first?.labels[0].place.span.start ?? 0).slice(0, 120))}`,
  )
}
