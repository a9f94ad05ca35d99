// R4 in small: the database itself dies under two workers, every process of it at once. On a server of its own; `npm run test:chaos -- postgres` runs the long form.
import { env } from "node:process"
import { expect, test } from "vitest"
import { postgresRun } from "./kill-run.ts"
import { clusterPossible, ownCluster } from "./own-cluster.ts"

test.skipIf(!clusterPossible() && env["FMAP_FORBID_SKIP"] !== "1")(
  "a database that crashes: nothing lost, nothing twice, nothing out of order, and no worker ends",
  async () => {
    const cluster = await ownCluster()
    if (cluster === undefined) throw new Error("there are no programs of PostgreSQL here")
    try {
      const result = await postgresRun({
        schema: "fmap_test_crash",
        events: 200,
        workers: 2,
        kills: 2,
        zombies: 0,
        lanes: 40,
        seed: 2,
        faults: { failed: 0.1, throttled: 0.1, lost: 0.05 },
        betweenMs: 2_000,
        longestSeconds: 300,
        own: { cluster, crashes: 2 },
      })
      expect(result.broken).toEqual([])
      expect(result.crashes).toBe(2)
    } finally {
      cluster.stop()
    }
  },
  400_000,
)
