// What a test run answers: one report a test, and which codes of Law 5 the tests prove. Plain data for any reporter.

import type { Reached } from "./coverage.ts"

/** Where in an `.fmap` file: lines and columns 1-based. */
export interface TestPlace {
  readonly path: string
  readonly line: number
  readonly column: number
}

export interface TestFailure {
  /** One sentence, without the place: `expected 66.67 USD, was 66.66 USD (0.01 less) at /lines/0/discount`. */
  readonly message: string
  /** The expectation, assumption or given that failed. */
  readonly place: TestPlace
}

export interface TestReport {
  readonly title: string
  readonly map: string
  readonly place: TestPlace
  /** Empty: passed. */
  readonly failures: readonly TestFailure[]
  /** Codes whose outcome the test expected and met. */
  readonly codesCovered: readonly string[]
  /** Parts of the Plan that had their turn, for coverage; null: nothing ran. */
  readonly reached: Reached | null
}

/** One code of one map, and whether a test that passed expects it. */
export interface CodeCoverage {
  readonly map: string
  readonly code: string
  readonly origin: "map" | "contract" | "crosswalk" | "assignment" | "payload"
  readonly covered: boolean
}
