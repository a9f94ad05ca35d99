// YAML text of a source. Flows in: the file. Flows out: its value as JSON has it, numbers that no float holds as their literal, or
// one problem with its line and column. Aliases count as often as they are used, so that a few lines cannot fill the memory.
import { ExactNumber } from "@fmap/runtime"
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml"
import type { ImportFile, ImportProblem } from "../model.ts"
import type { TreeRead } from "./read-json.ts"

const mostNodes = 2_000_000
const mostLevels = 200
const literal = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

export function readYamlFile(file: ImportFile): TreeRead {
  const lines = new LineCounter()
  const problem = (message: string, offset: number | null, help: string | null = null): TreeRead => {
    const place = offset === null ? null : lines.linePos(offset)
    const found: ImportProblem = {
      message,
      at: file.name,
      line: place === null || place.line === 0 ? null : place.line,
      column: place === null || place.line === 0 ? null : place.col,
      help,
    }
    return { kind: "problem", problem: found }
  }
  const documents = parseAllDocuments(file.text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
    schema: "core",
    stringKeys: false,
  })
  if (!Array.isArray(documents) || documents.length === 0) return problem("The file is empty.", null)
  const [document, second] = documents
  if (document === undefined) return problem("The file is empty.", null)
  const [error] = document.errors
  if (error !== undefined) return problem(`It is no YAML: ${firstLine(error.message)}`, error.pos[0])
  if (second !== undefined)
    return problem("It holds several YAML documents; one is read.", second.range?.[0] ?? null)
  const walk: Walk = { left: mostNodes, document }
  const value = valueOf(document.contents, 0, walk)
  if (walk.refused === undefined) return { kind: "tree", value }
  return problem(walk.refused.message, walk.refused.offset, walk.refused.help ?? null)
}

interface Walk {
  left: number
  readonly document: ReturnType<typeof parseAllDocuments>[number]
  refused?: { message: string; offset: number | null; help?: string }
}

function valueOf(node: unknown, level: number, walk: Walk): unknown {
  if (walk.refused !== undefined) return null
  const offset = offsetOf(node)
  if (walk.left-- <= 0) {
    walk.refused = {
      message: "Its aliases unfold to more than two million values.",
      offset,
      help: "A description this large is most often an attack; write the parts out.",
    }
    return null
  }
  if (level > mostLevels) {
    walk.refused = { message: `It is nested deeper than ${mostLevels} levels.`, offset }
    return null
  }
  if (isAlias(node)) {
    const target = node.resolve(walk.document as never)
    if (target === undefined) {
      walk.refused = { message: `The alias *${node.source} names nothing before it.`, offset }
      return null
    }
    return valueOf(target, level + 1, walk)
  }
  if (isMap(node)) {
    const object: Record<string, unknown> = {}
    for (const { key, value } of node.items) {
      const name = keyOf(key)
      if (name === null) {
        walk.refused = { message: "A key that is no plain text has no meaning here.", offset: offsetOf(key) }
        return null
      }
      const inner = valueOf(value, level + 1, walk)
      // `__proto__` is a name like any other.
      Object.defineProperty(object, name, {
        value: inner,
        enumerable: true,
        writable: true,
        configurable: true,
      })
    }
    return object
  }
  if (isSeq(node)) return node.items.map(item => valueOf(item, level + 1, walk))
  if (isScalar(node)) return scalarOf(node.value, node.source)
  return null
}

function scalarOf(value: unknown, source: string | undefined): unknown {
  if (typeof value !== "number" && typeof value !== "bigint") return value ?? null
  const text = source?.replace(/^\+/, "") ?? String(value)
  if (!literal.test(text)) return typeof value === "number" && Number.isFinite(value) ? value : String(value)
  const digits = text
    .replace(/[eE].*$/, "")
    .replace(/[-.]/g, "")
    .replace(/^0+/, "").length
  return digits > 15 || /[eE]/.test(text) ? new ExactNumber(text) : Number(text)
}

function keyOf(key: unknown): string | null {
  if (!isScalar(key)) return key === null ? "" : null
  const { value, source } = key
  if (typeof value === "string") return value
  return source ?? String(value)
}

function offsetOf(node: unknown): number | null {
  const range = (node as Node | null)?.range
  return range?.[0] ?? null
}

function firstLine(message: string): string {
  const [line = ""] = message.split("\n")
  return /[.:]$/.test(line) ? `${line.slice(0, -1)}.` : `${line}.`
}
