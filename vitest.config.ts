import { configDefaults, defineConfig } from "vitest/config"

// FMAP_TEST_RESULTS: where CI wants the results as JSON, beside what a person reads.
const results = process.env.FMAP_TEST_RESULTS

// Testcases that cannot be part of this repository run where somebody has them: CI allows no skipped test.
const absent = process.env.FMAP_DECTEST === undefined ? ["test/runtime/decimal/dectest.test.ts"] : []

// They freeze Object.prototype: each needs a process of its own. All others share processes and with them what was loaded, a quarter of the time.
const alone = [
  "test/compiler/emit/typescript/hostile-names.test.ts",
  "test/runtime/door/payload.test.ts",
  "test/runtime/door/scalars.test.ts",
  "test/runtime/json/read-json.test.ts",
]

export default defineConfig({
  resolve: { conditions: ["fmap-source", "node"] },
  ssr: { resolve: { conditions: ["fmap-source", "node"] } },
  test: {
    testTimeout: 60_000,
    reporters: results === undefined ? ["default"] : ["default", ["json", { outputFile: results }]],
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...absent, ...alone],
          isolate: false,
        },
      },
      { extends: true, test: { name: "alone", include: alone, isolate: true } },
    ],
  },
})
