// Findings as workflow commands of GitHub Actions, which turn them into annotations. Flows in: findings. Flows out: one
// line each. Everything that could end the command or add a property is escaped as the runner decodes it.
import type { Finding } from "./finding.ts"

const commands = { error: "error", warning: "warning", information: "notice" } as const

export function github(findings: readonly Finding[]): string {
  return findings.map(finding => `${command(finding)}\n`).join("")
}

function command(finding: Finding): string {
  const oneLine = finding.start.line === finding.end.line
  const properties = [
    ["file", finding.file],
    ["line", String(finding.start.line)],
    ["endLine", String(finding.end.line)],
    // The runner takes columns only within one line.
    ...(oneLine
      ? [
          ["col", String(finding.start.column)],
          ["endColumn", String(finding.end.column)],
        ]
      : []),
    ["title", `${finding.code} ${finding.title}`],
  ]
  const text = [finding.message, finding.label, finding.help === null ? "" : `Help: ${finding.help}`]
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(value ?? "")}`).join(",")
  return `::${commands[finding.severity]} ${list}::${escapeData(text.filter(part => part !== "").join("\n"))}`
}

export function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
}

export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C")
}
