// The items of one list inside a JSON document, as they come. Flows in: chunks of bytes and where the list may stand; flows out: the text of each
// item with its line, and at the end the document with that list empty. Brackets and quotes are all it knows: what an item or the
// rest is, a JSON reader judges, so a broken item does not stop the others.
import type { Chunks } from "../wire/wire-record.ts"
import { decodeUtf8 } from "./utf8.ts"

export type SplitItem =
  | { readonly kind: "item"; readonly line: number; readonly text: string }
  | { readonly kind: "broken"; readonly line: number; readonly problem: "too long" | "not UTF-8" | "cut off" }
  /** Last of all, unless the list has no end. `hasList`: a list stood at one of the paths. */
  | { readonly kind: "rest"; readonly bytes: Uint8Array; readonly hasList: boolean }
  | { readonly kind: "too big" }

export interface SplitLimits {
  /** Bytes of an item, and of the document without its items. */
  readonly item: number
  readonly rest: number
}

const usual: SplitLimits = { item: 16 * 1024 * 1024, rest: 256 * 1024 * 1024 }

interface Open {
  readonly isList: boolean
  /** The member that is being read. */
  key: string | null
}

/** `paths`: members that lead to the list, `["d", "results"]`; an empty one is the document itself. */
export async function* splitItems(
  chunks: Chunks,
  paths: readonly (readonly string[])[],
  limits: SplitLimits = usual,
): AsyncGenerator<SplitItem, void, undefined> {
  const deepest = Math.max(...paths.map(path => path.length))
  const open: Open[] = []
  const rest: Uint8Array[] = []
  let restSize = 0
  let line = 1
  let isText = false
  let isEscaped = false
  /** Bytes of a text that may be a key. */
  let token: number[] | null = null
  let last: string | null = null
  let list: "before" | "inside" | "behind" = "before"
  let item: Uint8Array[] = []
  let itemSize = 0
  let itemLine = 0
  let depth = 0
  let wantsItem = false
  const isList = (): boolean =>
    list === "before" &&
    open.length <= deepest &&
    paths.some(path => path.length === open.length && path.every((name, i) => open[i]?.key === name))
  const take = (bytes: Uint8Array): void => {
    itemSize += bytes.length
    if (itemSize > limits.item) item = []
    else if (bytes.length > 0) item.push(bytes.slice())
  }
  const end = (): SplitItem => {
    const made = itemOf(item, itemSize, itemLine, limits.item)
    item = []
    itemSize = 0
    return made
  }
  for await (const chunk of chunks) {
    // where the part that is not yet kept begins
    let from = 0
    const keep = (to: number): void => {
      const part = chunk.subarray(from, to)
      from = to
      if (part.length === 0) return
      restSize += part.length
      if (restSize <= limits.rest) rest.push(part.slice())
    }
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (byte === 0x0a) line++
      if (isText) {
        token?.push(byte)
        if (isEscaped) isEscaped = false
        else if (byte === 0x5c) isEscaped = true
        else if (byte === 0x22) {
          isText = false
          if (token !== null) last = textOf(token)
          token = null
        }
        continue
      }
      if (list === "inside") {
        if (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) continue
        const ends = depth === 0 && (byte === 0x2c || byte === 0x5d)
        if (ends) {
          if (itemLine !== 0) take(chunk.subarray(from, at))
          if (itemLine !== 0 || wantsItem || byte === 0x2c) {
            if (itemLine === 0) itemLine = line
            yield end()
            itemLine = 0
          }
          wantsItem = byte === 0x2c
          from = at + 1
          if (byte === 0x5d) {
            list = "behind"
            open.pop()
            from = at
          }
          continue
        }
        if (itemLine === 0) {
          itemLine = line
          from = at
        }
        if (byte === 0x22) isText = true
        else if (byte === 0x7b || byte === 0x5b) depth++
        else if ((byte === 0x7d || byte === 0x5d) && depth > 0) depth--
        continue
      }
      if (byte === 0x22) {
        isText = true
        const around = open.at(-1)
        token = list === "before" && around?.isList === false && open.length <= deepest ? [byte] : null
      } else if (byte === 0x3a) {
        const around = open.at(-1)
        if (around !== undefined) around.key = last
      } else if (byte === 0x2c) last = null
      else if (byte === 0x5b && isList()) {
        open.push({ isList: true, key: null })
        keep(at + 1)
        list = "inside"
        wantsItem = false
      } else if (byte === 0x7b || byte === 0x5b) open.push({ isList: byte === 0x5b, key: null })
      else if (byte === 0x7d || byte === 0x5d) open.pop()
    }
    if (list === "inside") {
      if (itemLine !== 0) take(chunk.subarray(from))
    } else keep(chunk.length)
    if (restSize > limits.rest) {
      yield { kind: "too big" }
      return
    }
  }
  if (list === "inside") yield { kind: "broken", line: itemLine === 0 ? line : itemLine, problem: "cut off" }
  else yield { kind: "rest", bytes: joined(rest), hasList: list !== "before" }
}

function itemOf(parts: readonly Uint8Array[], size: number, line: number, limit: number): SplitItem {
  if (size > limit) return { kind: "broken", line, problem: "too long" }
  const text = decodeUtf8(joined(parts))
  return typeof text === "string"
    ? { kind: "item", line, text }
    : { kind: "broken", line, problem: "not UTF-8" }
}

/** A key of a path is plain text; one with escapes is read, and one that is none is no key. */
function textOf(token: readonly number[]): string | null {
  const text = decodeUtf8(Uint8Array.from(token))
  if (typeof text !== "string") return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "string" ? value : null
  } catch {
    return null
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
