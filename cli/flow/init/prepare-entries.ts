// Entries of fmap.flows.json for systems. Flows in: systems as flows use them; from which port on simulators may listen, where they are wanted. Flows out: an entry each, by the template of
// its platform, with what has to be told of it.

import { adaptive } from "./adaptive.ts"
import { anaplan } from "./anaplan.ts"
import { dynamics } from "./dynamics.ts"
import { files } from "./files.ts"
import { folderOfTrial } from "./folder.ts"
import { http } from "./http.ts"
import { hubspot } from "./hubspot.ts"
import { netsuite } from "./netsuite.ts"
import { odata } from "./odata.ts"
import { oracleFusion } from "./oracle-fusion.ts"
import { postgres } from "./postgres.ts"
import { salesforce } from "./salesforce.ts"
import { sap } from "./sap.ts"
import type { JsonObject, Prepared, Template, UsedSystem } from "./template.ts"

/** By what a system says as its `platform`. */
export const templates: Readonly<Record<string, Template>> = {
  adaptive,
  anaplan,
  d365: dynamics,
  files,
  http,
  hubspot,
  netsuite,
  odata,
  oracle: oracleFusion,
  postgres,
  salesforce,
  sap,
  stripe: http,
}

export interface PreparedSystem extends Prepared {
  readonly system: UsedSystem
  readonly simulator?: {
    readonly name: string
    readonly port: number
    /** What it has to begin with, and the file that may hold it, beside the configuration. */
    readonly begins?: { readonly data: JsonObject; readonly file: string }
  }
}

export const firstPort = 8_501

/** `ports`: of systems that are described already. Undefined: no simulators are wanted. */
export function prepareEntries(
  systems: readonly UsedSystem[],
  ports: ReadonlySet<number> | undefined,
): readonly PreparedSystem[] {
  let next = firstPort
  return systems.map(system => {
    const template = templateOf(system)
    const name = ports === undefined ? undefined : template.simulator(system)
    if (name === undefined) return { system, ...template.prepare(system, undefined) }
    while (ports?.has(next) === true) next++
    const port = next++
    const { data, ...prepared } = template.prepare(system, `http://127.0.0.1:${port}`)
    const begins = data === undefined ? {} : { begins: { data, file: `simulated/${system.fileName}.json` } }
    return { system, ...prepared, simulator: { name, port, ...begins } }
  })
}

function templateOf({ platform }: UsedSystem): Template {
  if (platform === undefined) return folderOfTrial
  return (Object.hasOwn(templates, platform) ? templates[platform] : undefined) ?? http
}
