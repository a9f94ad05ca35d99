// The `.d.ts` of a module: the same declarations, without what only the module sees.

import type { JsDeclaration } from "./nodes.ts"
import { printModule } from "./print.ts"

export function printDeclarations(header: readonly string[], declarations: readonly JsDeclaration[]): string {
  const shown = declarations.filter(isShown).map(declaration =>
    // no body: only the signature is printed
    declaration.kind === "function" ? { ...declaration, body: [] } : declaration,
  )
  return printModule(header, shown, "", "declarations").typescript
}

function isShown(declaration: JsDeclaration): boolean {
  switch (declaration.kind) {
    case "import":
      return declaration.typeOnly
    case "interface":
    case "function":
    case "value":
      return declaration.exported
    case "heading":
      return false
  }
}
