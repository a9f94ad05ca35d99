// Markdown of the pages made readable in a terminal. Flows in: a page and a way to paint. Flows out: text. It knows the few
// forms the pages use: headings, paragraphs, lists, fences, `code` and **strong**.
import type { Paint } from "../terminal/color.ts"

export function renderMarkdown(page: string, paint: Paint, width: number): string {
  const lines: string[] = []
  let paragraph: string[] = []
  let inFence = false
  const flush = () => {
    if (paragraph.length === 0) return
    const [first = ""] = paragraph
    const indent = /^(?:[-*] |\d+\. )/u.test(first) ? "  " : ""
    lines.push(...wrap(paragraph.join(" "), width, indent).map(line => inline(line, paint)))
    paragraph = []
  }
  for (const line of page.replace(/\n+$/u, "").split("\n")) {
    if (line.startsWith("```")) {
      flush()
      if (!inFence) lines.push(...fenceTitle(line, paint))
      inFence = !inFence
    } else if (inFence) lines.push(line === "" ? "" : `    ${line}`)
    else if (line.startsWith("#")) {
      flush()
      lines.push(paint("bold", line.replace(/^#+ /u, "")))
    } else if (line === "") {
      flush()
      lines.push("")
    } else {
      if (/^(?:[-*] |\d+\. )/u.test(line)) flush()
      paragraph.push(line.trim())
    }
  }
  flush()
  return `${lines.join("\n")}\n`
}

function fenceTitle(line: string, paint: Paint): string[] {
  const [, role] = line.slice(3).trim().split(" ")
  if (role === "wrong") return [paint("red", "  wrong:")]
  if (role === "right") return [paint("green", "  right:")]
  return []
}

function inline(line: string, paint: Paint): string {
  return line
    .replace(/`([^`]+)`/gu, (_all, code: string) => paint("cyan", code))
    .replace(/\*\*([^*]+)\*\*/gu, (_all, strong: string) => paint("bold", strong))
}

function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(/\s+/u)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent + word
    } else line = line === "" ? word : `${line} ${word}`
  }
  return line === "" ? lines : [...lines, line]
}
