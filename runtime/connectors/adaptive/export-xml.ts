// Calls that read Adaptive Planning, as XML. Flows in: credentials, what is wanted. Flows out: text.
import { type AdaptiveCredentials, callXml, escaped } from "./call-xml.ts"

export interface ExportFilter {
  /** Undefined: the instance's own. */
  readonly version: string | undefined
  /** Codes. */
  readonly accounts: readonly Member[]
  /** Names. */
  readonly levels: readonly Member[]
  readonly dimensions: readonly string[]
  readonly values: readonly { readonly dimension: string; readonly name: string }[]
  readonly from: string
  readonly to: string
}

interface Member {
  readonly name: string
  readonly withBelow: boolean
}

/** Accounts that others add up to are left out: whoever adds the rows up would count twice. */
export function exportDataCall(credentials: AdaptiveCredentials, filter: ExportFilter): string {
  const accounts = filter.accounts.map(
    ({ name, withBelow }) =>
      `<account code="${escaped(name)}" isAssumption="false" includeDescendants="${withBelow}"/>`,
  )
  const levels = filter.levels.map(
    ({ name, withBelow }) =>
      `<level name="${escaped(name)}" isRollup="${withBelow}" includeDescendants="${withBelow}"/>`,
  )
  const values = filter.values.map(
    ({ dimension, name }) =>
      `<dimensionValue dimName="${escaped(dimension)}" name="${escaped(name)}" directChildren="false"/>`,
  )
  const dimensions = filter.dimensions.map(name => `<dimension name="${escaped(name)}"/>`)
  return callXml("exportData", credentials, [
    filter.version === undefined
      ? '<version isDefault="true"/>'
      : `<version name="${escaped(filter.version)}" isDefault="false"/>`,
    '<format useInternalCodes="true" includeUnmappedItems="false"/>',
    "<filters>",
    ...inside("accounts", accounts),
    ...inside("levels", levels),
    ...inside("dimensionValues", values),
    `<timeSpan start="${escaped(filter.from)}" end="${escaped(filter.to)}"/>`,
    "</filters>",
    ...inside("dimensions", dimensions),
    '<rules includeZeroRows="false" includeRollupAccounts="false" includeRollupLevels="false"><currency useCorporate="false" useLocal="true"/></rules>',
  ])
}

export function listCall(
  credentials: AdaptiveCredentials,
  method: "exportVersions" | "exportAccounts" | "exportLevels",
): string {
  return callXml(method, credentials, [])
}

function inside(name: string, elements: readonly string[]): readonly string[] {
  return elements.length === 0 ? [] : [`<${name}>`, ...elements, `</${name}>`]
}
