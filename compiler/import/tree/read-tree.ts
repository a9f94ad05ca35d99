// A source that is JSON or YAML. Flows in: the file. Flows out: its value, or one problem. What begins with a bracket is JSON, so
// that its errors are told as JSON's.
import type { ImportFile } from "../model.ts"
import { readJsonFile, type TreeRead } from "./read-json.ts"
import { readYamlFile } from "./read-yaml.ts"

export function readTree(file: ImportFile): TreeRead {
  return looksLikeJson(file.text) ? readJsonFile(file) : readYamlFile(file)
}

export function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*[[{]/.test(text)
}
