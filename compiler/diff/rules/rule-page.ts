// The page of a rule. Flows in: its entry in the catalogue. Flows out: Markdown, the same for specs/rules and `fmap explain`.
import type { Bump, ChangeSeverity } from "../finding.ts"
import { changeRule } from "./catalogue.ts"
import type { ChangeRule } from "./change-rule.ts"

/** Undefined: there is no such rule. */
export function rulePage(id: string): string | undefined {
  const rule = changeRule(id)
  return rule === undefined ? undefined : pageOf(id, rule)
}

function pageOf(id: string, rule: ChangeRule): string {
  const parts = [
    `# ${id} ${rule.title}`,
    rule.meaning,
    [...severities(rule.severity), versionWords[rule.bump]].map(line => `- ${line}`).join("\n"),
    ...(rule.other === undefined
      ? []
      : [
          `Where ${rule.other.where}:`,
          [...severities(rule.other.severity), versionWords[rule.other.bump]]
            .map(line => `- ${line}`)
            .join("\n"),
        ]),
    ...(rule.locked
      ? [
          "This rule is locked: no policy lowers it, and a change it finds is approved by two people or not at all.",
        ]
      : []),
    "## How to fix it",
    rule.fix,
  ]
  return `${parts.join("\n\n")}\n`
}

const severityWords: Readonly<Record<ChangeSeverity | "none", string>> = {
  error: "an error",
  warning: "a warning",
  information: "information",
  none: "not told",
}

const versionWords: Readonly<Record<Bump, string>> = {
  none: "It asks for no version number of its own.",
  patch: "It asks for a new patch version.",
  minor: "It asks for a new minor version.",
  major: "It asks for a new major version.",
}

function severities(severity: ChangeRule["severity"]): readonly string[] {
  const modes = Object.entries(severity)
  const [first] = modes
  if (first !== undefined && modes.every(([, one]) => one === first[1]))
    return [`It is ${severityWords[first[1]]}.`]
  return modes.map(([mode, one]) => `Mode \`${mode}\`: ${severityWords[one]}.`)
}
