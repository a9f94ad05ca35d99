// A diagnostic as text with a frame of the source. Flows in: a diagnostic and the texts it points into. Flows out: what a
// terminal shows. It must not know the phase that spoke; a text that is missing costs the frame, never the message.
import { type SourceText, sourceText } from "../source/source-text.ts"
import type { Diagnostic, Label } from "./diagnostic.ts"
import { expandTabs, widthOf } from "./text-width.ts"

export interface RenderOptions {
  /** ANSI colours. */
  readonly color?: boolean
}
type Paint = (text: string, style: keyof typeof styles) => string
const styles = {
  error: "\x1b[1;31m",
  warning: "\x1b[1;33m",
  information: "\x1b[1;36m",
  bold: "\x1b[1m",
  secondary: "\x1b[34m",
  gutter: "\x1b[2m",
} as const

/** Several lines, the last without line end. `textOf` answers undefined for a file that cannot be read. */
export function renderDiagnostic(
  found: Diagnostic<string>,
  textOf: (file: string) => string | undefined,
  options: RenderOptions = {},
): string {
  const paint: Paint =
    options.color === true ? (text, style) => `${styles[style]}${text}\x1b[0m` : text => text
  const out = [
    `${paint(`${found.severity}[${found.code}]`, found.severity)}${paint(`: ${visible(found.message)}`, "bold")}`,
  ]
  const sources = new Map<string, SourceText | undefined>()
  for (const { place } of found.labels) {
    if (sources.has(place.file)) continue
    const text = textOf(place.file)
    sources.set(place.file, text === undefined ? undefined : sourceText(text, place.file))
  }
  const gutter = gutterWidth(found.labels, sources)
  for (const [file, source] of sources) {
    const labels = found.labels.filter(label => label.place.file === file)
    out.push(...frame(file, source, labels, gutter, found.severity, paint))
  }
  if (found.help !== null)
    out.push(`${" ".repeat(gutter)} ${paint("=", "gutter")} help: ${visible(found.help.text)}`)
  return out.join("\n")
}

function gutterWidth(labels: readonly Label[], sources: ReadonlyMap<string, SourceText | undefined>): number {
  const last = labels.map(l => sources.get(l.place.file)?.positionAt(l.place.span.end).line ?? 1)
  return String(Math.max(1, ...last)).length
}

/** One file: its place line, then the marked lines with their labels. */
function frame(
  file: string,
  source: SourceText | undefined,
  labels: readonly Label[],
  gutter: number,
  severity: Diagnostic<string>["severity"],
  paint: Paint,
): string[] {
  const first = labels[0]
  const arrow = paint(`${" ".repeat(gutter)}-->`, "gutter")
  if (first === undefined || source === undefined)
    return [
      `${arrow} ${visible(file)}`,
      ...labels
        .filter(l => l.text !== "")
        .map(l => `${" ".repeat(gutter)} ${paint("=", "gutter")} ${visible(l.text)}`),
    ]
  const at = source.positionAt(first.place.span.start)
  const bar = paint("|", "gutter")
  const empty = `${" ".repeat(gutter)} ${bar}`
  const out = [`${arrow} ${visible(file)}:${at.line}:${at.column}`, empty]
  let shown = 0
  for (const line of markedLines(source, labels)) {
    if (shown !== 0 && line > shown + 1)
      out.push(line === shown + 2 ? codeLine(source, shown + 1, gutter, bar, paint) : paint("...", "gutter"))
    const shownPart = partOf(source, line, labels)
    out.push(codeLine(source, line, gutter, bar, paint, shownPart))
    for (const label of labels) {
      const mark = markOn(source, line, label, shownPart)
      if (mark === null) continue
      const style = label.voice === "primary" ? severity : "secondary"
      out.push(
        `${empty} ${" ".repeat(mark.from)}${paint((label.voice === "primary" ? "^" : "-").repeat(mark.width), style)}${mark.ends && label.text !== "" ? ` ${paint(visible(label.text), style)}` : ""}`,
      )
    }
    shown = line
  }
  return out
}

function codeLine(
  source: SourceText,
  line: number,
  gutter: number,
  bar: string,
  paint: Paint,
  part: Part = partOf(source, line, []),
): string {
  const number = paint(String(line).padStart(gutter), "gutter")
  return `${number} ${bar} ${visible(expandTabs(cut(source.lineText(line), part)))}`.trimEnd()
}

/** What of a line is shown, in offsets of the line: all of it, unless it is so long that it would flood the terminal. */
interface Part {
  readonly from: number
  readonly to: number
}
const longest = 400
const before = 60
const around = 160

/** A long line is shown around its first mark; the principal one, where it has one. */
function partOf(source: SourceText, line: number, labels: readonly Label[]): Part {
  const text = source.lineText(line)
  if (text.length <= longest) return { from: 0, to: text.length }
  const start = source.lineStart(line)
  const here = labels.filter(label => source.positionAt(label.place.span.start).line === line)
  const wanted = (here.find(label => label.voice === "primary") ?? here[0])?.place.span.start ?? start
  const from = betweenCharacters(text, Math.max(0, Math.min(wanted - start, text.length) - before))
  return { from, to: betweenCharacters(text, Math.min(text.length, from + around)) }
}

/** Never in the middle of a surrogate pair. */
function betweenCharacters(text: string, at: number): number {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at
}

function cut(text: string, { from, to }: Part): string {
  return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`
}

/** First and last line of each label, in order. */
function markedLines(source: SourceText, labels: readonly Label[]): readonly number[] {
  const lines = new Set<number>()
  for (const { place } of labels) {
    lines.add(source.positionAt(place.span.start).line)
    lines.add(lastLine(source, place.span))
  }
  return [...lines].sort((a, b) => a - b)
}

function lastLine(source: SourceText, span: { start: number; end: number }): number {
  return source.positionAt(span.end > span.start ? span.end - 1 : span.end).line
}

/** What of a label stands on a line, in columns of the screen. */
function markOn(
  source: SourceText,
  line: number,
  { place: { span } }: Label,
  part: Part,
): { from: number; width: number; ends: boolean } | null {
  const first = source.positionAt(span.start)
  const last = lastLine(source, span)
  if (line !== first.line && line !== last) return null
  const text = source.lineText(line)
  const start = source.lineStart(line)
  const indent = text.length - text.trimStart().length
  const from = line === first.line ? Math.min(first.column - 1, text.length) : indent
  const to = line === last ? Math.max(from, Math.min(span.end - start, text.length)) : text.length
  // What lies outside of the part shown is marked at its edge.
  const seen = cut(text, part)
  const lead = part.from > 0 ? 1 : 0
  const upTo = (offset: number) =>
    widthOf(visible(expandTabs(seen.slice(0, lead + Math.max(0, Math.min(offset, part.to + 1) - part.from)))))
  const shownFrom = upTo(from)
  const shownTo = upTo(to)
  return { from: shownFrom, width: Math.max(1, shownTo - shownFrom), ends: line === last }
}

/** Control characters of a file or message must not steer the terminal. */
function visible(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    "\ufffd",
  )
}
