// A crosswalk: what it looks up, what it answers, and whether it always does. Flows in: the declaration, after all shapes,
// and the host for its file. Flows out: a BoundCrosswalk; rows, gaps and files are judged here.
import {
  type CrosswalkDeclaration,
  diagnostic,
  type ExitExpression,
  type Path,
  type TypeNode,
} from "@fmap/grammar"
import { type KeyForm, shownDays } from "@fmap/runtime"
import type { Host } from "../host/host.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { constantOf, correction } from "../types/constant.ts"
import { aType } from "../types/describe.ts"
import { typeFromNode } from "../types/from-node.ts"
import type { Type, Unit } from "../types/type.ts"
import type { Declared } from "./collect-names.ts"
import { crosswalkGaps, dayHoles, type Gaps } from "./crosswalk-coverage.ts"
import { datedOf } from "./crosswalk-days.ts"
import { checkCrosswalkFile } from "./crosswalk-file.ts"
import { crosswalkInverse } from "./crosswalk-inverse.ts"
import { crosswalkRows, shownKey } from "./crosswalk-rows.ts"
import { type HeaderName, headerUnit } from "./header-units.ts"
import { calendarNamed, type Lookup, typeNamed } from "./lookup.ts"
import type { BoundCrosswalk } from "./model.ts"
import { requireVersion } from "./versions.ts"

const forms = new Map<string, KeyForm>([
  ["exact", "exact"],
  ["folded", "folded"],
  ["trimmed", "trimmed"],
])

export function bindCrosswalk(
  declared: Declared<CrosswalkDeclaration>,
  lookup: Lookup,
  host: Host,
  found: Findings,
): BoundCrosswalk {
  const { node, name, id, file, place } = declared
  const at = placeIn(file)
  const before = found.errors()
  const parameters = bindParameters(node, lookup, found)
  const earlier = parameters.map(
    (p): HeaderName => ({ name: p.name, type: p.type, unit: parameterUnit(p.name) }),
  )
  const result = typeOf(node.result, earlier, lookup, found)
  requireVersion("crosswalk", node.name, node.version, node.result.span.end, file, found)
  if (node.parameters.length === 0) found.report(diagnostic("FM6210", { name }, place))
  if (node.keyForm !== null && !forms.has(node.keyForm.text)) {
    found.report(diagnostic("FM6209", { word: node.keyForm.text }, at(node.keyForm)))
  }
  if (node.links !== undefined) checkAlone(node, parameters, at, found)
  if (node.from === null && node.rows === null && node.links === undefined) {
    found.report(
      diagnostic("FM6201", { name }, place, { help: 'Write rows in { } or say from csv "…" (…).' }),
    )
  }
  if (node.from !== null && node.rows !== null) {
    found.report(diagnostic("FM6202", { name }, at(node.from), { help: "Keep one of them." }))
  }
  checkUnmapped(node, parameters, result, file, found)
  const keyForm = keyFormOf(node)
  const dated = datedOf(node, file, found.report)
  const rowErrors = found.errors()
  let gaps: Gaps | null = null
  let inverse: BoundCrosswalk["inverse"] = null
  if (node.rows !== null) {
    const rows = crosswalkRows(node.rows, { file, parameters, result, keyForm, dated, report: found.report })
    inverse = crosswalkInverse(node, result, canBeKey, rows, file, found)
    // Rows that could not be read would look like gaps.
    if (found.errors() === rowErrors) {
      gaps = crosswalkGaps(
        parameters.map(p => p.type),
        rows,
      )
      if (gaps === null && dated !== null) reportMissing(node, dayHoles(rows), file, found)
    }
  } else if (node.from !== null) {
    inverse = crosswalkInverse(node, result, canBeKey, [], file, found)
    checkCrosswalkFile(node, node.from, { file, name, parameters, result, keyForm, dated }, host, found)
  }
  if (gaps !== null) reportCoverage(node, gaps, file, found)
  return {
    kind: "crosswalk",
    node,
    name,
    id,
    file,
    place,
    parameters,
    result,
    inverse: inverse === null ? null : { total: inverse.total && node.rows !== null },
    hierarchy: null,
    dated: dated !== null,
    total: gaps !== null && gaps.count === 0,
    external: (node.from !== null || node.links !== undefined) && node.rows === null,
    broken: found.errors() > before,
  }
}

/** Rows come from receipts alone: each is one key and one value, and holds from when it is there. */
function checkAlone(
  node: CrosswalkDeclaration,
  parameters: BoundCrosswalk["parameters"],
  at: ReturnType<typeof placeIn>,
  found: Findings,
): void {
  const { links } = node
  if (links === undefined) return
  const problem =
    node.rows !== null || node.from !== null
      ? "has rows of its own or a file"
      : node.bothWays !== null
        ? "cannot be asked back"
        : node.effective !== null
          ? "has no days: a row holds once it is there"
          : parameters.length > 1
            ? "has one key: that of the record it links from"
            : null
  if (problem !== null) found.report(diagnostic("FM7160", { crosswalk: node.name.text, problem }, at(links)))
}

/** An unknown word was reported; keys are then exact. */
export function keyFormOf(node: CrosswalkDeclaration): KeyForm {
  return forms.get(node.keyForm?.text ?? "exact") ?? "exact"
}

/** The type of a key that names no other. */
export function parameterType(node: TypeNode, lookup: Lookup, found: Findings): Type {
  return typeOf(node, [], lookup, found)
}

function bindParameters(
  node: CrosswalkDeclaration,
  lookup: Lookup,
  found: Findings,
): BoundCrosswalk["parameters"] {
  const at = placeIn(lookup.file)
  const bound: BoundCrosswalk["parameters"][number][] = []
  for (const parameter of node.parameters) {
    const type = typeOf(parameter.type, [], lookup, found)
    const first = bound.find(p => p.name === parameter.name.text)
    if (first !== undefined) {
      found.report(
        diagnostic("FM2016", { name: first.name, role: "parameters" }, at(parameter.name), {
          related: [{ place: first.place, text: "first here" }],
        }),
      )
    }
    if (!canBeKey(type)) {
      found.report(diagnostic("FM6208", { name: parameter.name.text, type: aType(type) }, at(parameter.type)))
    }
    bound.push({
      name: parameter.name.text,
      type: canBeKey(type) ? type : { kind: "error" },
      place: at(parameter.name),
    })
  }
  return bound
}

export function canBeKey(type: Type): boolean {
  switch (type.kind) {
    case "number":
      return type.role === "int"
    case "record":
    case "list":
    case "dictionary":
    case "json":
    case "duration":
    case "never":
    case "period":
      return false
    default:
      return true
  }
}

function typeOf(node: TypeNode, earlier: readonly HeaderName[], lookup: Lookup, found: Findings): Type {
  return typeFromNode(node, {
    file: lookup.file,
    report: found.report,
    typeNamed: name => typeNamed(name, lookup),
    calendarNamed: name => calendarNamed(name, lookup),
    unit: (path, kind) => headerUnit(path, kind, earlier, lookup),
  })
}

function parameterUnit(name: string): () => Unit {
  return () => ({ kind: "parameter", name })
}

function checkUnmapped(
  node: CrosswalkDeclaration,
  parameters: BoundCrosswalk["parameters"],
  result: Type,
  file: string,
  found: Findings,
): void {
  const { unmapped } = node
  if (unmapped === null || unmapped.kind === "error" || result.kind === "error") return
  const place = { file, span: unmapped.span }
  if (unmapped.kind === "exit") {
    checkExit(unmapped, parameters, file, found)
  } else if (result.kind === "record" || result.kind === "list") {
    found.report(diagnostic("FM6212", { problem: "a whole record cannot stand here" }, place))
  } else {
    const constant = constantOf(unmapped, result, false)
    if ("value" in constant) return
    const near = correction(unmapped, constant, file)
    found.report(diagnostic("FM6212", { problem: constant.problem }, place, near))
  }
}

function checkExit(
  exit: ExitExpression,
  parameters: BoundCrosswalk["parameters"],
  file: string,
  found: Findings,
): void {
  const at = placeIn(file)
  if (exit.verb !== "hold" && exit.verb !== "reject") {
    found.report(diagnostic("FM6212", { problem: `"${exit.verb}" does not end the record` }, at(exit)))
  }
  for (const part of exit.message?.parts ?? []) {
    if (part.kind !== "hole" || isParameter(part.path, parameters)) continue
    const problem = "a message can name only the parameters of the crosswalk"
    const label = `there are ${parameters.map(p => p.name).join(", ")}`
    found.report(diagnostic("FM6212", { problem }, at(part.path), { label }))
  }
}

function isParameter(path: Path, parameters: BoundCrosswalk["parameters"]): boolean {
  const [first] = path.names
  return path.names.length === 1 && parameters.some(p => p.name === first?.text)
}

function reportCoverage(node: CrosswalkDeclaration, gaps: Gaps, file: string, found: Findings): void {
  const at = placeIn(file)
  if (gaps.count === 0) {
    if (node.unmapped === null) return
    found.report(diagnostic("FM6207", { name: node.name.text }, at(node.unmapped), { help: "Remove it." }))
  } else reportMissing(node, gaps, file, found)
}

function reportMissing(node: CrosswalkDeclaration, gaps: Gaps, file: string, found: Findings): void {
  if (node.unmapped !== null || gaps.count === 0) return
  const missing = gaps.shown.map(shownGap).join(", ")
  const more = gaps.count > gaps.shown.length ? ` and ${gaps.count - gaps.shown.length} more` : ""
  found.report(
    diagnostic("FM6206", { missing, more }, placeIn(file)(node.name), {
      help: "Add the rows, or say with unmapped what happens to the others.",
    }),
  )
}

function shownGap({ keys, days }: Gaps["shown"][number]): string {
  const key = keys.length === 1 ? shownKey(keys) : `(${shownKey(keys)})`
  const when = shownDays(days)
  return when === "" ? key : `${key} ${when}`
}
