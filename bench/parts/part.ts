// What each part of the bench gives: text for people and ratios for the goals.
export interface Part {
  readonly markdown: string
  /** By the name of the goal. */
  readonly ratios: ReadonlyMap<string, number>
}
