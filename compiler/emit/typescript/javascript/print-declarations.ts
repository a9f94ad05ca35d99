// The `.d.ts` of a module: the same declarations, without what only the module sees.
import { printModule } from "./print.ts"
import type { JsDeclaration } from "./nodes.ts"

export function printDeclarations(header: readonly string[], declarations: readonly JsDeclaration[]): string {
  const shown = declarations.flatMap((declaration): readonly JsDeclaration[] => {
    switch (declaration.kind) {
      case "import":
        return declaration.typeOnly ? [declaration] : []
      case "interface":
        return declaration.exported ? [declaration] : []
      case "function":
        return declaration.exported ? [{ ...declaration, body: [] }] : []
      case "value":
        return declaration.exported ? [declaration] : []
      case "heading":
        return []
    }
  })
  return printModule(header, shown, "", "declarations").typescript
}

