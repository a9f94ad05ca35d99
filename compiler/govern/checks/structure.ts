// The landscape as a whole: reference data, limits, layers and names. Flows in: a landscape and the names policies ask for. Flows out: what
// stands in nobody's way today.

import { everyExpression } from "../../plan/every-expression.ts"
import type { PlanShape } from "../../plan/index.ts"
import { fieldsOf } from "../fields.ts"
import { isPlatform } from "../layers.ts"
import { isMeant } from "../rulebook.ts"
import type { Governed } from "../violation.ts"
import { about, type Check, calendars, contracts, crosswalks, each, maps, ofField, systems } from "./check.ts"
import { wordsOf } from "./field-names.ts"

const longest = 100

export const structure = {
  G053: each(crosswalks, (subject, { plan }) =>
    plan.maps.some(map => map.crosswalks.includes(subject.id)) || usedByRules(subject.id, plan.shapes)
      ? null
      : about(subject, `No map asks ${subject.name} anything.`, "nobody uses it"),
  ),
  G054: each(crosswalks, subject => {
    const rows = subject.declared.rows?.length ?? 0
    return rows > longest
      ? about(subject, `${subject.name} has ${rows} rows in the sources.`, `${rows} rows`)
      : null
  }),
  G055: each(systems, subject =>
    subject.declared.limits.length === 0
      ? about(subject, `${subject.name} does not say how many calls it takes.`, "without `limits`")
      : null,
  ),
  G056: each(calendars, subject =>
    subject.declared.owner === null
      ? about(subject, `Nobody answers for the calendar ${subject.name}.`, "without an owner")
      : null,
  ),
  G057: each(maps, subject => {
    const from = subject.from.find(isPlatform)
    const to = subject.to.find(system => isPlatform(system) && system.name !== from?.name)
    return from === undefined || to === undefined || subject.from.some(system => !isPlatform(system))
      ? null
      : about(
          subject,
          `${subject.name} leads from ${from.name} directly to ${to.name}.`,
          "past the own model",
          {
            related: [{ at: to.at, text: "a platform" }],
          },
        )
  }),
  G058: each(contracts, (subject, landscape) => {
    if (subject.of.some(isPlatform)) return null
    const vendors = landscape.plan.systems.filter(isPlatform).map(({ name }) => wordsOf(name).join(""))
    return fieldsOf(subject.declared, landscape).flatMap(placed => {
      const vendor = vendorIn(placed.field.name, vendors)
      return vendor === null
        ? []
        : [ofField(subject, placed, `"${placed.path}" of the own model is called after a platform.`, vendor)]
    })
  }),
  G059: each(contracts, subject => {
    if (subject.of.some(isPlatform)) return null
    const { fields } = subject.declared
    const snake = fields.find(({ name }) => /\p{L}_\p{L}/u.test(name))
    const camel = fields.find(({ name }) => /\p{Ll}\p{Lu}/u.test(name))
    return snake === undefined || camel === undefined
      ? null
      : about(
          subject,
          `${subject.name} spells "${snake.name}" and "${camel.name}" in two ways.`,
          "like_this",
          {
            at: snake.at,
            related: [{ at: camel.at, text: "likeThis" }],
          },
        )
  }),
  G060: (landscape, book) =>
    book.names.flatMap(({ subject: meant, pattern, policy }) => {
      const asked = new RegExp(pattern, "u")
      const wanted = `${policy} asks for ${pattern.replace(/^\^(?:\(\?:)?|\)?\$$/gu, "")}`
      const all: readonly Governed[] = [
        ...landscape.contracts,
        ...landscape.maps,
        ...landscape.crosswalks,
        ...landscape.systems,
        ...landscape.ownFlows,
      ]
      if (meant.kind === "field")
        return landscape.contracts
          .filter(one => isMeant(one, meant))
          .flatMap(subject =>
            fieldsOf(subject.declared, landscape).flatMap(placed =>
              asked.test(placed.field.name)
                ? []
                : [
                    ofField(
                      subject,
                      placed,
                      `The field "${placed.path}" is not named as the policy asks.`,
                      wanted,
                    ),
                  ],
            ),
          )
      return all
        .filter(one => isMeant(one, meant) && !asked.test(one.name))
        .map(subject =>
          about(subject, `The ${subject.kind} ${subject.name} is not named as the policy asks.`, wanted),
        )
    }),
} as const satisfies Readonly<Record<string, Check>>

/** A derived value of a contract may ask a crosswalk, too. */
function usedByRules(id: string, shapes: readonly PlanShape[]): boolean {
  return shapes.some(({ rules }) => {
    const asked = rules.map(rule => (rule.kind === "derive" ? rule.value : rule.condition))
    return [...everyExpression(asked)].some(node => node.kind === "lookup" && node.crosswalk === id)
  })
}

function vendorIn(name: string, vendors: readonly string[]): string | null {
  if (/__c$/u.test(name)) return "a custom field of Salesforce"
  if (/^cust(?:body|col|entity|item|record)_/u.test(name)) return "a custom field of NetSuite"
  if (/^[YZ]{1,2}_/u.test(name)) return "a field of an SAP append"
  const words = wordsOf(name)
  const vendor = vendors.find(one => one.length > 2 && words.includes(one))
  return vendor === undefined ? null : `says ${vendor}`
}
