// A page of a code as data. Flows in: its Markdown. Flows out: heading, fences, and the files an example is made of. The form is
// described in specs/diagnostics/README.md.
import type { FileRead, Host } from "@fmap/compiler"
import { memoryHost } from "@fmap/compiler"

export interface Fence {
  readonly language: string
  /** The words after the language. */
  readonly words: readonly string[]
  readonly body: string
}

export interface Page {
  readonly code: string
  readonly title: string
  readonly introduction: string
  readonly fences: readonly Fence[]
  readonly headings: readonly string[]
}

export function parsePage(text: string): Page {
  const heading = /^# (FM\d{4}) (.+)\n/u.exec(text)
  const fences = [...text.matchAll(/^```(\S+)[ ]?([^\n]*)\n([\s\S]*?)^```$/gmu)].map(
    ([, language = "", words = "", body = ""]) => ({
      language,
      words: words.split(" ").filter(word => word !== ""),
      body,
    }),
  )
  return {
    code: heading?.[1] ?? "",
    title: heading?.[2] ?? "",
    introduction: text.slice(heading?.[0].length ?? 0, text.indexOf("```")).trim(),
    fences,
    headings: [...text.replace(/^```[\s\S]*?^```$/gmu, "").matchAll(/^## (.+)$/gmu)].map(
      found => found[1] ?? "",
    ),
  }
}

export function fence(page: Page, language: string, word: string): Fence | undefined {
  return page.fences.find(one => one.language === language && one.words[0] === word)
}

export interface ExampleProject {
  readonly host: Host
  readonly entries: readonly string[]
}

export function exampleProject(body: string): ExampleProject {
  const files = new Map<string, string | Uint8Array>()
  const unreadable = new Set<string>()
  let name = "main.fmap"
  let words: readonly string[] = []
  let lines: string[] = []
  const end = () => {
    if (name === "main.fmap" && lines.length === 0) return
    const text = lines.length === 0 ? "" : `${lines.join("\n")}\n`
    if (words[0] === "hex") files.set(name, Buffer.from(text.replaceAll("\n", ""), "hex"))
    else if (words[0] === "size") files.set(name, new Uint8Array(Number(words[1])).fill(0x20))
    else if (words[0] === "unreadable") unreadable.add(name)
    else files.set(name, text)
  }
  for (const line of body.replace(/\n$/u, "").split("\n")) {
    const marker = /^\/\/ file: (\S+)(?: (.+))?$/u.exec(line)
    if (marker === null) {
      lines.push(line)
      continue
    }
    end()
    ;[name, words, lines] = [marker[1] ?? "", (marker[2] ?? "").split(" "), []]
  }
  end()
  const memory = memoryHost(files)
  const refused: FileRead = { kind: "unreadable", reason: "permission denied" }
  return {
    host: {
      ...memory,
      exists: path => unreadable.has(path) || memory.exists(path),
      readFile: (path, limit) => (unreadable.has(path) ? refused : memory.readFile(path, limit)),
    },
    entries: [...files.keys()].filter(path => path.endsWith(".fmap") && !path.startsWith("node_modules/")),
  }
}
