// The sections `logs`, `metrics` and `traces` of fmap.flows.json: what machines read of flows. Flows in: JSON. Flows out: checked data.
import * as z from "zod/mini"

export const logsSection = z.optional(
  z
    .strictObject({
      level: z._default(
        z
          .enum(["debug", "info", "warn", "error"])
          .check(z.describe("From which level on lines are written.")),
        "info",
      ),
      to: z._default(
        z
          .string()
          .check(
            z.minLength(1),
            z.describe(
              "stderr, where everything that is said is a line of the log then; or a file relative to this one, to whose end lines are added.",
            ),
          ),
        "stderr",
      ),
    })
    .check(
      z.describe(
        "What flows do, as a JSON document a line, without payloads and secrets. Needs the package pino.",
      ),
    ),
)

export const metricsSection = z.optional(
  z
    .strictObject({
      port: z._default(
        z.int().check(z.minimum(0), z.maximum(65_535), z.describe("0: any that is free.")),
        9464,
      ),
      host: z._default(
        z
          .string()
          .check(
            z.minLength(1),
            z.describe(
              "The address it listens on. Whoever reaches it reads names and amounts: it asks nobody who they are.",
            ),
          ),
        "127.0.0.1",
      ),
      amounts: z._default(
        z
          .boolean()
          .check(z.describe("Sums by state and currency, too: each look reads every amount of the ledger.")),
        false,
      ),
    })
    .check(z.describe("Metrics of Prometheus at /metrics. Needs the package prom-client.")),
)

export const tracesSection = z.optional(
  z
    .boolean()
    .check(
      z.describe(
        "Spans of OpenTelemetry, for whatever SDK the process was started with (node --import). Needs the package @opentelemetry/api.",
      ),
    ),
)

export type LogSettings = NonNullable<ReturnType<typeof logsSection.parse>>
export type MetricsSettings = NonNullable<ReturnType<typeof metricsSection.parse>>
