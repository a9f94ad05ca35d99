// A first import as text. Flows in: what was imported and the file it came from. Flows out: formatted `.fmap` text in which every
// contract says where it comes from.
import { formatWord, printImported, type SourceImport, textLiteral } from "@fmap/compiler/import"

export function printFresh(found: SourceImport & { kind: "imported" }, file: string): string {
  const clauses = (contract: string) => [
    `from ${formatWord(found.format)} ${textLiteral(file)}${found.picked.has(contract) ? " picks" : ""}`,
  ]
  return printImported(found.imported, { clauses })
}
