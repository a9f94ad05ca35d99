// The first program on each page of the engine compiles as strictly as this repository, and prints what the page says.
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { root } from "../architecture/source-files.ts"

test.each(["specs/runtime.md", "specs/observing.md", "specs/console.md"])(
  "the program of %s compiles and does what stands below it",
  path => {
    const page = readFileSync(join(root, path), "utf8")
    const block = (language: string) =>
      new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "mu").exec(page)?.[1]
    const folder = mkdtempSync(join(root, "node_modules/.fmap-page-"))
    try {
      const program = join(folder, "page.ts")
      writeFileSync(program, block("ts") ?? "")
      writeFileSync(
        join(folder, "tsconfig.json"),
        JSON.stringify({ extends: "../../tsconfig.json", files: ["page.ts"], include: [] }),
      )
      const tsc = join(root, "node_modules/typescript/bin/tsc")
      const types = spawnSync(process.execPath, [tsc, "--noEmit", "-p", folder], { encoding: "utf8" })
      expect(types.stdout).toBe("")
      // Node does not take types out of files below node_modules.
      const run = mkdtempSync(join(root, "test/docs/.page.tmp."))
      try {
        writeFileSync(join(run, "page.ts"), block("ts") ?? "")
        const printed = execFileSync(process.execPath, ["--conditions=fmap-source", "page.ts"], {
          cwd: run,
          encoding: "utf8",
        })
        expect(printed).toBe(block("text"))
      } finally {
        rmSync(run, { recursive: true })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  60_000,
)
