// What a check is, and the small makers that all of them use. Flows in: a landscape and what is asked of it. Flows out: violations, without
// any word on how severe they are.
import type { PlanShape } from "../../plan/index.ts"
import { fieldsOf, type PlacedField } from "../fields.ts"
import type { Landscape, Subject } from "../landscape.ts"
import type { Rulebook } from "../rulebook.ts"
import type { Governed, Violation } from "../violation.ts"

export type Check = (landscape: Landscape, book: Rulebook) => readonly Violation[]

/** Of a whole declaration. */
export function about(
  subject: Governed,
  message: string,
  label: string,
  more: Partial<Pick<Violation, "at" | "related" | "onlyAsked" | "path" | "sources">> = {},
): Violation {
  return { subject, path: "", message, at: subject.at, label, ...more }
}

/** One for each declaration of which something is true. */
export function each<S extends Governed>(
  of: (landscape: Landscape) => readonly S[],
  judge: (subject: S, landscape: Landscape) => Violation | null | readonly Violation[],
): Check {
  return landscape => of(landscape).flatMap(subject => judge(subject, landscape) ?? [])
}

export const contracts = (landscape: Landscape) => landscape.contracts
export const maps = (landscape: Landscape) => landscape.maps
export const crosswalks = (landscape: Landscape) => landscape.crosswalks
export const systems = (landscape: Landscape) => landscape.systems
export const calendars = (landscape: Landscape) => landscape.calendars

/** One for each field of a contract of which something is true. */
export function eachField(
  judge: (
    placed: PlacedField,
    shape: PlanShape,
    landscape: Landscape,
  ) => readonly [message: string, label: string] | null,
): Check {
  return each(contracts, (subject, landscape) =>
    fieldsOf(subject.declared, landscape).flatMap(placed => {
      const found = judge(placed, subject.declared, landscape)
      return found === null ? [] : [ofField(subject, placed, ...found)]
    }),
  )
}

export function ofField(
  subject: Subject<PlanShape>,
  { field, path }: PlacedField,
  message: string,
  label: string,
): Violation {
  return { subject, path, message, at: field.at, label }
}

export type { Violation }
