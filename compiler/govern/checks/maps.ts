// What maps do: controls, keys, tests, reasons, rounding, and what they read. Flows in: a landscape. Flows out: what is missing, and what an
// auditor would ask about.
import { childrenOfBlock } from "../../plan/children.ts"
import { everyExpression } from "../../plan/every-expression.ts"
import type { PlanExpression, PlanMap } from "../../plan/index.ts"
import { stepsWithin } from "../../plan/steps-within.ts"
import { fieldsOf } from "../fields.ts"
import { labelsAt } from "../labels.ts"
import { about, type Check, contracts, each, ofField, maps as ofMaps, type Violation } from "./check.ts"

/** Where books are kept, and where plans are made of them. */
const books: readonly (string | null)[] = ["erp", "planning", "epm", "fpa"]

export const maps = {
  G035: each(ofMaps, subject => {
    const { body, set } = subject.declared
    const controlled =
      stepsWithin(body).some(({ step }) => step.kind === "control") || (set?.controls.length ?? 0) > 0
    if (controlled) return null
    const keeps = subject.to.some(({ kind }) => books.includes(kind))
    return about(
      subject,
      `The map ${subject.name} compares no totals.`,
      "without a `control`",
      keeps ? {} : { onlyAsked: true },
    )
  }),
  G036: each(ofMaps, subject => {
    if (subject.declared.key !== null) return null
    // A record that is no contract's is a part of another map's.
    const writes = subject.targets.some(
      ({ shape }) => shape.contract !== null && shape.contract.direction !== "reads",
    )
    const collects = subject.declared.set?.collect != null
    return about(
      subject,
      `The records of the map ${subject.name} have no key.`,
      "sent twice, they are there twice",
      writes && subject.to.length > 0 && !collects ? {} : { onlyAsked: true },
    )
  }),
  G037: each(ofMaps, (subject, { isTested }) =>
    isTested(subject.declared)
      ? null
      : about(subject, `No test runs the map ${subject.name}.`, "without a test"),
  ),
  G038: each(ofMaps, subject =>
    exitsOf(subject.declared).flatMap(({ verb, code, message, at }) =>
      message === null && (verb === "hold" || verb === "reject")
        ? [
            about(subject, `${code} does not say what is wanted.`, `${verb} without a message`, {
              at,
              path: code,
            }),
          ]
        : [],
    ),
  ),
  G039: each(ofMaps, subject => {
    // `minor half_even`: to which scale stands before the way.
    const rounded = subject.declared.report.rounded
      .map(({ mode, at }) => ({ mode: mode.split(" ").at(-1) ?? mode, at }))
      .filter(({ mode }) => mode !== "exact")
    const [first] = rounded
    const other = rounded.find(({ mode }) => mode !== first?.mode)
    return first === undefined || other === undefined
      ? null
      : about(subject, `${subject.name} rounds ${first.mode} and ${other.mode}.`, other.mode, {
          at: other.at,
          related: [{ at: first.at, text: first.mode }],
        })
  }),
  G040: each(ofMaps, subject =>
    [...expressionsOf(subject.declared)].flatMap(node => {
      if (node.kind !== "arithmetic" || node.operator !== "*") return []
      const rate = [node.left, node.right].find(isRate)
      return rate === undefined
        ? []
        : [
            about(subject, `${subject.name} multiplies by a rate that stands in it.`, "this will change", {
              at: rate.at,
            }),
          ]
    }),
  ),
  G041: each(ofMaps, subject =>
    [
      ...subject.declared.report.left.map(one => ({ ...one, path: one.field })),
      ...subject.declared.report.ignored,
    ].flatMap(({ path, because, at }) =>
      says(because)
        ? []
        : [about(subject, `"${because}" is no reason to leave "${path}".`, "says nothing", { at, path })],
    ),
  ),
  G042: each(contracts, (subject, landscape) => {
    const sets = landscape.readSets(subject.id)
    const [first] = sets
    if (first === undefined) return null
    const read = new Set(sets.flatMap(set => set.read))
    const all = first.read.length + first.unread.length
    return all >= 4 && read.size * 2 < all
      ? about(
          subject,
          `${subject.name} asks for ${all} fields, and ${read.size} of them are read.`,
          `${all - read.size} fields nobody reads`,
        )
      : null
  }),
  G043: each(contracts, (subject, landscape) => {
    const sets = landscape.readSets(subject.id)
    if (sets.length === 0) return null
    const read = new Set(sets.flatMap(set => set.read))
    return fieldsOf(subject.declared, landscape).flatMap((placed): readonly Violation[] =>
      labelsAt(subject.declared, placed.steps, landscape).size > 0 && placed.isLeaf && !read.has(placed.path)
        ? [
            ofField(
              subject,
              placed,
              `No map reads "${placed.path}" of ${subject.name}.`,
              "fetched for nothing",
            ),
          ]
        : [],
    )
  }),
} as const satisfies Readonly<Record<string, Check>>

interface PlacedExit {
  readonly verb: string
  readonly code: string
  readonly message: unknown
  readonly at: Violation["at"]
}

/** Ways out that the map itself writes. */
function exitsOf(map: PlanMap): readonly PlacedExit[] {
  const written = [...expressionsOf(map)].flatMap(node => (node.kind === "exit" ? [node] : []))
  // A control tells both sides and the difference by itself.
  const checks = stepsWithin(map.body).flatMap(({ step }) =>
    step.kind === "check" ? [{ ...step.exit, at: step.at }] : [],
  )
  return [...written, ...checks]
}

/** Every expression of a map, at any depth. */
function* expressionsOf(map: PlanMap): Generator<PlanExpression> {
  yield* everyExpression(childrenOfBlock(map.body).map(({ expression }) => expression))
}

/** A number with a fraction, but no power of ten: that one only changes the unit. */
function isRate(node: PlanExpression): boolean {
  return (
    node.kind === "literal" &&
    node.type.kind === "number" &&
    /^-?\d+\.\d*[1-9]/u.test(String(node.value)) &&
    !/^-?0\.0*1$/u.test(String(node.value))
  )
}

const empty =
  /^(?:todo|tbd|fixme|n ?\/? ?a|none|later|unused|not used|not needed|unneeded|ignored?|no reason|because|see above|\W*)\W*$/iu

function says(because: string): boolean {
  return because.trim().length >= 4 && !empty.test(because.trim())
}
