// What the comparers of two maps share: what a change is, and where it stands. Flows in: nothing. Flows out: types and small readers of forms.
// Decides no severity and words no finding beyond its sentence.
import type { MappingRule } from "../rules/mappings.ts"
import type { Form, Forms } from "./form.ts"

export interface Change {
  readonly rule: MappingRule
  /** The rule's other case holds. */
  readonly other?: boolean
  /** Of the target field, as a JSON pointer. */
  readonly path: string
  readonly old: Form | null
  readonly new: Form | null
  /** Instead of the source text of the forms. */
  readonly shown?: { readonly old: string | null; readonly new: string | null }
  readonly message: string
}

/** What a field of the target is, as far as a rule asks. */
export interface FieldRole {
  /** As readers call it: `lines[].amount`. */
  readonly name: string
  readonly isAmount: boolean
  readonly isKey: boolean
  /** It says the currency or the unit of figures beside it. */
  readonly gives: "currency" | "unit" | null
}

export interface Comparing {
  /** The new side's; numbers are those of both. */
  readonly forms: Forms
  readonly path: string
  readonly role: FieldRole
  readonly roleAt: (path: string) => FieldRole
  /** What target fields are made of, by path. */
  readonly targets: { readonly old: ReadonlyMap<string, Form>; readonly new: ReadonlyMap<string, Form> }
  /** All of a field written out, by path. */
  readonly whole: { readonly old: ReadonlyMap<string, Form>; readonly new: ReadonlyMap<string, Form> }
  /** False: of rows that the target is made from, whose fields are none of it. */
  readonly inTarget: boolean
  /** Values that a closed enum can have, of each side. */
  readonly domains: { readonly old: Forms["domainOf"]; readonly new: Forms["domainOf"] }
  readonly isRate: (crosswalk: string) => boolean
  readonly report: (change: Change) => void
  /** What was reported so far, of the whole map. */
  readonly told: readonly Change[]
}

/** What is told at the place that is compared. */
export function tell(
  comparing: Comparing,
  rule: MappingRule,
  old: Form | null,
  now: Form | null,
  message: string,
  more: Partial<Change> = {},
): void {
  comparing.report({ rule, path: comparing.path, old, new: now, message, ...more })
}

/** The rule for a value that is now another one: what the field is decides it. */
export function valueRule({ role }: Comparing, plain: MappingRule): MappingRule {
  if (role.isKey) return "M029"
  if (role.gives === "currency") return "M010"
  return role.gives === "unit" ? "M009" : plain
}

export function at(comparing: Comparing, path: string): Comparing {
  return comparing.inTarget ? { ...comparing, path, role: comparing.roleAt(path) } : comparing
}

/** What two lists do not have in common, each in its order; equal ones are taken away pair by pair. */
export function apart(
  old: readonly Form[],
  now: readonly Form[],
): { readonly old: readonly Form[]; readonly new: readonly Form[] } {
  const rest = [...now]
  const gone = old.filter(form => {
    const index = rest.findIndex(other => other.id === form.id)
    if (index < 0) return true
    rest.splice(index, 1)
    return false
  })
  return { old: gone, new: rest }
}

export function isPlace({ op }: Form): boolean {
  return (
    op === "input" || op === "row" || op === "beside" || op === "field" || op === "entry" || op === "target"
  )
}

export function isFigure({ op, detail }: Form): boolean {
  return (
    op === "sum" ||
    op === "product" ||
    op === "inverse" ||
    op === "round" ||
    op === "share" ||
    (op === "literal" && detail[0] === "number")
  )
}

export function isEmpty({ op }: Form): boolean {
  return op === "missing" || op === "clear"
}
