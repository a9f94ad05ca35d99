// FM81xx: files and the project. FM82xx: records and reference data of a run. Flows out: the entries, by code.
import type { ProblemEntry } from "./entry.ts"

export const projectProblems = {
  FM8101: {
    title: "File or folder that is not there",
    cause:
      "A file or folder was named, and nothing is at that place. Names are looked for from the folder the command is run in.",
    help: "Check the spelling, upper and lower case too, and the folder you are in. `--project FOLDER` names a project elsewhere.",
    example: { command: "fmap check nowhere", says: 'There is no file or folder "nowhere".' },
  },
  FM8102: {
    title: "File that cannot be read",
    cause:
      "The file is there, and its content is not to be had: it may not be read, it is a folder, it is too large, or it is no text of the form that is wanted.",
    help: "Do what the reason in the sentence asks for: give the right to read it, name a file and not a folder, write it as UTF-8, or take out the part that is wanted.",
    example: { command: "fmap import schema.json", says: '"schema.json" is not UTF-8 text.' },
  },
  FM8103: {
    title: "File that cannot be written",
    cause:
      "A file of the result could not be written. Unless the sentence says otherwise nothing was changed: fmap writes all of its files or none.",
    help: "Give the right to write, make room on the disk, or name another place, and run the command again.",
    example: {
      command: "fmap run Bill paid.json --record missing/run.json",
      says: "missing/run.json cannot be written: …",
    },
  },
  FM8104: {
    title: "File in the way",
    cause:
      "Where fmap would write stands something that would be lost: a file that fmap did not write, a project that exists, or a file that the same command reads.",
    help: "Name another place, or move what is there away. Where the command has `--force`, that writes over it.",
    example: {
      command: "fmap init",
      says: "fmap.json exists: this is an fmap project already.",
    },
  },
  FM8105: {
    title: "Nothing to work on",
    cause: "The command found a project, and in it nothing of what it works on: no `.fmap` file, no flow.",
    help: "`fmap init` begins a project. In an existing one look at `include` and `exclude` of fmap.json, and at the folder you are in.",
    example: {
      command: "fmap check",
      says: 'No .fmap file below … Run "fmap init" for a start, or name the files.',
    },
  },
  FM8106: {
    title: "File outside the project",
    cause:
      "A file was named that does not lie in the folder of the project. fmap reads nothing beside the project, so that a project is the same wherever it is copied to.",
    help: "Move the file into the project, or name the project it belongs to with `--project`.",
    example: {
      command: "fmap check main.fmap ../other.fmap",
      says: '"../other.fmap" lies outside the project folder …',
    },
  },
  FM8107: {
    title: "Configuration that cannot be understood",
    cause:
      "fmap.json or fmap.flows.json is no JSON, or holds a name or a value that is not known at its place. The sentence names the place.",
    help: "Correct it there. The JSON Schemas in `specs/schemas` let an editor show what may stand where; a `$schema` in the file turns that on.",
    example: {
      command: "fmap check",
      says: 'fmap.json: there is no option "inclde". Did you mean "include"?',
    },
  },
  FM8108: {
    title: "Name the project does not have",
    cause:
      "A map, flow, field, policy or simulator was named that does not exist. Names are told apart by upper and lower case.",
    help: "Take the name the sentence proposes, or one it lists. `fmap flow list` lists flows, `fmap lineage` maps and their fields.",
    example: { command: "fmap run Bil paid.json", says: 'There is no map "Bil". Did you mean "Bill"?' },
  },
  FM8109: {
    title: "Project with errors",
    cause:
      "The command works on a project that compiles, and this one does not, or the release it is compared with did not.",
    help: "Run `fmap check`, correct what it finds, and try again. Of a release that cannot be corrected any more, compare with a later one.",
    example: { command: "fmap diff before", says: `before has errors: ….` },
  },
  FM8110: {
    title: "Types that cannot be made",
    cause:
      "`types` of fmap.json names JSON Schemas from outside, and one of them is not there, or no schema that types can be made of.",
    help: "Correct the glob or the schema that the sentence names.",
    example: { command: "fmap compile", says: 'types: "schema.json", line 1: …' },
  },
  FM8201: {
    title: "Input the map needs",
    cause:
      "A map takes a file for each of its sources and a value for each of its givens. One is missing, is given twice, or has a name the map does not have.",
    help: "`--source NAME=FILE` names a source, `--given NAME=VALUE` a given. A map with a single source takes its file as the last word.",
    example: {
      command: "fmap run Dated paid.json",
      says: "The given asOf has no value: --given asOf=VALUE.",
    },
  },
  FM8202: {
    title: "Input that cannot be read",
    cause:
      "A file of records cannot be opened, or does not hold what is wanted of it: one JSON document, as many records as the map takes.",
    help: "Correct the file at the line that is named. `--input-format` says what it is where its name does not.",
    example: { command: "fmap run Bill absent.json", says: "absent.json …" },
  },
  FM8203: {
    title: "Reference data that cannot be used",
    cause:
      "A file of a crosswalk or a calendar is missing, or one of its rows does not fit. A file with one bad row is not used at all: nobody would notice the row that is missing.",
    help: "Correct the rows that are named. `--crosswalk NAME=FILE` takes another file in its place.",
    example: {
      command: "fmap run Coded paid.json --crosswalk Codes=absent.csv",
      says: "… Codes: absent.csv …",
    },
  },
  FM8204: {
    title: "Run that stopped on the way",
    cause:
      "While records went through a map a file could not be read or written any more. What came out before stands; what followed was not read.",
    help: "Put right what the reason names, and run all records again: the same input gives the same results.",
    example: { command: "fmap run Bill paid.ndjson --issues /dev/full", says: "Stopped: …" },
  },
  FM8205: {
    title: "Recorded run that cannot be explained",
    cause:
      "A value is explained by running its record again. That says the truth only with the project and reference data of then, and for a record and a place that were there.",
    help: "Check out the commit of the run, and put the files back that it used. Pointers are written as in RFC 6901: `/lines/0/amount`.",
    example: {
      command: "fmap explain run.json /total",
      says: "run.json is no recorded run (fmap run --record).",
    },
  },
  FM8206: {
    title: "Source that cannot be imported",
    cause:
      "The file that a platform published is not of a form fmap knows, or not of the form it was said to be, or a part that was asked for is not in it.",
    help: "`--as FORMAT` says what the file is; `fmap import --help` lists the formats. `--only` names objects as the source calls them.",
    example: { command: "fmap import notes.json", says: "notes.json…" },
  },
  FM8207: {
    title: "Import that cannot go on",
    cause:
      "The file to bring up to date, or the record of the last import beside it, cannot be read or joined with what the source says now. Nothing was changed.",
    help: "Correct the file by hand as the sentence says, or remove the record to begin anew; edits by hand stay.",
    example: {
      command: "fmap import schema.json --out contracts.fmap",
      says: "….json is no record of an import. Remove it to begin anew; edits by hand stay.",
    },
  },
} as const satisfies Readonly<Record<string, ProblemEntry>>
