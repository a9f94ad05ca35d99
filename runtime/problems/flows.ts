// FM85xx: what flows need when they start. FM86xx: decisions about events, and replays. Flows out: the entries, by code.
import type { ProblemEntry } from "./entry.ts"

export const flowProblems = {
  FM8501: {
    title: "System nobody says how to reach",
    cause:
      "A flow reads from or writes to a system, and fmap.flows.json does not say how it is reached, or what it says cannot be used.",
    help: 'Name the system under "systems" of fmap.flows.json; `fmap flow init` writes what belongs there. `specs/connectors` says what each kind of system wants there.',
    example: {
      command: "fmap flow start --once",
      says: `Flow … needs the system …, and nobody says how it is reached: name it under "systems" of fmap.flows.json, or let fmap flow init write it.`,
    },
  },
  FM8502: {
    title: "System that does not do what a flow asks",
    cause:
      "The flow asks a system for something its connector does not do: to tell what changed, to take a load, to be written to.",
    help: "Let the flow begin otherwise, or use another connector. The page of the connector in `specs/connectors` says what it does.",
    example: {
      command: "fmap flow start --once",
      says: `System NetSuite: "objects" has no Customer, and QuoteToOrder needs it to make sure of Customer.`,
    },
  },
  FM8503: {
    title: "Secret that is missing",
    cause:
      "The configuration names a secret, as `env:NAME` or `file:/path`, and there is none at that place. Every call would wait for it, and nobody would know why.",
    help: "Set the variable or write the file for the process that runs the flows, and start it again. Secrets never stand in files of the project.",
    example: { command: "fmap flow start --once", says: `System …, auth.token: There is nothing at env:….` },
  },
  FM8504: {
    title: "Port that cannot be listened to",
    cause:
      "Another process listens at this port already, or this one may not. Ports below 1024 are for the administrator.",
    help: "End the other process, or name another place: `--listen 127.0.0.1:8081`, or `listen` of fmap.flows.json.",
    example: { command: "fmap simulate netsuite --port 8080", says: "… cannot listen: …" },
  },
  FM8505: {
    title: "API and console that cannot be opened",
    cause:
      'API and console only open where it is clear whose tokens they take and where people reach them. "http" of fmap.flows.json does not say it, or says what cannot be kept.',
    help: "Complete `http` as the sentence says; `specs/console.md` shows a whole one.",
    example: {
      command: "fmap flow serve",
      says: 'API and console need "http" in fmap.flows.json: whose tokens they take.',
    },
  },
  FM8506: {
    title: "Broker that cannot be used",
    cause:
      "A broker that is named in fmap.flows.json is not reached, lacks a stream, or is set up so that messages would be lost.",
    help: "Look whether the broker runs and the address is right. Streams are made by who runs the broker: the sentence says what is wanted of them.",
    example: {
      command: "fmap flow start --once",
      says: `fmap.flows.json, "nats" does not reach 127.0.0.1:1: …`,
    },
  },
  FM8507: {
    title: "Part that looks on and cannot start",
    cause:
      "Logs, metrics, traces, lineage, watches or alerts are configured, and one cannot begin: a file cannot be written, a flow is not there, a secret is missing.",
    help: "Correct the member of fmap.flows.json that is named, or take the section out: flows run without it.",
    example: { command: "fmap flow start --once", says: `fmap.flows.json, "logs.to": …` },
  },
  FM8508: {
    title: "Configuration of a flow or system that does not exist",
    cause:
      "fmap.flows.json says something of a flow or a system the project does not have. Whoever wrote it believes that it is in force.",
    help: "Correct the name, or take the member out.",
    example: {
      command: "fmap flow start --once",
      says: `fmap.flows.json, "flows.QuoteToOrdr": There is no flow "QuoteToOrdr". Did you mean "QuoteToOrder"?`,
    },
  },
  FM8509: {
    title: "Flows that contradict each other",
    cause:
      "Two flows, schedules, watches or published events have one name, or a schedule cannot be read: it would not be clear which of them is meant.",
    help: "Give each a name of its own.",
    example: {
      command: "a program of your own: createEngine({ flows })",
      says: "Flow Book is given twice in version 1.",
    },
  },
  FM8510: {
    title: "Step that cannot be done",
    cause:
      "A flow made something that cannot be kept or sent: a value that is no JSON, a record without its key, a list where one record is wanted. The event stops as `NOT_POSSIBLE`.",
    help: "Correct the flow or the map that makes the value, then retry the event.",
    example: {
      command: "a program of your own: engine.append([{ payload: 1n, … }])",
      says: `What … holds cannot be written as JSON: ….`,
    },
  },
  FM8511: {
    title: "Call of a system that failed",
    cause: "A system was asked while the command ran, and did not answer, or refused.",
    help: "Look whether the system runs, and whether the credentials are right. `fmap flow stats` tells which systems are paused.",
    example: {
      command: "fmap flow replay --flow Book --read",
      says: `Salesforce does not know the field Amunt.`,
    },
  },
  FM8601: {
    title: "Event or exception that is not there",
    cause:
      "An event, exception, transaction or business key was named that this ledger does not have, or of which it has several with that beginning.",
    help: "`fmap flow exceptions list` and `fmap flow trace` show what there is. Type more of an id that is not clear. Look whether it is the right ledger: `--store`.",
    example: {
      command: "fmap flow trace nobody",
      says: "The ledger has no transaction, no event and no business key nobody.",
    },
  },
  FM8602: {
    title: "Role that may not do this",
    cause: "What a person may do hangs on the role: to look, to take care, to decide. This role may not.",
    help: "Act in a role that is yours and may (`--role`), or ask somebody who has it. `specs/console.md` has the table.",
    example: {
      command: "fmap flow exceptions ack 1 --role architect",
      says: `The role architect may not acknowledge or assign: that is for … (--role).`,
    },
  },
  FM8603: {
    title: "Decision that does not fit",
    cause:
      "A decision is for events and exceptions in a certain state: what is blocked or parked can be retried, what is in doubt is settled first, what somebody decided is decided.",
    help: "Look at it again: `fmap flow exceptions show N`. The sentence says what stands in the way, or who was there before.",
    example: {
      command: "fmap flow exceptions dismiss 1 --reason checked",
      says: "… stops an event; decide about the event.",
    },
  },
  FM8604: {
    title: "Reason that is missing",
    cause: "Decisions and replays are audited, and an audit without a reason says nothing.",
    help: 'Say why, in words somebody understands in a year: `--reason "the customer was created on Monday"`.',
    example: {
      command: 'fmap flow exceptions skip 1 --reason " "',
      says: "A decision needs a reason.",
    },
  },
  FM8605: {
    title: "Payload a flow does not take",
    cause:
      "A payload was given to a flow, or an edited one to an event, that is no JSON or breaks the contract the flow begins with. Nothing was kept.",
    help: "Correct the payload at the places that are named. `fmap flow exceptions show N --payload` prints the one to begin with.",
    example: { command: "fmap flow run Book --payload bad.json", says: `bad.json is no event of …: ….` },
  },
  FM8606: {
    title: "Id that was used with another payload",
    cause:
      "An id stands for one event. There is one with this id and another payload: one of the two would be lost.",
    help: "Give the new event another `--id`. To run the same one again send the same payload.",
    example: {
      command: "fmap flow run Book --payload other.json --id 1",
      says: "Event 1 was run before with another payload; give it another --id.",
    },
  },
  FM8607: {
    title: "Flow that has not looked yet",
    cause:
      "What was there at the first start of a flow is taken after that start; this flow has not started yet, or does not begin with changes of a system.",
    help: "Start the flows once, or say with `begin` of fmap.flows.json that they begin with everything.",
    example: {
      command: "fmap flow take Book --reason wanted",
      says: `Flow … has not looked at … of … yet; …`,
    },
  },
  FM8608: {
    title: "Replay that cannot be",
    cause:
      "A replay is about events that a word of the command line selects. None was said, or the flow or the limits are not possible.",
    help: "Say which events: `--flow`, `--from`, `--to`, `--code`, `--queue`, `--key`, `--event` or `--like`.",
    example: {
      command: "fmap flow replay",
      says: "Say which events: --flow, --flow-version, --from, --to, --code, --queue, --like, --key or --event.",
    },
  },
} as const satisfies Readonly<Record<string, ProblemEntry>>
