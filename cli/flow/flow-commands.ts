// `fmap flow …` on one screen: verbs, arguments, options. Flows in: the program the verbs belong to. Flows out: nothing. A verb's code is loaded when it is used.
import { type Command, Option } from "commander"
import type { ExitCode } from "../terminal/exit-code.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { FlowAuditVerifyOptions } from "../verbs/flow-audit-verify.ts"
import type { CareOptions } from "../verbs/flow-exceptions-care.ts"
import type { DecideOptions } from "../verbs/flow-exceptions-decide.ts"
import type { FlowExceptionsListOptions } from "../verbs/flow-exceptions-list.ts"
import type { FlowExceptionsShowOptions } from "../verbs/flow-exceptions-show.ts"
import type { FlowGraphOptions } from "../verbs/flow-graph.ts"
import type { FlowListOptions } from "../verbs/flow-list.ts"
import type { FlowRunOptions } from "../verbs/flow-run.ts"
import type { FlowServeOptions } from "../verbs/flow-serve.ts"
import type { FlowStatsOptions } from "../verbs/flow-stats.ts"
import type { FlowTakeOptions } from "../verbs/flow-take.ts"
import type { FlowTokenOptions } from "../verbs/flow-token.ts"
import type { FlowTraceOptions } from "../verbs/flow-trace.ts"
import type { FlowWatchOptions } from "../verbs/flow-watch.ts"
import { roles } from "./actor.ts"
import { byOption, roleOption } from "./decider-options.ts"
import { addLedgerCommands } from "./ledger-commands.ts"

export function addFlowCommands(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const flow = program
    .command("flow")
    .description("run the flows of the project, look at what they did, decide about what stopped")
  const project = () =>
    new Option("-p, --project <path>", "folder or configuration file (default: fmap.json here or above)")
  const config = () =>
    new Option("--config <file>", "what flows run on (default: fmap.flows.json beside fmap.json)")
  const store = () =>
    new Option("--store <where>", "sqlite:./fmap.db or postgres://… (default: as the configuration says)")
  const region = () =>
    new Option(
      "--region <region>",
      "where the store is, as a name such as EU (default: as the configuration says)",
    )
  const format = (...names: readonly string[]) =>
    new Option("-f, --format <name>", "form of the answer").choices([...names]).default("text")
  const verb = (parent: Command, name: string, description: string) =>
    parent
      .command(name)
      .description(description)
      .addOption(project())
      .addOption(config())
      .addOption(store())
      .addOption(region())

  flow
    .command("init")
    .description("write fmap.flows.json: how each system of the flows is reached, to be filled in")
    .addOption(project())
    .addOption(config())
    .option("--simulated", "systems whose platform can be simulated are reached on this machine")
    .action(async (options: object) =>
      done(await (await import("../verbs/flow-init.ts")).flowInit(options, terminal)),
    )

  verb(flow, "start", "run the flows on their systems until Ctrl-C")
    .option("--once", "deal with everything there is now, then end; tells what is where")
    .option("--at-most <seconds>", "with --once: end after so long, though events wait")
    .option("--http [place]", "with API and console, at 127.0.0.1:8080 or as the configuration says")
    .action(async (options: object) =>
      done(await (await import("../verbs/flow-start.ts")).flowStart(options, terminal)),
    )

  verb(flow, "serve", "API and console of the ledger, beside the process that runs its flows")
    .option("--listen <place>", "where (default: as the configuration says, else 127.0.0.1:8080)")
    .action(async (options: FlowServeOptions) =>
      done(await (await import("../verbs/flow-serve.ts")).flowServe(options, terminal)),
    )

  verb(flow, "token", "a token for API and console, where the configuration has a shared secret")
    .addOption(new Option("--role <name>", "as whom").choices([...roles, "system"]).makeOptionMandatory())
    .option("--by <name>", "who it is (default: FMAP_ACTOR, else the user)")
    .option("--minutes <n>", "how long it is good: 1 to 720", "60")
    .action(async (options: FlowTokenOptions) =>
      done(await (await import("../verbs/flow-token.ts")).flowToken(options, terminal)),
    )

  verb(flow, "run", "put one event through a flow and tell what happened")
    .argument("<name>", "the flow")
    .option("--payload <file>", "the event: JSON; - for standard input")
    .option("--id <id>", "the event's id; the same id is the same event (default: made of the payload)")
    .option("--at <instant>", "the time of a flow that begins at a time (default: now)")
    .option("--values", values)
    .addOption(format("text", "json"))
    .action(async (name: string, options: FlowRunOptions) =>
      done(await (await import("../verbs/flow-run.ts")).flowRun(name, options, terminal)),
    )

  verb(flow, "list", "the flows of the project")
    .addOption(format("text", "json"))
    .action(async (options: FlowListOptions) =>
      done(await (await import("../verbs/flow-list.ts")).flowList(options, terminal)),
    )

  verb(flow, "graph", "the steps of a flow, and what each stands behind")
    .argument("<name>", "the flow")
    .addOption(format("text", "mermaid", "json"))
    .action(async (name: string, options: FlowGraphOptions) =>
      done(await (await import("../verbs/flow-graph.ts")).flowGraph(name, options, terminal)),
    )

  verb(flow, "stats", "what is where: counts, ages, targets, exact sums by currency")
    .addOption(format("text", "json"))
    .action(async (options: FlowStatsOptions) =>
      done(await (await import("../verbs/flow-stats.ts")).flowStats(options, terminal)),
    )

  verb(
    flow,
    "watch",
    "one look: what is late, since when, by which groups, with amounts; and who does not answer",
  )
    .addOption(format("text", "json"))
    .action(async (options: FlowWatchOptions) =>
      done(await (await import("../verbs/flow-watch.ts")).flowWatch(options, terminal)),
    )

  verb(flow, "take", "what was there at the first start of a flow makes its events after all")
    .argument("<name>", "the flow")
    .requiredOption("--reason <text>", "why; it is audited")
    .addOption(byOption())
    .addOption(roleOption())
    .action(async (name: string, options: FlowTakeOptions) =>
      done(await (await import("../verbs/flow-take.ts")).flowTake(name, options, terminal)),
    )

  verb(flow, "trace", "one business transaction over flows and systems")
    .argument("<id>", "a correlation id, an event's id or the beginning of it, or a business key")
    .option("--values", values)
    .addOption(format("text", "json"))
    .action(async (id: string, options: FlowTraceOptions) =>
      done(await (await import("../verbs/flow-trace.ts")).flowTrace(id, options, terminal)),
    )

  const audit = flow.command("audit").description("the chain of audit records")
  verb(audit, "verify", "is the chain unbroken, and the ledger sound?")
    .option("--noted <record>", "16:HASH, the last record of an earlier verify: is it there still?")
    .action(async (options: FlowAuditVerifyOptions) =>
      done(await (await import("../verbs/flow-audit-verify.ts")).flowAuditVerify(options, terminal)),
    )
  addLedgerCommands(flow, verb, format, terminal, done)
  addExceptionCommands(flow, verb, format, terminal, done)
}

const values = "what steps gave and targets answered, too: it may be personal"

export type Verb = (parent: Command, name: string, description: string) => Command

function addExceptionCommands(
  flow: Command,
  verb: Verb,
  format: (...names: readonly string[]) => Option,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  const exceptions = flow.command("exceptions").description("what stopped, and what becomes of it")
  const alike = "and all open ones of its cause, as list --causes tells them"
  const which = "number of the exception, or the id of its event or the beginning of it"

  verb(exceptions, "list", "what people have to look at")
    .option("--flow <name>", "of this flow")
    .option("--code <code>", "with this code")
    .option("--queue <name>", "in this queue")
    .option("--owner <name>", "of this owner")
    .option("--dead-letters", "in no queue: nobody looks at them unless asked")
    .option("--closed", "those that are closed, too")
    .option("--causes", "what has one cause in one line, with its count and age")
    .addOption(format("text", "json"))
    .action(async (options: FlowExceptionsListOptions) =>
      done(await (await import("../verbs/flow-exceptions-list.ts")).flowExceptionsList(options, terminal)),
    )

  verb(exceptions, "show", "one exception: its cause, the fields, what was done, what may be done")
    .argument("<id>", which)
    .option("--payload", "the event's payload alone, as a start of an edit")
    .option("--values", values)
    .addOption(format("text", "json"))
    .action(async (id: string, options: FlowExceptionsShowOptions) =>
      done(
        await (await import("../verbs/flow-exceptions-show.ts")).flowExceptionsShow(id, options, terminal),
      ),
    )

  const decide = (kind: "retry" | "skip" | "edit" | "settle" | "reissue" | "dismiss", description: string) =>
    verb(exceptions, kind, description)
      .argument("<id>", which)
      .requiredOption("--reason <text>", "why; it is audited")
      .addOption(byOption())
      .addOption(roleOption())
      .action(async (id: string, options: DecideOptions) =>
        done(
          await (await import("../verbs/flow-exceptions-decide.ts")).flowExceptionsDecide(
            kind,
            id,
            options,
            terminal,
          ),
        ),
      )

  decide("retry", "try the event again, with the same keys").option("--alike", alike)
  decide("skip", "the event is not done; what it did is taken back where its flow says how").option(
    "--alike",
    alike,
  )
  decide("edit", "go on with another payload; what was done stays done").requiredOption(
    "--payload <file>",
    "the payload: JSON",
  )
  decide("settle", "say what was found out about an effect in doubt")
    .requiredOption("--effect <name>", "the effect")
    .option("--done <file>", "it was done: what the target answered, as JSON")
    .option("--not-done", "it was not done")
  decide("reissue", "everything again with new keys; a controller and one of operations")
  decide("dismiss", "an exception that stops nothing has been looked at").option("--alike", alike)

  verb(exceptions, "ack", "somebody looks at it")
    .argument("<id>", which)
    .option("--alike", alike)
    .option("--reason <text>", "a remark; it is audited")
    .addOption(byOption())
    .addOption(roleOption())
    .action(async (id: string, options: CareOptions) =>
      done(
        await (await import("../verbs/flow-exceptions-care.ts")).flowExceptionsCare(
          id,
          { kind: "acknowledge" },
          options,
          terminal,
        ),
      ),
    )

  verb(exceptions, "assign", "it is somebody's work")
    .argument("<id>", which)
    .argument("<owner>", "whose")
    .option("--alike", alike)
    .option("--reason <text>", "a remark; it is audited")
    .addOption(byOption())
    .addOption(roleOption())
    .action(async (id: string, owner: string, options: CareOptions) =>
      done(
        await (await import("../verbs/flow-exceptions-care.ts")).flowExceptionsCare(
          id,
          { kind: "assign", owner },
          options,
          terminal,
        ),
      ),
    )
}
