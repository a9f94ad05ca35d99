// Standard output cannot be written: the disk behind it is full, or broken. Flows in: what Node reported. Flows out: an error the
// command line tells as a plain sentence, so that no verb has to think of it. A reader that merely went away is none.

export class OutputError extends Error {
  constructor(cause: Error) {
    super(`Standard output cannot be written: ${cause.message}.`, { cause })
    this.name = "OutputError"
  }
}
