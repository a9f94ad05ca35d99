// `fmap run`: puts records through a map with the interpreter. Flows in: the map's name, files or standard input. Flows out:
// results on standard output, exact to the last digit; issues as commentary or as NDJSON in a file. Every record of the input gives
// a result or an issue that names its number.
import { statSync } from "node:fs"
import { resolve } from "node:path"
import { interpreter, type Plan, type PlanMap, setInterpreter } from "@fmap/compiler"
import { analyseProject } from "../project/analyse-project.ts"
import { noSuchMap } from "../project/no-such-map.ts"
import { openProject } from "../project/open-project.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { bindWords } from "../run/bindings.ts"
import { type Feed, openFeed } from "../run/feed.ts"
import { isFileError } from "../run/file-error.ts"
import { calendarFiles, loadCalendars } from "../run/load-calendars.ts"
import { loadCrosswalks } from "../run/load-crosswalks.ts"
import { progress } from "../run/progress.ts"
import { pumpSet } from "../run/pump-set.ts"
import { type RunRecorder, runRecorder } from "../run/run-record.ts"
import { type IssueSink, issueSink, type ResultSink, resultSink } from "../run/sinks.ts"
import { type UnmappedRows, unmappedRows } from "../run/unmapped-rows.ts"
import { noticed, unreadable } from "../run/unreadable.ts"
import { outputForm, type WireFormat } from "../run/wire-form.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface RunOptions {
  readonly project?: string
  readonly source?: readonly string[]
  readonly given?: readonly string[]
  readonly crosswalk?: readonly string[]
  readonly unmapped?: readonly string[]
  readonly each?: boolean
  readonly inputFormat?: WireFormat
  /** Undefined: as the target's system says. */
  readonly outputFormat?: WireFormat
  /** The same, as it was called before there were others. */
  readonly format?: "ndjson" | "json"
  readonly issues?: string
  readonly record?: string
}

export async function run(
  mapName: string,
  input: string | undefined,
  options: RunOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const opening = openProject(terminal.cwd, options.project, [])
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const compiled = analyseProject(opening.opened)
  const { plan } = compiled
  tellDiagnostics(compiled, opening.opened.project.folder, terminal)
  if (plan === null) return exitCodes.findings

  const map = plan.maps.find(candidate => candidate.name === mapName)
  if (map === undefined) return cannotStart(terminal, [problem("FM8108", noSuchMap(mapName, plan))])
  const external = plan.crosswalks
    .filter(crosswalk => crosswalk.external !== null && map.crosswalks.includes(crosswalk.id))
    .map(one => one.id)
  const bound = bindWords(map, [...external, ...calendarFiles(plan, map.calendars)], {
    input,
    source: options.source ?? [],
    given: options.given ?? [],
    crosswalk: options.crosswalk ?? [],
    unmapped: options.unmapped ?? [],
  })
  if (bound.kind === "problems") return cannotStart(terminal, problemsOf("FM8201", bound.problems))
  // Opening it for writing empties it.
  const { sources, crosswalks } = bound.bindings
  for (const [name, file] of [
    ["--issues", options.issues],
    ["--record", options.record],
    ...[...bound.bindings.unmapped.values()].map(file => ["--unmapped", file] as const),
  ] as const) {
    if (file !== undefined && isOneOf(file, [...sources.values(), ...crosswalks.values()], terminal))
      return cannotStart(terminal, [problem("FM8104", `${name} names ${file}, which is read.`)])
  }
  const reference = loadCrosswalks(plan, external, bound.bindings.crosswalks, compiled.host, terminal.cwd)
  const calendars = loadCalendars(plan, map.calendars, crosswalks, compiled.host, terminal.cwd)
  const missing = [reference, calendars].flatMap(one => (one.kind === "problems" ? one.problems : []))
  if (reference.kind === "problems" || calendars.kind === "problems") return cannotStart(terminal, missing)
  const data = { ...reference.crosswalks, ...Object.fromEntries(calendars.calendars) }

  let queue: UnmappedRows
  try {
    queue = unmappedRows(plan, bound.bindings.unmapped, terminal.cwd)
  } catch (error) {
    if (!isFileError(error)) throw error
    return cannotStart(terminal, [
      problem("FM8103", `A file of --unmapped cannot be written: ${error.message}.`),
    ])
  }
  const feed = await openFeed(
    plan,
    map,
    bound.bindings,
    { each: options.each === true, format: options.inputFormat },
    terminal,
  )
  if (feed.kind === "problems") return cannotStart(terminal, feed.problems)
  let recorder: RunRecorder | null = null
  try {
    if (options.record !== undefined)
      recorder = runRecorder(
        options.record,
        plan,
        map,
        reference.crosswalks,
        calendars.calendars,
        crosswalks,
        feed.fixed,
        terminal,
      )
  } catch (error) {
    if (!isFileError(error)) throw error
    return cannotStart(terminal, [
      problem("FM8103", `${options.record} cannot be written: ${error.message}.`),
    ])
  }
  if (map.set !== null) {
    const sinks = openSinks(plan, map, options, true, queue, terminal)
    if ("problem" in sinks) return cannotStart(terminal, [sinks.problem])
    const start = setInterpreter(plan)
    return pumpSet(feed, map, start(map.name, feed.fixed, data), sinks, recorder, terminal)
  }
  const transform = interpreter(plan)
  return pump(feed, plan, map, options, queue, terminal, {
    run: async (record, number) => {
      const input = { ...feed.fixed, [feed.name]: record }
      const result = transform(map.name, input, data)
      await recorder?.write(number, { input }, result.status)
      return result
    },
    end: async () => recorder?.end(),
  })
}

interface Transform {
  readonly run: (record: unknown, number: number) => Promise<ReturnType<ReturnType<typeof interpreter>>>
  readonly end: () => Promise<void>
}

/** The loop: record in, result or issues out, counting. */
async function pump(
  feed: Feed,
  plan: Plan,
  map: PlanMap,
  options: RunOptions,
  queue: UnmappedRows,
  terminal: Terminal,
  transform: Transform,
): Promise<ExitCode> {
  const sinks = openSinks(plan, map, options, feed.several, queue, terminal)
  if ("problem" in sinks) return cannotStart(terminal, [sinks.problem])
  const { results, issues } = sinks
  const bar = progress(terminal)
  const counts = { done: 0, held: 0, rejected: 0 }
  const { interrupted } = terminal
  let readerGone = false
  try {
    for await (const record of feed.records(interrupted)) {
      if (interrupted.aborted || readerGone) break
      if ("notice" in record)
        await issues.write({ record: null, status: "done", issues: [noticed(record, feed.name)] }, bar.clear)
      else if ("problem" in record) {
        counts.rejected++
        await issues.write(
          {
            record: record.number,
            line: record.line,
            status: "rejected",
            issues: [unreadable(record, feed.name)],
          },
          bar.clear,
        )
      } else {
        const result = await transform.run(record.value, record.number)
        const refusal = result.status === "done" ? results.refusal(result.value) : undefined
        const status = refusal === undefined ? result.status : "rejected"
        counts[status]++
        const found = [
          ...(result.status === "done" ? result.notes : result.issues),
          ...(refusal === undefined ? [] : [unreadable({ place: "", problem: refusal }, map.target.name)]),
        ]
        const line = record.line
        if (found.length > 0)
          await issues.write({ record: record.number, line, status, issues: found }, bar.clear)
        if (refusal !== undefined) continue
        if (result.status === "done") readerGone = !(await results.write(result.value))
      }
      bar.show(() => tally(counts))
    }
    if (!readerGone) readerGone = !(await results.end())
    await issues.end()
    await transform.end()
  } catch (error) {
    bar.clear()
    if (!isFileError(error)) throw error
    terminal.comment(`${tally(counts)}\n`)
    return cannotStart(terminal, [problem("FM8204", `Stopped: ${error.message}.`)])
  }
  bar.clear()
  terminal.comment(
    `${map.name}: ${tally(counts)}${interrupted.aborted || readerGone ? "; interrupted, what followed was not read" : ""}.\n`,
  )
  if (interrupted.aborted || readerGone) return exitCodes.interrupted
  return counts.held + counts.rejected > 0 ? exitCodes.stopped : exitCodes.fine
}

function openSinks(
  plan: Plan,
  map: PlanMap,
  options: RunOptions,
  several: boolean,
  queue: UnmappedRows,
  terminal: Terminal,
): { readonly results: ResultSink; readonly issues: IssueSink } | { readonly problem: Problem } {
  try {
    const output = outputForm(plan, map.target.shape, options.outputFormat ?? options.format)
    const issues = withQueue(issueSink(options.issues, terminal), queue, terminal)
    return { issues, results: resultSink(output, several, terminal) }
  } catch (error) {
    if (!isFileError(error)) throw error
    return { problem: problem("FM8103", `${options.issues} cannot be written: ${error.message}.`) }
  }
}

/** What records miss is queued for a steward beside what is said of them. */
function withQueue(sink: IssueSink, queue: UnmappedRows, terminal: Terminal): IssueSink {
  return {
    write: (found, before) => {
      queue.add(found.issues)
      return sink.write(found, before)
    },
    end: async () => {
      await sink.end()
      for (const line of queue.end()) terminal.comment(`${line}\n`)
    },
  }
}

/** The same file, whatever it is called. */
function isOneOf(file: string, others: readonly (string | null)[], { cwd }: Terminal): boolean {
  const identity = (path: string) => statSync(resolve(cwd, path), { throwIfNoEntry: false, bigint: true })
  const wanted = identity(file)
  return others.some(other => {
    const found = other === null ? undefined : identity(other)
    return wanted?.isFile() === true && found?.ino === wanted.ino && found.dev === wanted.dev
  })
}

function tally({
  done,
  held,
  rejected,
}: {
  readonly done: number
  readonly held: number
  readonly rejected: number
}): string {
  const total = done + held + rejected
  return `${total} record${total === 1 ? "" : "s"}: ${done} done, ${held} held, ${rejected} rejected`
}
