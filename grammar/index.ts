// The one door of @fmap/grammar: text to tree, tree to text, diagnostics.
export type * from "./tree/index.ts"
export * from "./diagnostics/diagnostic.ts"
export { catalogue, type Catalogue, type DiagnosticCode } from "./diagnostics/catalogue/index.ts"
export type { CatalogueEntry } from "./diagnostics/catalogue/entry.ts"
export { type Parsed, parse } from "./parser/parse.ts"
export { suggest } from "./diagnostics/suggest.ts"
export { type Formatted, formatSource } from "./format/format-source.ts"
export { type Position, type SourceText, sourceText } from "./source/source-text.ts"
