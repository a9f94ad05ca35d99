// What an engine does, as metrics of Prometheus: of this process, since it began. Flows in: facts of the engine. Flows out: counters and histograms in a
// registry. Labels are names of flows and targets and words of a fixed list, so that their number has a bound.
import { Counter, Histogram, type Registry } from "prom-client"
import type { Observer } from "../../flow/port/observer.ts"

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export function engineMetrics(registry: Registry): Observer {
  const registers = [registry]
  const accepted = new Counter({
    name: "fmap_accepted_total",
    help: "Events handed over: taken, seen before, or refused for another payload under the same id.",
    labelNames: ["outcome"],
    registers,
  })
  const attempts = new Histogram({
    name: "fmap_attempt_seconds",
    help: "Attempts at events, by how they ended.",
    labelNames: ["flow", "outcome"],
    buckets: seconds,
    registers,
  })
  const calls = new Histogram({
    name: "fmap_call_seconds",
    help: "Calls of targets, by how they ended: done, or the class of the failure.",
    labelNames: ["target", "outcome"],
    buckets: seconds,
    registers,
  })
  return {
    accepted(fact) {
      accepted.inc({ outcome: "accepted" }, fact.accepted)
      accepted.inc({ outcome: "duplicate" }, fact.duplicates)
      accepted.inc({ outcome: "conflict" }, fact.conflicts)
    },
    attempt({ flow, outcome, startedAt, endedAt }) {
      attempts.observe({ flow, outcome }, (endedAt - startedAt) / 1_000)
    },
    called({ target, outcome, startedAt, endedAt }) {
      calls.observe({ target, outcome }, (endedAt - startedAt) / 1_000)
    },
  }
}
