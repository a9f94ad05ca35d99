// Run events of OpenLineage out of a process. Flows in: the section `lineage`, the Plan. Flows out: lines of a file, or posts. Who takes them is no part of what flows promise: posts that
// fail are tried again while fmap runs, and the oldest are dropped, and told, when too many wait.
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { openLineageJobs, type Plan } from "@fmap/compiler"
import { createHttpSystem, SecretMissing, type Secrets } from "@fmap/runtime/connectors"
import { CallFailed, type World } from "@fmap/runtime/flow"
import { lineageObserver, type RunEvent } from "@fmap/runtime/observe"
import { problem } from "../terminal/problem.ts"
import type { LineageSettings } from "./lineage-config.ts"
import type { FoundPart } from "./part.ts"

export interface LineageParts {
  readonly plan: Plan
  readonly folder: string
  readonly secrets: Secrets
  readonly world: World
  readonly say: (sentence: string) => void
}

const mostWaiting = 10_000
const againMs = 5_000
/** For what still waits when fmap ends. */
const lastMs = 5_000
const lastAgainMs = 250

export async function lineagePart(settings: LineageSettings, parts: LineageParts): Promise<FoundPart> {
  const { to, namespace } = settings
  const jobs = openLineageJobs(parts.plan)
  if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(to))
    return posted(settings, parts, emit => lineageObserver({ jobs, namespace, emit }))
  const path = resolve(parts.folder, to)
  let file: number
  try {
    mkdirSync(dirname(path), { recursive: true })
    file = openSync(path, "a", 0o600)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { kind: "problems", problems: [problem("FM8507", `"lineage.to": it cannot be written: ${why}.`)] }
  }
  const emit = (event: RunEvent) => void writeSync(file, `${JSON.stringify(event)}\n`)
  return {
    kind: "part",
    part: { observer: lineageObserver({ jobs, namespace, emit }), close: async () => closeSync(file) },
  }
}

async function posted(
  { to, token, reach }: LineageSettings,
  { secrets, world, say }: LineageParts,
  observerOf: (emit: (event: RunEvent) => void) => ReturnType<typeof lineageObserver>,
): Promise<FoundPart> {
  const no = (why: string): FoundPart => ({
    kind: "problems",
    problems: [problem("FM8507", `"lineage.to": ${why.replace(/\.$/u, "")}.`)],
  })
  if (!URL.canParse(to)) return no("it is no URL")
  const { origin, pathname, search, username, password } = new URL(to)
  if (username !== "" || password !== "") return no("it holds credentials; name a secret as token instead")
  let system: ReturnType<typeof createHttpSystem>
  try {
    if (token !== undefined) await secrets.get(token)
    system = createHttpSystem(
      {
        system: "lineage",
        baseUrl: origin,
        reach,
        auth: token === undefined ? { kind: "none" } : { kind: "bearer", token },
        objects: { RunEvent: { create: { method: "POST", path: `${pathname}${search}`, repeatable: true } } },
      } as never,
      { secrets, world },
    )
  } catch (error) {
    if (error instanceof SecretMissing)
      return { kind: "problems", problems: [problem("FM8503", `"lineage.token": ${error.message}.`)] }
    if (error instanceof RangeError) return no(error.message.replace(/^baseUrl /u, "it "))
    throw error
  }
  const waiting: RunEvent[] = []
  let dropped = 0
  let told = false

  /** All that waits, in order; false: somebody does not take it now. */
  async function post(signal: AbortSignal): Promise<boolean> {
    for (let next = waiting[0]; next !== undefined && !signal.aborted; next = waiting[0]) {
      const record = { ...next }
      const request = { object: "RunEvent", key: "eventTime", fields: null, verb: "create" as const, record }
      try {
        await system.send(request, { key: next.run.runId, sendKey: false, signal })
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error
        if (!told) say(`"lineage" cannot be posted, and is tried again: ${error.failure}.`)
        told = true
        // What is refused stays refused.
        if (error.failure !== "rejected") return false
        dropped++
      }
      if (waiting[0] === next) waiting.shift()
    }
    return true
  }

  return {
    kind: "part",
    part: {
      observer: observerOf(event => {
        waiting.push(event)
        if (waiting.length <= mostWaiting) return
        waiting.shift()
        dropped++
      }),
      async run(signal) {
        while (!signal.aborted) await world.sleep((await post(signal)) ? 200 : againMs, signal)
      },
      async close() {
        const signal = AbortSignal.timeout(lastMs)
        while (!signal.aborted && !(await post(signal))) await world.sleep(lastAgainMs, signal)
        if (waiting.length + dropped > 0)
          say(`${waiting.length + dropped} events of "lineage" were not taken.`)
        await system.close()
      },
    },
  }
}
