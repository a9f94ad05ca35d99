// What an amount is an amount of: `money in ccy of Measure.Booked`. Flows in: the path after `of`. Flows out: a measure, or
// null after a diagnostic. Which amounts may meet is the checker's business.
import { diagnostic, type Path, suggest } from "@fmap/grammar"
import type { TypeContext } from "./from-node.ts"
import type { Measure } from "./type.ts"

export function measureFromNode(path: Path, context: TypeContext): Measure | null {
  const place = { file: context.file, span: path.span }
  const refuse = (problem: string, help: string): null => {
    context.report(diagnostic("FM6403", { problem }, place, { help }))
    return null
  }
  const example = "Declare `enum Measure { Booked, Billed }` and write `of Measure.Booked`."
  const [first, member, ...rest] = path.names
  if (first === undefined || member === undefined || rest.length > 0)
    return refuse("an enum and one of its members are wanted", example)
  const declared = context.typeNamed(first)
  if (declared === null) return null
  if (declared.kind !== "enum") return refuse(`"${first.text}" is no enum`, example)
  if (declared.type.open)
    return refuse(`"${first.text}" is open, and measures are known beforehand`, "Declare it without `open`.")
  const values = declared.type.members.map(m => m.value)
  if (!values.includes(member.text)) {
    const close = suggest(member.text, values)
    return refuse(
      `"${first.text}" has no member "${member.text}"`,
      close === undefined ? `It has ${values.join(", ")}.` : `Did you mean "${close}"?`,
    )
  }
  // The enum's own name: two imports of one enum under two names are one.
  const name = `${declared.type.name ?? first.text}.${member.text}`
  return { id: `${declared.place.file}#${name}`, name }
}
