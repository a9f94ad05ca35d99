// Inside of a text: escapes and holes. Flows in: the token. Flows out: its parts, escapes undone.
import type { IToken } from "chevrotain"
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts"
import type { Name, Path } from "../tree/common.ts"
import type { TextLiteral, TextPart } from "../tree/expressions.ts"
import { endOf, spanOf } from "./builders.ts"

const simple: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
  ["'", "'"],
  ["r", "\r"],
])
const plainText = /^[^\\{}]*$/

export function textLiteral(token: IToken, file: string, diagnostics: Diagnostic[]): TextLiteral {
  const { image, startOffset } = token
  // Printed quotes, which were reported, differ at both ends.
  const closed = image.length > 1 && (image.endsWith(image.charAt(0)) || "“”".includes(image.at(-1) ?? ""))
  const inner = image.slice(1, closed ? -1 : undefined)
  const span = spanOf(token)
  const innerSpan = { start: startOffset + 1, end: startOffset + 1 + inner.length }
  if (plainText.test(inner))
    return { kind: "text", parts: [{ kind: "chars", text: inner, span: innerSpan }], span }
  const parts: TextPart[] = []
  let chars = ""
  let begun = innerSpan.start
  const close = (end: number) => {
    if (chars !== "") parts.push({ kind: "chars", text: chars, span: { start: begun, end } })
    chars = ""
  }
  for (let i = 0; i < inner.length; ) {
    const c = inner.charAt(i)
    const at = innerSpan.start + i
    if (c === "\\") {
      const escape = /^\\(?:u\{([0-9A-Fa-f]{1,6})\}|.)/su.exec(inner.slice(i))?.[0] ?? "\\"
      const value = unescape(escape)
      if (value === undefined) {
        const place = { file, span: { start: at, end: at + escape.length } }
        diagnostics.push(
          diagnostic("FM1013", { escape }, place, {
            label: "this escape",
            help: "For a backslash write two.",
            edits: [{ place: { file, span: { start: at, end: at } }, text: "\\" }],
          }),
        )
      }
      chars += value ?? escape
      i += escape.length
    } else if ((c === "{" || c === "}") && inner.charAt(i + 1) === c) {
      chars += c
      i += 2
    } else if (c === "{") {
      const end = inner.indexOf("}", i)
      const source = end === -1 ? inner.slice(i) : inner.slice(i, end + 1)
      const hole = end === -1 ? undefined : readHole(source, at)
      if (hole === undefined) {
        const place = { file, span: { start: at, end: at + source.length } }
        const braced = {
          help: "For a brace as text write it twice.",
          edits: [{ place: { file, span: { start: at, end: at } }, text: "{" }],
        }
        diagnostics.push(
          diagnostic("FM1014", { text: source }, place, {
            label: "read as a hole",
            ...(end === -1 ? braced : {}),
          }),
        )
        chars += source
      } else {
        close(at)
        parts.push(hole)
        begun = at + source.length
      }
      i += source.length
    } else if (c === "}") {
      const place = { file, span: { start: at, end: at + 1 } }
      diagnostics.push(
        diagnostic("FM1014", { text: "}" }, place, {
          label: "closes no hole",
          help: "For a brace as text write it twice.",
          edits: [{ place, text: "}}" }],
        }),
      )
      chars += c
      i++
    } else {
      chars += c
      i++
    }
  }
  close(innerSpan.end)
  if (parts.length === 0) parts.push({ kind: "chars", text: "", span: innerSpan })
  return { kind: "text", parts, span: { start: span.start, end: endOf(token) } }
}

function unescape(escape: string): string | undefined {
  if (escape.length > 2 && escape.startsWith("\\u{")) {
    const code = Number.parseInt(escape.slice(3, -1), 16)
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : String.fromCodePoint(code)
  }
  return simple.get(escape.slice(1))
}

const holeForm =
  /^\{(\s*)((?:`[^`]+`|[\p{XID_Start}_][\p{XID_Continue}]*)(?:\s*\.\s*(?:`[^`]+`|[\p{XID_Start}_][\p{XID_Continue}]*))*)\s*(?::(\s*)([^{}]*?)\s*)?\}$/u
const holeName = /`[^`]+`|[\p{XID_Start}_][\p{XID_Continue}]*/gu

function readHole(source: string, at: number): TextPart | undefined {
  const found = holeForm.exec(source)
  if (found === null) return undefined
  const [, blank = "", pathText = "", gap = "", format] = found
  const pathStart = at + 1 + blank.length
  const names: Name[] = [...pathText.matchAll(holeName)].map(match => {
    const quoted = match[0].startsWith("`")
    const start = pathStart + match.index
    return {
      text: (quoted ? match[0].slice(1, -1) : match[0]).normalize("NFC"),
      quoted,
      span: { start, end: start + match[0].length },
    }
  })
  const path: Path = { names, span: { start: pathStart, end: pathStart + pathText.length } }
  const span = { start: at, end: at + source.length }
  if (format === undefined) return { kind: "hole", path, format: null, span }
  const formatStart = at + source.indexOf(":", 1 + blank.length + pathText.length) + 1 + gap.length
  return {
    kind: "hole",
    path,
    format: { text: format, span: { start: formatStart, end: formatStart + format.length } },
    span,
  }
}
