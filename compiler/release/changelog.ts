// The changelog of releases. Flows in: what is cut, with its findings, and the changelog as it is. Flows out: the changelog with a section for the
// day on top. Texts of findings are put as text: Markdown in them stays letters.
import type { ChangeFinding } from "../diff/finding.ts"
import { changelogName } from "./project-findings.ts"
import type { ReleaseSubject } from "./subjects.ts"
import type { Verdict } from "./verdict.ts"

export interface ChangelogEntry {
  readonly subject: ReleaseSubject
  readonly verdict: Verdict
  readonly findings: readonly ChangeFinding[]
}

export function changelogWith(
  before: string | null,
  date: string,
  entries: readonly ChangelogEntry[],
): string {
  const beginning = entries.filter(({ verdict }) => verdict.before === null)
  const later = entries.filter(({ verdict }) => verdict.before !== null)
  const parts = [...later.map(entryText), ...(beginning.length === 0 ? [] : [firstText(beginning)])]
  const section = `## ${date}\n\n${parts.join("\n")}`
  if (before === null || before.trim() === "") return `# Changelog\n\n${section}`
  const lines = before.replaceAll("\r\n", "\n").split("\n")
  const first = lines.findIndex(line => /^## (?!\[?unreleased)/iu.test(line))
  if (first < 0) return `${before.trimEnd()}\n\n${section}`
  return [...lines.slice(0, first), ...section.split("\n"), ...lines.slice(first)].join("\n")
}

function entryText({ subject, verdict, findings }: ChangelogEntry): string {
  const told = findings.filter(({ bump }) => bump !== "none").map(findingText)
  const lines = told.length === 0 ? ["Nothing that others notice."] : told
  return `### ${changelogName(subject)}, was ${verdict.before}\n\n${lines.join("\n")}\n`
}

function firstText(entries: readonly ChangelogEntry[]): string {
  return `### Released for the first time\n\n${entries.map(({ subject }) => `- ${changelogName(subject)}\n`).join("")}`
}

function findingText({ message, rule, bump, consumers }: ChangeFinding): string {
  const breaks = bump === "major" ? "**Breaks:** " : ""
  const whom = consumers.length === 0 ? "" : ` Reaches ${plain(consumers.join(", "))}.`
  return `- ${breaks}${plain(message)}${whom} (${rule})`
}

function plain(text: string): string {
  return text
    .replace(/[\u0000-\u001F\u007F]+/gu, " ")
    .replace(/[\\`*_[\]<>]/gu, character => (character === "<" ? "&lt;" : `\\${character}`))
}
