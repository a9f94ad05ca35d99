// Recorded HTTP exchanges (VCR cassettes) hold the answer as text inside of YAML. Flows in: a file. Flows out: the file of the
// answer, or the same file where it is no recording.
import type { ImportFile } from "./model.ts"
import { looksLikeJson } from "./tree/read-tree.ts"
import { readYamlFile } from "./tree/read-yaml.ts"
import { listOf, memberOf, textOf } from "./tree/tree-value.ts"

export function recordedAnswer<F extends ImportFile>(file: F): F {
  if (looksLikeJson(file.text) || !/^(?:request|response|interactions)\s*:/m.test(file.text)) return file
  const read = readYamlFile(file)
  if (read.kind === "problem") return file
  const [exchange = read.value] = listOf(memberOf(read.value, "interactions")) ?? []
  const text = textOf(memberOf(memberOf(exchange, "response"), "body"), "string")
  return text === null ? file : { ...file, text }
}
