// The formats that can be imported: how users call them, and the word a contract says behind `from`. Flows in: nothing. Flows out:
// plain data. The command line reads it when it starts, so it loads nothing.

export const importFormats = [
  "salesforce",
  "openapi",
  "json-schema",
  "edmx",
  "cdm",
  "netsuite",
  "odcs",
  "xsd",
  "csv",
  "json",
] as const
export type ImportFormat = (typeof importFormats)[number]

/** `from schema "deal.json"`: a hyphen cannot stand in a word of the language. */
export function formatWord(format: ImportFormat): string {
  return format === "json-schema" ? "schema" : format
}
