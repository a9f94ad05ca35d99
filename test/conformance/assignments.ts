// Every assignment of a file's maps, at any depth: what Law 1 is proved with. Flows in: text. Flows out: the statements.
import {
  type AssignStatement,
  type Expression,
  type KeyStatement,
  parse,
  type Statement,
} from "@fmap/grammar"

export function assignments(text: string, file: string): readonly (AssignStatement | KeyStatement)[] {
  const found: (AssignStatement | KeyStatement)[] = []
  const visitAll = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "choose") for (const arm of statement.arms) visitAll(arm.statements)
      if (statement.kind !== "assign" && statement.kind !== "key") continue
      found.push(statement)
      visit(statement.value)
    }
  }
  const visit = (value: Expression): void => {
    if (value.kind === "record") visitAll(value.statements)
    else for (const inner of inside(value)) visit(inner)
  }
  for (const declaration of parse(text, file).tree.declarations) {
    if (declaration.kind === "map") visitAll(declaration.statements)
  }
  return found
}

/** Where a record may stand inside a value. */
function inside(value: Expression): readonly Expression[] {
  switch (value.kind) {
    case "each":
    case "group":
    case "tree":
      return [value.body]
    case "else":
      return [value.value, value.handler]
    case "parenthesized":
      return [value.inner]
    case "match":
      return value.arms.map(arm => arm.result)
    case "list":
      return value.elements.map(element => element.value)
    default:
      return []
  }
}
