// The `.d.ts` of a module: the same declarations, without what only the module sees.
import { commentText } from "./escape.ts"
import type { JsDeclaration } from "./nodes.ts"
import { printSignature } from "./print.ts"

/** `texts`: the declarations as they stand in the module. */
export function printDeclarations(
  header: readonly string[],
  declarations: readonly JsDeclaration[],
  texts: readonly string[],
): string {
  let text = header.map(entry => `// ${commentText(entry)}\n`).join("")
  declarations.forEach((declaration, index) => {
    if (!isShown(declaration)) return
    // types say the same in both
    const same =
      declaration.kind === "import" || declaration.kind === "interface" || declaration.kind === "alias"
    text += same ? (texts[index] ?? "") : printSignature(declaration)
  })
  return text
}

function isShown(declaration: JsDeclaration): boolean {
  switch (declaration.kind) {
    case "import":
      return declaration.typeOnly
    case "interface":
    case "alias":
    case "function":
    case "value":
      return declaration.exported
    case "heading":
      return false
  }
}
