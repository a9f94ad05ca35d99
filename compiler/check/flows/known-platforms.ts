// `platform X` of a system names a platform the language knows. Flows in: systems. Flows out: a diagnostic for each one that does not.
import { type Diagnostic, diagnostic, suggest } from "@fmap/grammar"
import type { BoundSystem } from "../../resolve/model.ts"
import { platforms } from "./platforms.ts"

export function unknownPlatforms(systems: readonly BoundSystem[]): readonly Diagnostic[] {
  const known = Object.keys(platforms)
  return systems.flatMap(({ node, file }) => {
    const { platform } = node
    if (platform === undefined || Object.hasOwn(platforms, platform.text)) return []
    const place = { file, span: platform.span }
    const near = suggest(platform.text, known)
    return [
      diagnostic(
        "FM6102",
        { clause: "platform", word: platform.text, wanted: known.join(", ") },
        place,
        near === undefined
          ? { help: "Leave it out: then a write that could happen twice says what becomes of a lost answer." }
          : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] },
      ),
    ]
  })
}
