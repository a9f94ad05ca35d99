export { type BuildReport, buildReport, flowReports, type MapReport } from "./build-report.ts"
export type { FlowReport } from "./flow-report.ts"
export { formatReport } from "./format-report.ts"
export { type FlowChanges, formatChanges, type MapChanges, reportChanges } from "./report-changes.ts"
