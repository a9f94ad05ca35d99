// Writes every generated file anew: npm run generate
import { mkdirSync, writeFileSync } from "node:fs"
import { generatedFiles } from "./generated-files.ts"

for (const { path, text } of generatedFiles()) {
  const file = new URL(`../../${path}`, import.meta.url)
  mkdirSync(new URL(".", file), { recursive: true })
  writeFileSync(file, text)
}
