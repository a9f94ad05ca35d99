// Writes every generated file anew: npm run generate
import { writeFileSync } from "node:fs"
import { generatedFiles } from "./generated-files.ts"

for (const { path, text } of generatedFiles()) writeFileSync(new URL(`../../${path}`, import.meta.url), text)
