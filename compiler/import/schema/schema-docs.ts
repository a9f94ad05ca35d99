// What a schema says to people. Flows in: a schema. Flows out: lines of documentation.
import { memberOf, numberTextOf, textOf } from "../tree/tree-value.ts"

export function schemaDocs(schema: unknown, name: string | null): readonly string[] {
  const title = textOf(schema, "title")
  const description = textOf(schema, "description")
  const given = memberOf(schema, "default")
  const shown =
    typeof given === "string"
      ? JSON.stringify(given)
      : typeof given === "boolean"
        ? String(given)
        : numberTextOf(given)
  const isSaid =
    title === null ||
    (name !== null && bare(title) === bare(name)) ||
    (description !== null && bare(description).startsWith(bare(title)))
  return [
    ...(isSaid ? [] : [`${title}${/[.!?]$/.test(title) ? "" : "."}`]),
    ...(description === null ? [] : [description]),
    ...(shown === null ? [] : [`Without it: ${shown}.`]),
  ]
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
}
