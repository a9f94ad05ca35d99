// The one door of @fmap/grammar: text to tree, tree to text, diagnostics.

export { applyEdits } from "./diagnostics/apply-edits.ts"
export type { CatalogueEntry } from "./diagnostics/catalogue/entry.ts"
export { type Catalogue, catalogue, type DiagnosticCode } from "./diagnostics/catalogue/index.ts"
export * from "./diagnostics/diagnostic.ts"
export { type RenderOptions, renderDiagnostic } from "./diagnostics/render.ts"
export { suggest } from "./diagnostics/suggest.ts"
export { type Formatted, formatSource } from "./format/format-source.ts"
export { type Parsed, parse } from "./parser/parse.ts"
export { type Decoded, decodeSource } from "./source/decode-source.ts"
export { type Position, type SourceText, sourceText } from "./source/source-text.ts"
export type * from "./tree/index.ts"
