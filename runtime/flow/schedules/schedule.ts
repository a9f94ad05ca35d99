// A schedule as a value. Flows in: when, in the words of cron, in a zone. Flows out: one event of a flow for each occurrence.

export interface Schedule {
  /** Names its occurrences in the ledger: another name is another schedule. */
  readonly name: string
  /** Five or six fields; `L` is the last day of a month. */
  readonly cron: string
  /** An IANA zone. A time that daylight saving leaves out is moved to the end of the gap; one that comes twice is once. */
  readonly zone: string
  readonly flow: string
  /** What the event says beside its occurrence. */
  readonly payload?: Readonly<Record<string, unknown>>
  /**
   * Occurrences nobody was there for. all: each is made up for, in order. latest: only the newest of them. skip: none, save one that is
   * at most a minute late.
   */
  readonly misfire: "all" | "latest" | "skip"
}
