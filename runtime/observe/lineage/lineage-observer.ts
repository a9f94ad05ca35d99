// What an engine does, as run events of OpenLineage: START at the first attempt, then COMPLETE or FAIL. Flows in: facts of the engine, and what each flow reads and writes. Flows out: events
// as data. A run is an event of the ledger, its parent the business transaction. Written by hand after the specification (RunEvent 2-0-2); there are names, ids and codes in it, no payload.
import { createHash } from "node:crypto"
import type { AttemptFact, Observer } from "../../flow/port/observer.ts"
import { codeWord } from "../logs/code-word.ts"

/** As the compiler's `openLineageJobs` gives it. */
export interface LineageJob {
  readonly flow: string
  readonly version: string
  readonly inputs: readonly LineageDataset[]
  readonly outputs: readonly LineageDataset[]
}

export interface LineageDataset {
  readonly namespace: string
  readonly name: string
  readonly facets: Readonly<Record<string, object>>
}

export interface LineageOptions {
  readonly jobs: readonly LineageJob[]
  /** Of the jobs: which installation this is. */
  readonly namespace: string
  readonly emit: (event: RunEvent) => void
}

export interface RunEvent {
  readonly eventType: "START" | "COMPLETE" | "FAIL"
  readonly eventTime: string
  readonly run: { readonly runId: string; readonly facets: Readonly<Record<string, object>> }
  readonly job: { readonly namespace: string; readonly name: string }
  readonly inputs: readonly object[]
  readonly outputs: readonly object[]
  readonly producer: string
  readonly schemaURL: string
}

const producer = "urn:fmap:runtime"
const schemaURL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
const facet = (version: string, name: string) => ({
  _producer: producer,
  _schemaURL: `https://openlineage.io/spec/facets/${version}/${name}.json#/$defs/${name}`,
})

/** Runs whose START this process has told and that go on; more than that are told to start again. */
const mostStarted = 100_000

export function lineageObserver({ jobs, namespace, emit }: LineageOptions): Observer {
  const known = new Map(jobs.map(job => [`${job.flow} ${job.version}`, job]))
  const started = new Set<string>()

  function told(eventType: RunEvent["eventType"], fact: AttemptFact, at: number): RunEvent {
    const { event, flow, flowVersion, correlationId, code } = fact
    const job = known.get(`${flow} ${flowVersion}`)
    // Only what came to a good end says what its data sets are made of.
    const shown = ({ namespace: of, name, facets }: LineageDataset) =>
      eventType === "COMPLETE" ? { namespace: of, name, facets } : { namespace: of, name }
    const failed =
      eventType === "FAIL"
        ? {
            errorMessage: {
              ...facet("1-0-0", "ErrorMessageRunFacet"),
              message: codeWord(code) ?? "stopped",
              programmingLanguage: "fmap",
            },
          }
        : {}
    return {
      eventType,
      eventTime: new Date(at).toISOString(),
      run: {
        runId: runIdOf(event),
        facets: {
          parent: {
            ...facet("1-0-1", "ParentRunFacet"),
            run: { runId: runIdOf(`transaction ${correlationId}`) },
            job: { namespace, name: "transaction" },
          },
          ...failed,
        },
      },
      job: { namespace, name: `${flow}@${flowVersion}` },
      inputs: job?.inputs.map(shown) ?? [],
      outputs: eventType === "START" ? [] : (job?.outputs.map(shown) ?? []),
      producer,
      schemaURL,
    }
  }

  return {
    attempt(fact) {
      const { event, outcome, startedAt, endedAt } = fact
      if (outcome === "lost") return
      if (!started.has(event)) {
        if (started.size >= mostStarted) started.clear()
        started.add(event)
        emit(told("START", fact, startedAt))
      }
      if (outcome === "later") return
      started.delete(event)
      emit(told(outcome === "done" ? "COMPLETE" : "FAIL", fact, endedAt))
    },
  }
}

/** A UUID (version 8: made by our own rule): of an event its id, which is 32 hexadecimal digits; of anything else a hash. */
export function runIdOf(id: string): string {
  const hex = /^[0-9a-f]{32}$/u.test(id) ? id : createHash("sha256").update(id).digest("hex").slice(0, 32)
  const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
