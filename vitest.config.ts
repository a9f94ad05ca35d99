import { defineConfig } from "vitest/config"

// FMAP_TEST_RESULTS: where CI wants the results as JSON, beside what a person reads.
const results = process.env.FMAP_TEST_RESULTS

export default defineConfig({
  resolve: { conditions: ["fmap-source", "node"] },
  ssr: { resolve: { conditions: ["fmap-source", "node"] } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: results === undefined ? ["default"] : ["default", ["json", { outputFile: results }]],
  },
})
