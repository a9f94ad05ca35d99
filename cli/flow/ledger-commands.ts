// `fmap flow replay`, `fmap flow migrate` and `fmap flow move` on one screen. Flows in: the command it belongs to. Flows out: nothing. A verb's code is loaded when it is used.
import type { Command, Option } from "commander"
import type { ExitCode } from "../terminal/exit-code.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { FlowMigrateOptions } from "../verbs/flow-migrate.ts"
import type { FlowMoveOptions } from "../verbs/flow-move.ts"
import type { FlowReplayOptions } from "../verbs/flow-replay.ts"
import { byOption, roleOption } from "./decider-options.ts"
import type { Verb } from "./flow-commands.ts"

export function addLedgerCommands(
  flow: Command,
  verb: Verb,
  format: (...names: readonly string[]) => Option,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  verb(
    flow,
    "replay",
    "what the flows as they are now would send for events of the past; nothing is sent without --apply",
  )
    .option("--flow <name>", "events of this flow")
    .option("--flow-version <version>", "that were accepted with this version of the flow")
    .option("--from <instant>", "accepted at this instant or later")
    .option("--to <instant>", "accepted before this instant")
    .option("--code <code>", "with an open exception of this code")
    .option("--queue <name>", "with an open exception in this queue")
    .option("--like <id>", "with an open exception of the same cause as this one")
    .option("--key <key>", "of this business key (lane)")
    .option("--event <id...>", "these events, by their ids or the beginnings of them")
    .option("--read", "read from its system what was not read then")
    .option("--apply", "deliver again what would do something new; what was done is not done again")
    .option("--reissue", "send anew what would be sent otherwise; a controller and one of operations")
    .option("--reason <text>", "why, with --apply or --reissue; it is audited")
    .addOption(byOption())
    .addOption(roleOption())
    .option("--at-once <count>", "events of the replay that are open at once, beside live ones", "4")
    .option("--examples <count>", "examples of each difference, the smallest first", "3")
    .addOption(format("text", "json"))
    .action(async (options: FlowReplayOptions) =>
      done(await (await import("../verbs/flow-replay.ts")).flowReplay(options, terminal)),
    )

  verb(flow, "migrate", "make the ledger or bring its schema up to date, and run nothing")
    .option("--grant <role>", "on PostgreSQL: let this role work on it; it makes and changes no table")
    .action(async (options: FlowMigrateOptions) =>
      done(await (await import("../verbs/flow-migrate.ts")).flowMigrate(options, terminal)),
    )

  flow
    .command("move")
    .description("the whole ledger to another store; nobody may work on it meanwhile")
    .requiredOption("--from <store>", "where it is: sqlite:./fmap.db or postgres://…")
    .requiredOption("--to <store>", "where it goes: an empty store")
    .option("--replace", "write over what stands there, where that was moved away")
    .option(
      "--region <region>",
      "where it goes, as a name such as EU; events that must not be there refuse the move",
    )
    .addOption(byOption("moves it"))
    .addOption(roleOption("as whom"))
    .action(async (options: FlowMoveOptions) =>
      done(await (await import("../verbs/flow-move.ts")).flowMove(options, terminal)),
    )
}
