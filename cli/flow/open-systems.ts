// The systems of a project as connectors. Flows in: what the configuration says of each, who has the secrets. Flows out: connectors by name, or a sentence for each
// that cannot be.
import { resolve } from "node:path"
import type { Connector, Secrets } from "@fmap/runtime/connectors"
import type { Places, World } from "@fmap/runtime/flow"
import { type Problem, problemsOf } from "../terminal/problem.ts"
import type { FlowConfig } from "./flow-config.ts"
import { folderSystem } from "./folder-system.ts"

type Settings = FlowConfig["systems"][string]

export type Systems =
  | { readonly kind: "systems"; readonly systems: ReadonlyMap<string, Connector>; close(): Promise<void> }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export async function openSystems({ systems, folder }: FlowConfig, around: Around): Promise<Systems> {
  const { secrets } = around
  const { maskedReceipts } = await import("@fmap/runtime/connectors")
  const problems: string[] = []
  const opened = new Map<string, Connector>()
  for (const [name, settings] of Object.entries(systems)) {
    try {
      opened.set(name, maskedReceipts(await open(name, settings, folder, around), secrets))
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error
      // What is not there at all is told by nobody.
      const problem =
        error instanceof RangeError ? error.message : `its options are not those of ${settings.kind}`
      problems.push(`System ${name}: ${problem.replace(/\.$/u, "")}.`)
    }
  }
  if (problems.length > 0) return { kind: "problems", problems: problemsOf("FM8501", problems) }
  const close = async () => {
    for (const connector of opened.values()) await connector.close()
  }
  return { kind: "systems", systems: opened, close }
}

export interface Around {
  readonly secrets: Secrets
  readonly world: World
  /** Of all processes on the ledger. */
  readonly places: Places
}

async function open(system: string, settings: Settings, folder: string, around: Around): Promise<Connector> {
  // Where it is concerns flows, not the connector.
  const { kind, region: _, ...options } = settings
  // Connectors judge their options themselves, and say what is wrong.
  const given = { ...options, system } as never
  switch (kind) {
    case "folder":
      return folderSystem(system, resolve(folder, textOf(options, "path", kind)))
    case "files": {
      const { createFiles } = await import("@fmap/runtime/connectors/files")
      return createFiles({ ...options, objects: withFolders(options["objects"], folder), system } as never, {
        world: around.world,
      })
    }
    case "postgres": {
      const { createWarehouse } = await import("@fmap/runtime/connectors/postgres")
      return createWarehouse(given, around)
    }
    case "adaptive": {
      const { createAdaptive } = await import("@fmap/runtime/connectors/adaptive")
      return createAdaptive(given, around)
    }
    default: {
      const platforms = await platformKinds()
      const make = Object.hasOwn(platforms, kind) ? platforms[kind] : undefined
      if (make !== undefined) return make(given, around)
      const known = ["adaptive", "files", "folder", "postgres", ...Object.keys(platforms)].toSorted()
      throw new RangeError(`there is no kind "${kind}" of system; there are ${known.join(", ")}`)
    }
  }
}

type Make = (options: never, around: Around) => Connector

/** What is reached over HTTP. */
async function platformKinds(): Promise<Readonly<Record<string, Make>>> {
  const connectors = await import("@fmap/runtime/connectors")
  return {
    anaplan: connectors.createAnaplan,
    http: connectors.createHttpSystem,
    netsuite: connectors.createNetSuite,
    odata: connectors.createOData,
    "oracle-fusion": connectors.createOracleFusion,
    salesforce: connectors.createSalesforce,
  }
}

function textOf(options: Readonly<Record<string, unknown>>, name: string, kind: string): string {
  const value = options[name]
  if (typeof value !== "string") throw new RangeError(`${kind} needs "${name}"`)
  return value
}

/** Paths of a configuration are relative to its file. */
function withFolders(objects: unknown, folder: string): unknown {
  if (typeof objects !== "object" || objects === null) throw new RangeError('files needs "objects"')
  const places = new Set(["inbox", "processed", "refused", "shelf", "outbox"])
  return Object.fromEntries(
    Object.entries(objects).map(([object, said]) => [
      object,
      Object.fromEntries(
        Object.entries(said as object).map(([name, value]) => [
          name,
          places.has(name) && typeof value === "string" ? resolve(folder, value) : value,
        ]),
      ),
    ]),
  )
}
