// A JSON file that a test names. Flows in: its name as written. Flows out: its path in the project; null after a diagnostic.
import { diagnostic, type TextLiteral } from "@fmap/grammar"
import { resolvePath } from "../host/paths.ts"
import { plainText, reportPath } from "../project/load-project.ts"
import type { TestContext } from "./tests.ts"

export function sampleFile(
  path: TextLiteral,
  { file, host, report }: Pick<TestContext, "file" | "host" | "report">,
): string | null {
  const place = { file, span: path.span }
  const written = plainText(path)
  if (written === null) {
    report(diagnostic("FM7008", { path: "{…}" }, place, { label: "a file name has no holes" }))
    return null
  }
  const resolved = resolvePath(file, written)
  if (resolved.kind !== "path") {
    reportPath({ report }, resolved.kind, written, place)
    return null
  }
  if (host.exists(resolved.path)) return resolved.path
  report(diagnostic("FM7001", { file: resolved.path }, place, { label: "no such file" }))
  return null
}
