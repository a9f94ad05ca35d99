// The command line on one screen: verbs, arguments, options. Flows in: the words after `fmap` and a terminal. Flows out: an
// exit code. It knows what each verb is called and takes, never what it does; a verb's code is loaded when it is used.
import { importFormats } from "@fmap/compiler/import-formats"
import { Command, CommanderError, InvalidArgumentError, Option } from "commander"
import { addFlowCommands } from "./flow/flow-commands.ts"
import { changeReporters } from "./reporters/changes/change-reporters.ts"
import { bugReport } from "./terminal/bug-report.ts"
import { type ExitCode, exitCodes } from "./terminal/exit-code.ts"
import { OutputError } from "./terminal/output-error.ts"
import { problem } from "./terminal/problem.ts"
import { cannotStart, problemsDocument } from "./terminal/problems.ts"
import type { Terminal } from "./terminal/terminal.ts"
import { usageProblem } from "./terminal/usage-problem.ts"
import type { ExplainRunOptions } from "./verbs/explain-run.ts"
import type { ReleaseApproveOptions } from "./verbs/release-approve.ts"
import { version } from "./version.ts"

export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code = exitCodes.fine as ExitCode
  let asData = false
  const program = commands(terminal, found => {
    code = found
  })
  program.hook("preAction", (_, action) => {
    const { format, reporter } = action.opts()
    asData = format === "json" || reporter === "json"
  })
  try {
    await program.parseAsync([...words], { from: "user" })
    if (asData && code === exitCodes.cannotStart) await terminal.out(problemsDocument(terminal.problems))
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.fine
      // The help was shown in place of a sentence.
      return cannotStart(terminal, error.code === "commander.help" ? [problem("FM8002", noCommand)] : [])
    }
    if (error instanceof OutputError) return cannotStart(terminal, [problem("FM8005", error.message)])
    terminal.comment(bugReport(error, words, terminal.environment))
    return exitCodes.bug
  }
}

const noCommand = "No command was named; the lines above list what there is."

const project = () =>
  new Option(
    "-p, --project <path>",
    "folder or fmap.json of the project (default: looked for from here upwards)",
  )
const reporter = (...names: string[]) =>
  new Option("-r, --reporter <name>", "how findings are told").choices(names).default("text")
const formats = ["json", "ndjson", "csv", "odata2", "odata4", "netsuite", "xml"]
const maps = () =>
  new Option("--maps <name>", "how severe a change of what a map does is taken")
    .choices(["strict", "standard", "relaxed"])
    .default("standard")
const payloads = () =>
  new Option(
    "--payloads <folder>",
    "run recorded inputs through both releases: <Map>.json, <Map>.ndjson, files below <Map>/ (those that tests name are run anyway)",
  )
const tolerance = () =>
  new Option("--tolerance <amount>", "by how much the sum of a field may drift over all recorded inputs")
    .argParser(decimal)
    .default("0")
const watch = () => new Option("-w, --watch", "go on, and do it again when a file of the project changes")

function commands(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command("fmap")
    .description("Maps finance data from one system's contract to another's, exactly.")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .showHelpAfterError("(fmap --help lists what there is)")
    .addHelpText(
      "after",
      "\nExit codes: 0 fine, 1 findings, 2 could not start, 3 records held or rejected, 70 bug in fmap, 130 interrupted.",
    )
    .configureOutput({
      writeOut: text => void terminal.out(text),
      writeErr: text => terminal.comment(text),
      outputError: text => void cannotStart(terminal, [usageProblem(text)]),
      getOutHelpWidth: () => Math.min(terminal.width, 110),
      getErrHelpWidth: () => Math.min(terminal.width, 110),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()

  const verb = (name: string, description: string) => program.command(name).description(description)

  verb("init", "start a project: configuration, example contracts and map, sample, test, CI step")
    .argument("[folder]", "where; nothing that exists is overwritten", ".")
    .action(async (folder: string) => done(await (await import("./verbs/init.ts")).init(folder, terminal)))

  verb("check", "prove the project and tell what is wrong")
    .argument("[paths...]", "files or folders (default: what fmap.json includes)")
    .addOption(project())
    .addOption(reporter("text", "json", "github", "gitlab", "sarif", "junit"))
    .option("--fix", "apply the fixes of the findings, then check again")
    .addOption(
      new Option("--max-warnings <count>", "fail above this number of warnings").argParser(wholeNumber),
    )
    .addOption(watch())
    .action(async (paths: string[], options: object) =>
      done(await (await import("./verbs/check.ts")).check(paths, options, terminal)),
    )

  verb("lint", "hold the project to its policies: owners, lifecycles, labels, controls, layers")
    .addOption(project())
    .addOption(reporter("text", "json", "github", "gitlab", "sarif", "junit"))
    .option(
      "--policy <name>",
      "judge by this bundle (minimal, standard, regulated) or policy instead of the project's own",
    )
    .option("--today <date>", "judge ends and allowances as of this day (default: the day of the clock)")
    .option("--scorecard", "tell, for each contract, what it says of itself in points, and what is missing")
    .option("--read-sets", "tell, for each map, which fields of its sources it needs")
    .addOption(
      new Option("--max-warnings <count>", "fail above this number of warnings").argParser(wholeNumber),
    )
    .action(async (options: object) =>
      done(await (await import("./verbs/lint.ts")).lintProject(options, terminal)),
    )

  verb("compile", "write the transformers, schemas and the Plan")
    .argument("[paths...]", "files or folders (default: what fmap.json includes)")
    .addOption(project())
    .option("-o, --out <folder>", "where to (default: `out` of fmap.json)")
    .option("--check", "write nothing; fail when what is written differs from what would be")
    .option(
      "--report",
      "print the build report to standard output: what is left, ignored, unread, rounded, and every code",
    )
    .addOption(
      new Option("--report-format <name>", "form of the build report")
        .choices(["text", "json"])
        .default("text"),
    )
    .option("--force", "overwrite files in the output folder that fmap did not write")
    .addOption(watch())
    .action(async (paths: string[], options: object) =>
      done(await (await import("./verbs/compile.ts")).compile(paths, options, terminal)),
    )

  verb("run", "put records through a map")
    .argument("<map>", "its name")
    .argument("[input]", "file of the map's only source: JSON, NDJSON, CSV or XML (default: standard input)")
    .addOption(project())
    .addOption(named("-s, --source <name=file>", "file of one of several sources"))
    .addOption(named("-g, --given <name=value>", "value of a given: asOf=2026-03-31"))
    .addOption(
      named(
        "-c, --crosswalk <Name=file.csv>",
        "rows of an external crosswalk (default: the file the project names)",
      ),
    )
    .addOption(
      named(
        "-u, --unmapped <Name=file.csv>",
        "write the rows a crosswalk lacks to this file, in its columns, with the number of records that wait",
      ),
    )
    .option("--each", "the input is one JSON list of records")
    .addOption(
      new Option(
        "-i, --input-format <name>",
        "format of the records (default: by the file's name, else as the system says)",
      ).choices([...formats]),
    )
    .addOption(
      new Option(
        "-f, --output-format <name>",
        "format of results on standard output (default: as the target's system says, else ndjson)",
      ).choices([...formats]),
    )
    .addOption(new Option("--format <name>").choices(["ndjson", "json"]).hideHelp())
    .option("--issues <file>", "write issues as NDJSON to this file instead of text to standard error")
    .option("--record <file>", "keep the records of the run in this file, for fmap explain")
    .action(async (map: string, input: string | undefined, options: object) =>
      done(await (await import("./verbs/run.ts")).run(map, input, options, terminal)),
    )

  verb("test", "run the test blocks of the project")
    .argument("[paths...]", "files or folders (default: what fmap.json includes)")
    .addOption(project())
    .addOption(reporter("text", "json", "github", "junit"))
    .option("--filter <text>", "only tests whose title or map holds this text")
    .option("--coverage-codes", "fail when a code a map can end with has no test")
    .option("--coverage", "tell which fields, branches, filters and crosswalk rows no test reaches")
    .addOption(
      new Option("--coverage-min <percent>", "fail when tests reach less of the maps").argParser(wholeNumber),
    )
    .addOption(watch())
    .action(async (paths: string[], options: object) =>
      done(await (await import("./verbs/test.ts")).test(paths, options, terminal)),
    )

  verb("lineage", "show where every field of a target comes from")
    .argument("[map]", "its name (default: every map)")
    .addOption(project())
    .option("--field <path>", "only this field of the target and what is below it: lines.amount")
    .option("--from <path>", "only what hangs on this source field, given or crosswalk: opp.Amount")
    .addOption(
      new Option("-f, --format <name>", "form of the answer")
        .choices(["text", "json", "mermaid", "dot", "openlineage"])
        .default("text"),
    )
    .action(async (map: string | undefined, options: object) =>
      done(await (await import("./verbs/lineage.ts")).lineage(map, options, terminal)),
    )

  verb(
    "diff",
    "tell what changed between two releases of a project or versions of a schema, and whom it breaks",
  )
    .argument(
      "[versions...]",
      "two releases, each a commit, a folder or a compiled Plan (the second by default the project as it stands); or JSON Schema files, the oldest first",
    )
    .addOption(project())
    .addOption(maps())
    .addOption(payloads())
    .addOption(tolerance())
    .addOption(
      new Option(
        "-m, --mode <name>",
        "what must go on working: new readers of old data, old readers of new data, both",
      )
        .choices(["backward", "forward", "full"])
        .default("backward"),
    )
    .addOption(
      new Option("--policy <name>", "how it is judged: proved, or as a schema registry of that name does")
        .choices(["sound", "confluent", "apicurio"])
        .default("sound"),
    )
    .addOption(
      new Option(
        "--today <date>",
        "judge sunsets of fields by this day, 2026-03-31 (default: they are not judged)",
      ).argParser(day),
    )
    .option(
      "--transitive",
      "compare the newest with every earlier version, not only the last before it; of a project, without versions, with every release that is supported",
    )
    .addOption(reporter("text", "json", "github", "gitlab", "sarif", "junit", "markdown"))
    .action(async (versions: string[], options: object) =>
      done(await (await import("./verbs/diff.ts")).diff(versions, options, terminal)),
    )

  verb("import", "write contracts from what a platform publishes")
    .argument("<file>", "describe, schema, API description, metadata or sample; - for standard input")
    .addOption(
      new Option("-a, --as <format>", "what the file is (default: its content tells)").choices([
        ...importFormats,
      ]),
    )
    .addOption(
      new Option(
        "--only <names>",
        "objects, or fields of them: Account,Opportunity.Id,Amount; may be repeated",
      )
        .argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text])
        .default([], "everything"),
    )
    .option("--system <name>", "name of the system (default: as the source says)")
    .addOption(
      new Option("--direction <word>", "what the contracts are for (default: as the source says)").choices([
        "reads",
        "writes",
        "both",
      ]),
    )
    .option("-o, --out <file>", "the .fmap file; one that exists is brought up to date, edits by hand stay")
    .option("--check", "write nothing; fail when the source has drifted from the file")
    .option("--report", "tell every note, not the first ones")
    .addOption(
      new Option("-f, --format <name>", "form of the drift on standard output")
        .choices(["text", "json"])
        .default("text"),
    )
    .action(async (file: string, options: object) =>
      done(await (await import("./verbs/import.ts")).importContracts(file, options, terminal)),
    )

  const release = verb("release", "check and write down versions of contracts, maps and crosswalks")
  const today = () =>
    new Option("--today <date>", "the day it is, such as 2026-03-31 (default: of the clock, in UTC)")

  release
    .command("check")
    .description(
      "tell what changed since the last releases, which versions that deserves, and what stands in the way",
    )
    .addOption(project())
    .addOption(reporter(...changeReporters))
    .addOption(maps())
    .addOption(payloads())
    .addOption(tolerance())
    .addOption(today())
    .action(async (options: object) =>
      done(await (await import("./verbs/release-check.ts")).releaseCheck(options, terminal)),
    )

  release
    .command("cut")
    .description("write down every new version: the lock, manifests, the changelog; all or nothing")
    .addOption(project())
    .option("--bump", "raise versions in the sources that are too low")
    .option("--dry-run", "write nothing")
    .addOption(maps())
    .addOption(payloads())
    .addOption(tolerance())
    .addOption(today())
    .action(async (options: object) =>
      done(await (await import("./verbs/release-cut.ts")).releaseCut(options, terminal)),
    )

  release
    .command("approve")
    .description("agree to one change, with a reason and a last day; a locked rule takes two people")
    .argument("<id>", "of the finding, as release check tells it")
    .requiredOption("--by <name>", "who agrees: one of the approvers of the project")
    .requiredOption("--reason <words>", "why")
    .addOption(
      new Option("--until <date>", "the last day it holds, such as 2026-12-31")
        .argParser(day)
        .makeOptionMandatory(),
    )
    .addOption(project())
    .addOption(maps())
    .addOption(payloads())
    .addOption(tolerance())
    .addOption(today())
    .action(async (id: string, options: ReleaseApproveOptions) =>
      done(await (await import("./verbs/release-approve.ts")).releaseApprove(id, options, terminal)),
    )

  release
    .command("retire")
    .description("say that a released version is no longer supported")
    .argument("<release>", "Order@1.2.0")
    .addOption(project())
    .addOption(today())
    .action(async (name: string, options: object) =>
      done(await (await import("./verbs/release-retire.ts")).releaseRetire(name, options, terminal)),
    )

  verb("docs", "write the project's documentation: pages, spec sheets to sign, lineage pictures")
    .addOption(project())
    .option("-o, --out <folder>", "where to (default: the folder site of the project)")
    .option("--check", "write nothing; fail when what is written differs from what would be")
    .option("--force", "overwrite files in the output folder that fmap did not write")
    .action(async (options: object) => done(await (await import("./verbs/docs.ts")).docs(options, terminal)))

  verb("format", "write files in their one form")
    .argument("[paths...]", "files or folders; - for standard input (default: what fmap.json includes)")
    .addOption(project())
    .option("--check", "write nothing; list what is not formatted")
    .action(async (paths: string[], options: object) =>
      done(await (await import("./verbs/format.ts")).format(paths, options, terminal)),
    )

  verb("simulate", "stand in for a platform on this machine, with faults on demand")
    .argument("<platform>", "its name; an unknown one lists them")
    .addOption(
      new Option("--port <number>", "where it listens (default: any that is free)").argParser(wholeNumber),
    )
    .option(
      "--faults <seed,rate>",
      "let this share of requests go wrong, the same ones for the same seed: 7,0.2",
    )
    .option("--data <file>", "begin with this state: JSON, as --save writes it")
    .option("--save <file>", "write the state to this file in the end")
    .action(async (platform: string, options: object) =>
      done(await (await import("./verbs/simulate.ts")).simulate(platform, options, terminal)),
    )

  verb(
    "explain",
    "explain a code (FM3004, WRONG_TYPE), or one value of a recorded run (run.json /lines/0/amount)",
  )
    .argument("[code]", "a code, or a file of fmap run --record; without one, all codes are listed")
    .argument("[pointer]", "the place in the result: /lines/0/amount")
    .addOption(project())
    .addOption(
      new Option("--record <number>", "which record of the run (default: the first)").argParser(wholeNumber),
    )
    .addOption(
      new Option("--row <number>", "a row of a run over a set, whatever became of it").argParser(wholeNumber),
    )
    .addOption(
      new Option("-f, --format <name>", "form of the explanation of a value")
        .choices(["text", "json"])
        .default("text"),
    )
    .action(async (code: string | undefined, pointer: string | undefined, options: ExplainRunOptions) =>
      done(
        code !== undefined && pointer !== undefined
          ? await (await import("./verbs/explain-run.ts")).explainRun(code, pointer, options, terminal)
          : await (await import("./verbs/explain.ts")).explain(code, terminal),
      ),
    )

  addFlowCommands(program, terminal, done)
  return program
}

function named(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`)
    .argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text])
    .default([], "none")
}

function decimal(text: string): string {
  if (!/^\d+(?:\.\d+)?$/u.test(text)) throw new InvalidArgumentError("It must be a figure such as 0.05.")
  return text
}

function day(text: string): string {
  if (/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u.test(text)) return text
  throw new InvalidArgumentError(`"${text}" is no day such as 2026-03-31.`)
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text)
  throw new InvalidArgumentError(`"${text}" is no whole number.`)
}
