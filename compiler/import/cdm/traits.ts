// Traits of the Common Data Model. Flows in: a list of traits as a document has it. Flows out: arguments by the name of the trait.
import { listOf, memberOf, textOf } from "../tree/tree-value.ts"
import { referenceName } from "./read-entities.ts"

/** The arguments of a trait; null where it is not applied. */
export function traitOf(traits: unknown, name: string): readonly unknown[] | null {
  for (const trait of listOf(traits) ?? []) {
    if (referenceName(trait, "traitReference") === name) return listOf(memberOf(trait, "arguments")) ?? []
  }
  return null
}

/** One argument as text, by its name or the only one without. */
export function argumentText(args: readonly unknown[] | null, name: string): string | null {
  for (const argument of args ?? []) {
    if (typeof argument === "string") return argument
    const value = memberOf(argument, "value")
    if (textOf(argument, "name") === name && typeof value === "string") return value
  }
  return null
}

/** The rows of the constant table that an argument holds. */
export function argumentRows(args: readonly unknown[] | null): readonly (readonly string[])[] {
  for (const argument of args ?? []) {
    const reference =
      memberOf(argument, "entityReference") ?? memberOf(memberOf(argument, "value"), "entityReference")
    const rows = listOf(memberOf(reference, "constantValues"))
    if (rows !== null)
      return rows.map(row =>
        (listOf(row) ?? []).map(cell => (typeof cell === "string" ? cell : String(cell))),
      )
  }
  return []
}
