// A rehearsal reaches nothing but this machine. Flows in: the configuration of flows, as JSON, and the environment its references name. Flows out: a line for each place that leads elsewhere.
import { addressOfHost, networkOf } from "../../connectors/http/addresses.ts"

type Environment = Readonly<Record<string, string | undefined>>

/** Kinds of systems that have their address in `baseUrl`, save these. */
const inFolders = new Set(["folder", "files", "postgres"])
/** Parts that reach an address of the platform's own where they name none. */
const ownAddresses: Readonly<Record<string, readonly string[]>> = { anaplan: ["auth", "url"] }

/** Nothing where all of it stays on this machine. */
export function leavesMachine(config: unknown, environment: Environment): readonly string[] {
  const systems = Object.entries(membersOf(membersOf(config)["systems"]))
  const missing = systems.flatMap(([name, settings]) => {
    const { kind } = membersOf(settings)
    if (typeof kind !== "string" || inFolders.has(kind)) return []
    const wanted = [["baseUrl"], ...(Object.hasOwn(ownAddresses, kind) ? [ownAddresses[kind] ?? []] : [])]
    return wanted.flatMap(path =>
      path.reduce<unknown>((value, part) => membersOf(value)[part], settings) === undefined
        ? [`/systems/${name}/${path.join("/")} is not there, and may lead to the platform itself`]
        : [],
    )
  })
  return [...missing, ...elsewhere(config, "", environment)]
}

function elsewhere(value: unknown, pointer: string, environment: Environment): readonly string[] {
  if (typeof value === "string") {
    const named = /^env:(\w+)$/u.exec(value)?.[1]
    const said = named === undefined ? value : (environment[named] ?? "")
    // Servers of NATS may be written without what they speak.
    const meant = pointer.startsWith("/nats/servers/") && !said.includes("://") ? `nats://${said}` : said
    return leadsElsewhere(meant)
      ? [`${pointer} leads to ${named === undefined ? hostOf(meant) : `what ${named} says`}`]
      : []
  }
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => elsewhere(one, `${pointer}/${name}`, environment))
}

function leadsElsewhere(text: string): boolean {
  if (!/^[a-z][a-z\d+.-]*:\/\//iu.test(text)) return false
  const host = hostOf(text)
  return host !== "localhost" && networkOf(addressOfHost(host) ?? "") !== "loopback"
}

/** Without a user and a password. */
function hostOf(text: string): string {
  const host = URL.canParse(text) ? new URL(text).hostname : ""
  return host === "" ? "an address that cannot be read" : host
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
