// From the lines and columns of a Plan to places in texts. Flows in: a Plan and the texts of its files. Flows out: places as diagnostics have
// them. A text that cannot be read gives its beginning.
import type { At, Plan } from "@fmap/compiler"
import { type Place, type SourceText, sourceText } from "@fmap/grammar"
import type { TextOf } from "../reporters/finding.ts"

export function placesOf(plan: Plan, textOf: TextOf): (at: At) => Place {
  const texts = new Map<string, SourceText>()
  return ([index, line, column, endLine, endColumn]) => {
    const file = plan.files[index]?.path ?? ""
    const text = texts.get(file) ?? sourceText(textOf(file) ?? "", file)
    texts.set(file, text)
    const start = text.lineStart(line) + column - 1
    return { file, span: { start, end: Math.max(start, text.lineStart(endLine) + endColumn - 1) } }
  }
}
