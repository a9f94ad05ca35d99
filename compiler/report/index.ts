export { type BuildReport, buildReport, type MapReport } from "./build-report.ts"
export { formatReport } from "./format-report.ts"
export { formatChanges, type MapChanges, reportChanges } from "./report-changes.ts"
