// JSON text of a source. Flows in: the file. Flows out: its value, numbers that no float holds as their literal, or one problem
// with its line and column. It must not know what the value means.
import { readJson } from "@fmap/runtime"
import type { ImportFile, ImportProblem } from "../model.ts"

export type TreeRead =
  | { readonly kind: "tree"; readonly value: unknown }
  | { readonly kind: "problem"; readonly problem: ImportProblem }

export function readJsonFile(file: ImportFile): TreeRead {
  const read = readJson(file.text)
  if ("ok" in read) return { kind: "tree", value: read.ok }
  const { message, line, column } = read.refused
  const isCutOff = read.refused.offset >= file.text.trimEnd().length
  return {
    kind: "problem",
    problem: {
      message: `It is no JSON: ${message.replace(/\.$/u, "")}${isCutOff ? "; the file seems to be cut off" : ""}.`,
      at: file.name,
      line,
      column,
      help: null,
    },
  }
}
