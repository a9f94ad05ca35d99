// FM80xx: words of the command line. Flows out: the entries, by code.
import type { ProblemEntry } from "./entry.ts"

export const commandLineProblems = {
  FM8001: {
    title: "Word the command does not know",
    cause:
      "The command, an option or an argument is written in a way fmap does not know. Most often it is a slip of the pen, or an option of another command.",
    help: "`fmap --help` lists the commands, `fmap check --help` the options of one. A sentence that asks “Did you mean” has the likeliest of them.",
    example: { command: "fmap chek", says: "unknown command 'chek'…" },
  },
  FM8002: {
    title: "Word the command needs",
    cause: "The command needs an argument, an option, or a value of an option, that was not given.",
    help: "Add what the sentence names. `fmap VERB --help` shows the whole line.",
    example: { command: "fmap run", says: "missing required argument 'map'" },
  },
  FM8003: {
    title: "Value an option does not take",
    cause:
      "An option takes a value of a certain form: a day, a whole number, one of a few words. The value that was given has another.",
    help: "Write the value as the sentence shows it: days as `2026-03-31`, instants as `2026-03-31T09:00:00Z`, counts as whole numbers.",
    example: {
      command: "fmap lint --today tomorrow",
      says: '--today wants a day such as 2026-03-31, not "tomorrow".',
    },
  },
  FM8004: {
    title: "Words that do not go together",
    cause:
      "Each word is known, and together they say nothing: one option needs another, or two exclude each other.",
    help: "Take one of them away, or add the other, as the sentence says.",
    example: { command: "fmap format - main.fmap", says: "Standard input (-) stands alone." },
  },
  FM8005: {
    title: "Standard output cannot be written",
    cause:
      "What the command says could not be written to where standard output leads: the disk behind it is full or broken. What was written until then is not complete.",
    help: "Make room, or send the output elsewhere, and run the command again. Do not use the part that was written.",
    example: { command: "fmap check > /dev/full", says: "Standard output cannot be written: …" },
  },
  FM8006: {
    title: "Code without a page",
    cause:
      "`fmap explain` has a page for each code of fmap, for codes of records and events, and for the rules of changes. This is none of them; codes that authors wrote into their maps are explained by the maps.",
    help: "`fmap explain` without a code lists all.",
    example: { command: "fmap explain FM0000", says: "There is no code FM0000. …" },
  },
} as const satisfies Readonly<Record<string, ProblemEntry>>
