// A project ready to run its flows. Flows in: the working folder and options. Flows out: the Plan's flows on their systems and the ledger; or an exit code, when what is wrong has
// been told.
import type { Plan } from "@fmap/compiler"
import type { Connector, Secrets } from "@fmap/runtime/connectors"
import {
  createTurns,
  type Flow,
  type FlowSpec,
  isRegion,
  limitsOn,
  linkBook,
  makeFlow,
  NotPossible,
  placesOn,
  residence,
  subscribersOf,
  systemWorld,
  type World,
} from "@fmap/runtime/flow"
import { type AnalysedProject, analyseProject } from "../project/analyse-project.ts"
import { openProject } from "../project/open-project.ts"
import { tellDiagnostics } from "../project/tell-diagnostics.ts"
import { summary } from "../reporters/report.ts"
import { loadCalendars } from "../run/load-calendars.ts"
import { loadCrosswalks } from "../run/load-crosswalks.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"
import { type FlowConfig, readFlowConfig } from "./flow-config.ts"
import { missingSecrets } from "./missing-secrets.ts"
import { type OpenedAs, openStore, type Store } from "./open-store.ts"
import { openSystems } from "./open-systems.ts"
import { openVault } from "./open-vault.ts"
import { type PlanFacts, planFacts } from "./plan-facts.ts"
import { flowsIn, strangeFlows, systemsOf } from "./plan-flows.ts"
import { planMaps } from "./plan-maps.ts"
import { placeOfNats, planRegions } from "./plan-regions.ts"
import { isElsewhere, settled } from "./settled.ts"
import { readOnly, unreachable } from "./systems-at-a-distance.ts"
import { type TellFailing, toldSystems } from "./told-systems.ts"
import { undescribed } from "./undescribed.ts"
import { unoffered } from "./unoffered.ts"

export interface FlowOptions {
  readonly project?: string
  readonly config?: string
  readonly store?: string
  /** Where the store is. */
  readonly region?: string
  /** Flows are told of changes: the systems these come from are needed, too. */
  readonly polls?: true
}

export interface FlowProject {
  readonly plan: Plan
  readonly specs: readonly FlowSpec[]
  readonly config: FlowConfig
  readonly analysed: AnalysedProject
}

export interface RunningFlows extends FlowProject {
  readonly flows: readonly Flow[]
  readonly systems: ReadonlyMap<string, Connector>
  readonly facts: PlanFacts
  /** One for all of a process: what one has seen, all hide. */
  readonly secrets: Secrets
  readonly store: Store
  readonly world: World
  close(): Promise<void>
}

export type Ready<T> =
  | { readonly kind: "ready"; readonly ready: T }
  | { readonly kind: "ended"; readonly code: ExitCode }

const ended = (code: ExitCode) => ({ kind: "ended", code }) as const

/** Whoever looks after events does not mend them; whoever is in a wrong folder need not see thousands. */
const mostFindings = 20

/** The Plan and the configuration; nothing is opened. */
export function openFlowProject(options: FlowOptions, terminal: Terminal): Ready<FlowProject> {
  const opening = openProject(terminal.cwd, options.project, [])
  if (opening.kind === "problems") return ended(cannotStart(terminal, opening.problems))
  const { project } = opening.opened
  const analysed = analyseProject(opening.opened)
  if (analysed.plan === null) {
    tellDiagnostics(analysed, project.folder, terminal, mostFindings)
    if (project.file === null)
      terminal.comment(
        `There is no fmap.json here or above, so all that stands below ${safeLine(project.folder)} was taken for one project. --project names another folder.\n`,
      )
    return ended(exitCodes.findings)
  }
  // Whoever looks after events has no use for what the authors of the project are told.
  const { diagnostics, sources } = analysed
  if (diagnostics.length > 0) terminal.comment(`${summary(diagnostics, sources)} fmap check shows them.\n`)
  const read = readFlowConfig(project.folder, terminal.cwd, options.config)
  if (read.kind === "problems") return ended(cannotStart(terminal, read.problems))
  if (options.region !== undefined && !isRegion(options.region))
    return ended(
      cannotStart(terminal, [
        problem("FM8003", `--region takes a name such as EU, not "${options.region}".`),
      ]),
    )
  const config = {
    ...read.config,
    ...(options.store === undefined ? {} : { store: options.store }),
    ...(options.region === undefined ? {} : { region: options.region }),
  }
  return {
    kind: "ready",
    ready: {
      plan: analysed.plan,
      specs: flowsIn(analysed.plan),
      config,
      analysed,
    },
  }
}

/** The store alone, to look and to decide. Flows of the project are known where there is one, so that edits are judged by its contracts. */
export async function openLedger(
  options: FlowOptions,
  terminal: Terminal,
  as: OpenedAs = "guest",
): Promise<Ready<{ readonly project: FlowProject; readonly store: Store; readonly world: World }>> {
  const found = openFlowProject(options, terminal)
  if (found.kind === "ended") return found
  const world = systemWorld()
  const { config } = found.ready
  const folder = options.store === undefined ? config.folder : terminal.cwd
  const told = (error: Error) => terminal.comment(`${safeLine(error.message)}\n`)
  const locked = await openVault(config.encryption, terminal.environment, sentence =>
    terminal.comment(`${safeLine(sentence)}\n`),
  )
  if (locked.kind === "problem") return ended(cannotStart(terminal, [locked.problem]))
  const opened = await openStore(config.store, folder, world, as, told, locked.vault)
  if (opened.kind === "problem") return ended(cannotStart(terminal, [opened.problem]))
  const refused = await isElsewhere(opened.store, config.region)
  if (refused !== undefined) {
    await opened.store.close()
    return ended(cannotStart(terminal, [problem("FM8412", refused)]))
  }
  return { kind: "ready", ready: { project: found.ready, store: opened.store, world } }
}

/**
 * work: on the ledger, with the systems. deliver: the same, or beside who works on it. decide: beside who works on it; no system is reached, and no reference data is read. rehearse: the same with reference data. read: the same, and systems are read,
 * never written to.
 */
export type FlowsFor = "work" | "deliver" | "decide" | "rehearse" | "read"

const openedAs: Readonly<Record<FlowsFor, OpenedAs>> = {
  work: "worker",
  deliver: "either",
  decide: "guest",
  rehearse: "guest",
  read: "guest",
}

export async function openFlows(
  options: FlowOptions,
  terminal: Terminal,
  purpose: FlowsFor = "work",
  failing: TellFailing = () => undefined,
): Promise<Ready<RunningFlows>> {
  const found = await openLedger(options, terminal, openedAs[purpose])
  if (found.kind === "ended") return found
  const { project, store, world } = found.ready
  const fail = async (problems: readonly Problem[]) => {
    await store.close()
    return ended(cannotStart(terminal, problems))
  }
  const { plan, specs, config, analysed } = project
  const strangers = purpose === "work" ? strangeFlows(config, specs) : []
  if (strangers.length > 0) return fail(problemsOf("FM8508", strangers))
  const { host } = analysed
  const external = plan.crosswalks.filter(one => one.external !== null).map(one => one.id)
  const none = new Map<string, string>()
  const reference = loadCrosswalks(plan, purpose === "decide" ? [] : external, none, host, terminal.cwd)
  const calendars = loadCalendars(
    plan,
    purpose === "decide" ? [] : plan.calendars.map(({ id }) => id),
    none,
    host,
    terminal.cwd,
  )
  const absent = [reference, calendars].flatMap(one => (one.kind === "problems" ? one.problems : []))
  if (reference.kind === "problems" || calendars.kind === "problems") return fail(absent)
  const secrets = (await import("@fmap/runtime/connectors")).nodeSecrets({
    environment: terminal.environment,
  })
  for (const word of passwordsIn(config.store)) secrets.hide(word)
  const reached = purpose !== "decide" && purpose !== "rehearse"
  const unsaid = reached ? undescribed(specs, config, options.polls === true) : []
  if (unsaid.length > 0) return fail(problemsOf("FM8501", unsaid))
  const systems = reached
    ? await openSystems(config, { secrets, world, places: placesOn(store.ledger, world) })
    : ({ kind: "systems", systems: unreachable(specs), close: async () => undefined } as const)
  if (systems.kind === "problems") return fail(systems.problems)
  const toldOf = toldSystems(systems.systems, failing)
  // Who reaches no system asks nothing of one.
  const wanting = reached
    ? [
        ...problemsOf("FM8502", unoffered(specs, systems.systems)),
        ...problemsOf("FM8503", await missingSecrets(config.systems, systemsOf(specs), secrets)),
      ]
    : []
  if (wanting.length > 0) {
    await systems.close()
    return fail(wanting)
  }
  const maps = planMaps(plan, { ...reference.crosswalks, ...Object.fromEntries(calendars.calendars) })
  const facts = planFacts(plan)
  const region = config.region ?? (await store.ledger.run(residence))
  const regions = planRegions(plan, facts, region === undefined ? config : { ...config, region })
  if (purpose === "work" || purpose === "deliver" || purpose === "read") {
    const told = regions.problems(specs)
    const late = told.length > 0 || purpose === "read" ? undefined : await settled(store, region, world)
    const misplaced = late === undefined ? told : [late]
    if (misplaced.length > 0) {
      await systems.close()
      return fail(problemsOf("FM8412", misplaced))
    }
  }
  const [limits, turns] = [limitsOn(store.ledger, world), createTurns()]
  const [links, subscribers] = [linkBook(store.ledger), subscribersOf(specs)]
  try {
    const flows = specs.map(spec => {
      const validate = facts.validatorOf(spec)
      const kept = regions.kept(spec)
      return makeFlow({
        spec,
        regionOf: regions.regionOf,
        regionsOf: regions.regionsOf,
        ...(kept === undefined ? {} : { regions: kept }),
        ask: maps.ask,
        call: maps.call,
        connectors: purpose === "read" ? readOnly(toldOf) : toldOf,
        world,
        facts: facts.facts,
        amountOf: facts.amountOf,
        eventAmount: payload => facts.eventAmount(spec, payload),
        limits,
        turns,
        subscribers,
        ...(config.nats?.out === undefined ? {} : { transport: placeOfNats(config.nats) }),
        published: event => config.nats?.out?.events.includes(event) === true,
        linkKey: maps.linkKey,
        ...(maps.asksFilled(spec) ? { links } : {}),
        ...(validate === undefined ? {} : { validate }),
      })
    })
    const close = async () => {
      await systems.close()
      await store.close()
    }
    return {
      kind: "ready",
      ready: { ...project, flows, systems: systems.systems, facts, secrets, store, world, close },
    }
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error
    await systems.close()
    return fail([
      problem(
        error.code,
        `${error.message}: name it under "systems" of fmap.flows.json, or let fmap flow init write it.`,
      ),
    ])
  }
}

/** A store is named by a URL, which may hold one: as it is written, and as it is meant. */
function passwordsIn(store: string): readonly string[] {
  const written = /^postgres(?:ql)?:\/\/[^:@/]*:([^@/]*)@/u.exec(store)?.[1]
  if (written === undefined) return []
  try {
    return [written, decodeURIComponent(written)]
  } catch {
    return [written]
  }
}
