// Writes specs/schemas/fmap.schema.json anew from the code: node --conditions=fmap-source test/repository/update-schemas.mjs
import { writeFileSync } from "node:fs"
import { configJsonSchema } from "../../cli/config/schema.ts"

writeFileSync(
  new URL("../../specs/schemas/fmap.schema.json", import.meta.url),
  `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
)
