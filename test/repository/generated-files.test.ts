// What is made from source and committed is what the source makes today.
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { generatedFiles } from "./generated-files.ts"

test.each(generatedFiles().map(file => [file.path, file] as const))("%s is up to date", (path, { text }) => {
  expect(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")).toBe(text)
})
