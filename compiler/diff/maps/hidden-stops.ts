// What can end a record although no field is made of it in every case: a `let` that is computed always and read only sometimes. Flows in: the values of
// `let`s with ways out, and what a record is made of. Flows out: when each hidden one ends the record, and nothing of what it gives.
import { conditional } from "./choices.ts"
import { boolForm } from "./conditions.ts"
import type { Form, Forms } from "./form.ts"
import { remade } from "./rebuild.ts"

export function hiddenStops(lets: readonly Form[], made: readonly Form[], forms: Forms): readonly Form[] {
  const certain = certainStops(made, forms)
  const hidden = new Map<number, Form>()
  for (const value of lets) {
    const ending = endingOf(value, forms)
    if (!certain.has(ending.id)) hidden.set(ending.id, ending)
  }
  // what another hidden one is computed from ends the record there
  return [...hidden.values()].filter(
    one =>
      ![...hidden.values()].some(other => other.id !== one.id && certainStops([other], forms).has(one.id)),
  )
}

/** When it ends a record: the choices on the way to its ways out, without the values of other cases. */
function endingOf(form: Form, forms: Forms): Form {
  if (!form.exits) return boolForm(true, forms)
  const { op, parts, at } = form
  const ending = (part: Form): Form => endingOf(part, forms)
  switch (op) {
    case "exit":
      return form
    case "if":
      return remade(
        form,
        parts.map((part, i) => (i % 2 === 1 || i === parts.length - 1 ? ending(part) : part)),
        forms,
      )
    case "switch":
      return remade(
        form,
        parts.map((part, i) => (i === 0 ? part : ending(part))),
        forms,
      )
    case "coalesce": {
      const last = parts.at(-1)
      const asked = parts.slice(0, -1).map(part => ({
        when: forms.make("present", [], [part], at),
        then: ending(part),
      }))
      return last === undefined ? form : conditional(asked, ending(last), forms, at)
    }
    default: {
      const inside = parts.filter(part => part.exits).map(ending)
      const [only] = inside
      return only !== undefined && inside.length === 1
        ? only
        : forms.make(
            "list",
            ["ends"],
            inside.toSorted((a, b) => a.id - b.id),
            at,
          )
    }
  }
}

/** What is computed for every record whatever it holds, and may end it: numbers of endings. */
function certainStops(roots: readonly Form[], forms: Forms): ReadonlySet<number> {
  const found = new Set<number>()
  const seen = new Set<number>()
  const visit = (form: Form): void => {
    if (!form.exits || seen.has(form.id)) return
    seen.add(form.id)
    found.add(form.id)
    found.add(endingOf(form, forms).id)
    for (const part of certainParts(form)) visit(part)
  }
  for (const root of roots) visit(root)
  return found
}

function certainParts({ op, parts }: Form): readonly Form[] {
  switch (op) {
    case "if":
    case "switch":
    case "coalesce":
      return parts.slice(0, 1)
    case "and":
    case "or":
      return []
    case "each":
    case "aggregate":
    case "grouping":
    case "nesting":
      return parts.filter(part => part.op === "generator").slice(0, 1)
    case "generator":
      return parts.slice(0, 1)
    case "list":
      return parts.filter((_, i) => i % 2 === 1 && parts[i - 1]?.op === "none")
    default:
      return parts
  }
}
