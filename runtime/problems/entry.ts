// What is said of one problem of operation. Flows in: nothing. Flows out: the form of an entry. A code is never used again for something else.

export interface ProblemEntry {
  /** Two to seven words, the heading of its page. */
  readonly title: string
  /** What it means, in words of who runs a command. */
  readonly cause: string
  readonly help: string
  /** `…` in `says` stands for whatever is there. */
  readonly example: { readonly command: string; readonly says: string }
}

/** Why an event stopped: what stands beside it in queues and traces. */
export interface EventEntry {
  /** As exceptions carry it. */
  readonly title: string
  readonly cause: string
  readonly help: string
}
