// A system's promises about its wire. Flows in: the declaration. Flows out: the wire defaults of its contracts; where an
// option is not understood, the language's own default stands after a diagnostic.
import { diagnostic, type SystemDeclaration } from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import { bindWire } from "./bind-wire.ts"
import type { Declared } from "./collect-names.ts"
import type { BoundSystem, WireDefaults } from "./model.ts"
import { languageDefaults } from "./wire-profiles.ts"

const perUnits = ["second", "minute", "hour", "day"]

export function bindSystem(
  { node, name, file, place }: Declared<SystemDeclaration>,
  found: Findings,
): BoundSystem {
  const at = placeIn(file)
  const before = found.errors()
  const { defaults, transport } = bindWire(node.wire, file, found)
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
  return { kind: "system", node, name, file, place, defaults, transport, broken: found.errors() > before }
}

/** Records used in its contracts stand on the wire as they would in no system. */
export function isLanguageDefault(defaults: WireDefaults): boolean {
  return JSON.stringify(defaults) === JSON.stringify(languageDefaults)
}
