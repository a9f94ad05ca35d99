// Secrets that are not there when flows start: every call would wait for them, and nobody would know why. Flows in: what the configuration says of systems. Flows out: a sentence for each
// reference that leads nowhere. Programs (`exec:`) are started when a call needs them, and not before.
import { SecretMissing, type Secrets } from "@fmap/runtime/connectors"
import type { FlowConfig } from "./flow-config.ts"

const reference = /^(?:env:[A-Za-z_]\w*|file:\/.+)$/u

export async function missingSecrets(
  systems: FlowConfig["systems"],
  used: ReadonlySet<string>,
  secrets: Pick<Secrets, "get">,
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [system, { auth }] of Object.entries(systems)) {
    if (!used.has(system)) continue
    for (const [at, name] of referencesIn(auth, "auth")) {
      try {
        await secrets.get(name)
      } catch (error) {
        if (!(error instanceof SecretMissing)) throw error
        problems.push(`System ${system}, ${at}: ${error.message}.`)
      }
    }
  }
  return problems
}

function referencesIn(value: unknown, at: string): readonly (readonly [string, string])[] {
  if (typeof value === "string") return reference.test(value) ? [[at, value]] : []
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => referencesIn(member, `${at}.${name}`))
}
