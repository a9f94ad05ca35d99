import { configDefaults, defineConfig } from "vitest/config"

// FMAP_TEST_RESULTS: where CI wants the results as JSON, beside what a person reads.
const results = process.env.FMAP_TEST_RESULTS

// Testcases that cannot be part of this repository run where somebody has them: CI allows no skipped test.
const absent = process.env.FMAP_DECTEST === undefined ? ["test/runtime/decimal/dectest.test.ts"] : []

export default defineConfig({
  resolve: { conditions: ["fmap-source", "node"] },
  ssr: { resolve: { conditions: ["fmap-source", "node"] } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...absent],
    testTimeout: 60_000,
    reporters: results === undefined ? ["default"] : ["default", ["json", { outputFile: results }]],
  },
})
