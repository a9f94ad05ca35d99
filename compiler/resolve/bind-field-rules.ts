// Rules of a record about which of its fields have values together. Flows in: the declaration and its bound fields. Flows out: the
// rules that mean something; what names no field, or one that is always there, is reported.
import { diagnostic, type FieldsRule, type RequireRule } from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import { closest } from "./closest.ts"
import type { BoundField, BoundShape } from "./model.ts"
import type { ShapeNode } from "./shape-order.ts"

export const profiles: readonly string[] = ["create", "update"]

interface RuleContext {
  readonly file: string
  readonly shape: string
  readonly found: Findings
}

export function bindFieldRules(
  node: ShapeNode,
  fields: readonly BoundField[],
  context: RuleContext,
): Pick<BoundShape, "fieldRules" | "profiles"> {
  const rules = node.members.flatMap(member =>
    (member.kind === "fieldsRule" || member.kind === "require") && isMeant(member, fields, node, context)
      ? [member]
      : [],
  )
  return {
    fieldRules: rules.filter(rule => rule.kind === "fieldsRule" || rule.profile === null),
    profiles: rules.flatMap(rule => (rule.kind === "require" && rule.profile !== null ? [rule] : [])),
  }
}

function isMeant(
  rule: FieldsRule | RequireRule,
  fields: readonly BoundField[],
  node: ShapeNode,
  { file, shape, found }: RuleContext,
): boolean {
  const at = placeIn(file)
  const before = found.errors()
  const words = rule.kind === "require" ? "require" : `${rule.rule} of`
  const names = new Set<string>()
  for (const name of rule.fields) {
    const field = fields.find(one => one.name === name.text)
    if (field === undefined) {
      const near = closest(
        name.text,
        fields.map(one => one.name),
      )
      found.report(
        diagnostic("FM2010", { name: name.text, of: shape }, at(name), {
          label: "no such field",
          ...(near === null
            ? {}
            : { help: `Did you mean ${near}?`, edits: [{ place: at(name), text: near }] }),
        }),
      )
    } else if (names.has(name.text)) {
      found.report(diagnostic("FM6181", { words, problem: `names "${name.text}" twice` }, at(name)))
    } else if (!field.optional || field.default !== null) {
      found.report(
        diagnostic("FM6180", { words, field: name.text }, at(name), {
          label: "always has a value",
          related: [
            { place: field.place, text: field.optional ? "declared with a default" : "declared without `?`" },
          ],
        }),
      )
    }
    names.add(name.text)
  }
  const profile = rule.kind === "require" ? rule.profile : null
  if (profile !== null && !profiles.includes(profile.text))
    found.report(
      diagnostic("FM6102", { clause: "on", word: profile.text, wanted: profiles.join(", ") }, at(profile)),
    )
  else if (profile !== null && (node.kind === "record" || node.direction?.word === "reads"))
    found.report(
      diagnostic(
        "FM6181",
        { words: `on ${profile.text} require`, problem: "stands in contracts that are written" },
        at(rule),
      ),
    )
  if (rule.kind === "require" && rule.when === null && profile === null)
    found.report(
      diagnostic("FM6181", { words, problem: "needs a condition: `when …`" }, at(rule), {
        help: "Fields that are always required are declared without `?`.",
      }),
    )
  if (rule.kind === "fieldsRule" && names.size < 2 && found.errors() === before)
    found.report(diagnostic("FM6181", { words, problem: "names two fields or more" }, at(rule)))
  return found.errors() === before
}
