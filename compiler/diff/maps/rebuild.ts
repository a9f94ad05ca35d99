// A form with some of its parts replaced, in its one form again. Flows in: a form and what is to stand for which part. Flows out: a form; where
// nothing was replaced the same.
import { armsOf, coalesce, conditional, valueSwitch } from "./choices.ts"
import { comparison, joined, operatorOf, opposed } from "./conditions.ts"
import type { Form, Forms } from "./form.ts"
import { numberForm, productOf, quotientOf, sumOf, valueOfNumber } from "./linear.ts"
import { memberOf } from "./member.ts"

/** `instead` gives null for what stays, and is asked for no part of what it replaced. */
export function rebuilt(form: Form, instead: (form: Form) => Form | null, forms: Forms): Form {
  const done = new Map<number, Form>()
  const visit = (one: Form): Form => {
    const known = done.get(one.id)
    if (known !== undefined) return known
    const other = instead(one) ?? inside(one)
    done.set(one.id, other)
    return other
  }
  const inside = (one: Form): Form => {
    const parts = one.parts.map(visit)
    return parts.every((part, i) => part.id === one.parts[i]?.id) ? one : remade(one, parts, forms)
  }
  return visit(form)
}

/** The operation with other parts, in its one form. */
export function remade(form: Form, parts: readonly Form[], forms: Forms): Form {
  const { op, detail, at } = form
  const [first, second] = parts
  switch (op) {
    case "sum": {
      const constant = factorForm(detail.at(-1) ?? "0", forms)
      return parts.reduce(
        (sum, part, i) =>
          sumOf(sum, productOf(factorForm(detail[i] ?? "1", forms), part, forms, at), forms, at),
        constant,
      )
    }
    case "product": {
      const [head, ...rest] = parts
      return head === undefined
        ? form
        : rest.reduce((product, part) => productOf(product, part, forms, at), head)
    }
    case "inverse":
      return first === undefined ? form : quotientOf(numberForm("1", forms), first, forms, at)
    case "compare":
      return first === undefined || second === undefined
        ? form
        : comparison(operatorOf(form), first, second, valueOfNumber(second) !== null, forms, at)
    case "and":
    case "or":
      return joined(op, parts, forms, at)
    case "not":
      return first === undefined ? form : opposed(first, forms)
    case "if": {
      const { arms, otherwise } = armsOf({ ...form, parts })
      return conditional(arms, otherwise, forms, at)
    }
    case "switch": {
      if (first === undefined) return form
      const partOf = (role: string): Form | null => parts[detail.indexOf(role) + 1] ?? null
      const arms = detail.flatMap((role, i) => {
        const then = parts[i + 1]
        return role.startsWith("=") && then !== undefined ? [{ value: role.slice(1), then }] : []
      })
      const missing = detail.includes("missing") ? partOf("missing") : null
      const otherwise = detail.includes("otherwise") ? partOf("otherwise") : null
      return valueSwitch({ subject: first, arms, missing, otherwise }, forms, at)
    }
    case "coalesce":
      return coalesce(parts, forms, at)
    case "field":
      return first === undefined ? form : memberOf(first, detail[0] ?? "", at, forms)
    default:
      return forms.make(op, detail, parts, at)
  }
}

function factorForm(text: string, forms: Forms): Form {
  const [n = "0", d] = text.split("/")
  const top = numberForm(n, forms)
  return d === undefined ? top : quotientOf(top, numberForm(d, forms), forms, null)
}

/** The value without the checks whether it fits its fields. */
export function unfitted(form: Form, forms: Forms): Form {
  return without(form, ["fit"], forms)
}

/** Every figure as if nothing were rounded on its way, nor checked. */
export function unrounded(form: Form, forms: Forms): Form {
  return without(form, ["fit", "round"], forms)
}

function without(form: Form, operations: readonly Form["op"][], forms: Forms): Form {
  return rebuilt(
    form,
    one => {
      const [of] = one.parts
      return of !== undefined && operations.includes(one.op) ? without(of, operations, forms) : null
    },
    forms,
  )
}
