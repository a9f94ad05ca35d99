export { branchCoverage, type CoveragePoint } from "./coverage.ts"
export { codeCoverage, runTests } from "./run-tests.ts"
export type { CodeCoverage, TestFailure, TestPlace, TestReport } from "./test-report.ts"
