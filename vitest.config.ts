import { defineConfig } from "vitest/config"

export default defineConfig({
  resolve: { conditions: ["fmap-source", "node"] },
  ssr: { resolve: { conditions: ["fmap-source", "node"] } },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 },
})
