// The importers by format. Flows in: nothing. Flows out: one function a format; a format whose importer is not there yet has none.
import { importCdm } from "./cdm/index.ts"
import { importEdmx } from "./edmx/index.ts"
import type { ImportFormat } from "./formats.ts"
import type { Importer } from "./model.ts"
import { importNetsuite } from "./netsuite/index.ts"
import { importOdcs } from "./odcs/index.ts"
import { openapi } from "./openapi/openapi.ts"
import { salesforce } from "./salesforce/salesforce.ts"
import { csv } from "./sample/csv.ts"
import { jsonSample } from "./sample/json-sample.ts"
import { jsonSchema } from "./schema/json-schema.ts"
import { importXsd } from "./xsd/index.ts"

export const importers: Readonly<Record<ImportFormat, Importer | null>> = {
  salesforce,
  openapi,
  "json-schema": jsonSchema,
  edmx: importEdmx,
  cdm: importCdm,
  netsuite: importNetsuite,
  odcs: importOdcs,
  xsd: importXsd,
  csv,
  json: jsonSample,
}
