// JSON Schema files against each other. Flows in: paths, oldest first, and what must go on working. Flows out: findings about the newest
// file, or plain sentences why it cannot start. It must not know how findings are shown.
import { readFileSync, statSync } from "node:fs"
import { basename, resolve } from "node:path"
import {
  type ChangeFinding,
  type CompatibilityMode,
  compareSchemas,
  readSchema,
  type SchemaDocument,
  type ShapePolicy,
} from "@fmap/compiler"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"
import { ajvValidator } from "./ajv-validator.ts"

export interface ShapeOptions {
  readonly mode: CompatibilityMode
  readonly policy: ShapePolicy
  /** With each earlier version, not only the last one before. */
  readonly transitive: boolean
}

export type Compared =
  | {
      readonly kind: "compared"
      readonly title: string
      readonly findings: readonly ChangeFinding[]
      /** By what it was judged, in words. */
      readonly assumptions: string
    }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

const largestFile = 16 * 1024 * 1024

export function compareSchemaFiles(cwd: string, paths: readonly string[], options: ShapeOptions): Compared {
  const documents: SchemaDocument[] = []
  const problems: Problem[] = []
  for (const path of paths) {
    const read = readFile(cwd, path)
    if ("problems" in read) problems.push(...read.problems)
    else documents.push(read.document)
  }
  const now = documents.at(-1)
  if (problems.length > 0 || now === undefined) return { kind: "problems", problems }
  if (documents.length < 2)
    return {
      kind: "problems",
      problems: [problem("FM8002", "Name two schema files: the old one, then the new one.")],
    }
  const earlier = options.transitive ? documents.slice(0, -1) : documents.slice(-2, -1)
  const findings = earlier.flatMap(old => {
    const subject = earlier.length === 1 ? subjectOf(now) : `${subjectOf(now)} since ${old.name}`
    return compareSchemas(old, now, {
      subject,
      mode: options.mode,
      policy: options.policy,
      validatorOf: ajvValidator,
    }).findings
  })
  const names = earlier.map(({ name }) => name).join(", ")
  return {
    kind: "compared",
    title: `Changes from ${names} to ${now.name}`,
    findings,
    assumptions: `judged ${options.mode}, policy ${options.policy}`,
  }
}

function subjectOf({ root, name }: SchemaDocument): string {
  const title = typeof root === "boolean" ? undefined : root.title
  return typeof title === "string" && title.trim() !== "" ? title : basename(name)
}

type FileRead = { readonly document: SchemaDocument } | { readonly problems: readonly Problem[] }

function readFile(cwd: string, path: string): FileRead {
  const full = resolve(cwd, path)
  const status = statSync(full, { throwIfNoEntry: false })
  if (status === undefined) return { problems: [problem("FM8101", `There is no file "${path}".`)] }
  if (!status.isFile()) return { problems: [problem("FM8102", `"${path}" is no file.`)] }
  if (status.size > largestFile) return { problems: [problem("FM8102", `"${path}" has more than 16 MB.`)] }
  const text = textOf(full)
  if (typeof text !== "string")
    return { problems: [problem("FM8102", `"${path}" cannot be read: ${text.reason}.`)] }
  const read = readSchema(path, text)
  if (read.kind === "schema") return { document: read.document }
  return {
    problems: problemsOf(
      "FM8305",
      read.problems.map(({ message, at }) => `${path}${at === "" ? "" : `:${at}`}: ${message}`),
    ),
  }
}

function textOf(path: string): string | { readonly reason: string } {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    if (error instanceof TypeError) return { reason: "its bytes are not UTF-8" }
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}
