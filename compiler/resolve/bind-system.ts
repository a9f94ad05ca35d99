// A system's promises about its wire. Flows in: the declaration. Flows out: the wire defaults of its contracts; where an
// option is not understood, the language's own default stands after a diagnostic.
import { diagnostic, type SystemDeclaration } from "@fmap/grammar"
import type { TimeWire } from "../plan/index.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { closest } from "./closest.ts"
import type { Declared } from "./collect-names.ts"
import type { BoundSystem, WireDefaults } from "./model.ts"

/** What holds where a system says nothing, and for contracts of no system. */
export const languageDefaults: WireDefaults = {
  decimal: "text",
  int: "number",
  date: "iso",
  datetime: "iso",
  instant: "iso",
}

const numbers = new Map<string, "number" | "text">([
  ["number", "number"],
  ["text", "text"],
])
const times = new Map<string, TimeWire>([
  ["iso", "iso"],
  ["odata2", "odata2"],
  ["epoch", { epoch: "ms" }],
])
const perUnits = ["second", "minute", "hour", "day"]

export function bindSystem(
  { node, name, file, place }: Declared<SystemDeclaration>,
  found: Findings,
): BoundSystem {
  const at = placeIn(file)
  const before = found.errors()
  const chosen = new Map<string, string | TimeWire>()
  if (node.wire !== null && node.wire.format.text !== "json") {
    found.report(
      diagnostic(
        "FM6102",
        { clause: "wire", word: node.wire.format.text, wanted: "json" },
        at(node.wire.format),
      ),
    )
  }
  for (const option of node.wire?.options ?? []) {
    const family = option.name.text
    if (!Object.hasOwn(languageDefaults, family)) {
      const wanted = Object.keys(languageDefaults)
      const near = closest(family, wanted)
      found.report(
        diagnostic("FM6103", { name: family, wanted: wanted.join(", ") }, at(option.name), {
          ...(near === null
            ? {}
            : { help: `Did you mean ${near}?`, edits: [{ place: at(option.name), text: near }] }),
        }),
      )
      continue
    }
    const values = family === "decimal" || family === "int" ? numbers : times
    const value = values.get(option.value.text)
    if (value === undefined) {
      const wanted = [...values.keys()].join(", ")
      found.report(
        diagnostic("FM6102", { clause: family, word: option.value.text, wanted }, at(option.value)),
      )
    } else if (chosen.has(family)) found.report(diagnostic("FM6106", { name: family }, at(option)))
    else chosen.set(family, value)
  }
  for (const limit of node.limits) {
    if (!/^[1-9]\d{0,14}$/.test(limit.count))
      found.report(diagnostic("FM6104", { count: limit.count }, at(limit)))
    if (!perUnits.includes(limit.per.text)) {
      found.report(
        diagnostic(
          "FM6102",
          { clause: "per", word: limit.per.text, wanted: perUnits.join(", ") },
          at(limit.per),
        ),
      )
    }
  }
  const defaults = { ...languageDefaults, ...Object.fromEntries(chosen) } as WireDefaults
  return { kind: "system", node, name, file, place, defaults, broken: found.errors() > before }
}

/** Records used in its contracts stand on the wire as they would in no system. */
export function isLanguageDefault(defaults: WireDefaults): boolean {
  return JSON.stringify(defaults) === JSON.stringify(languageDefaults)
}
