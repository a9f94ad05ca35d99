// The one door of @fmap/compiler: from a project to its Plan and files, and what runs on a Plan.
export { type Analysis, analyse } from "./analyse.ts"
export { type Compilation, type CompileOptions, compile } from "./compile.ts"
export { type ContractQuestion, compareContracts } from "./diff/contracts/compare-contracts.ts"
export {
  type ChangesOfRecords,
  changesOfRecords,
  type RecordsQuestion,
} from "./diff/execute/changes-of-records.ts"
export { type MapObservation, observeMaps, withObservations } from "./diff/execute/observe.ts"
export { observedFindings } from "./diff/execute/observed-findings.ts"
export { type RecordedInput, type Runnable, runnable } from "./diff/execute/run-both.ts"
export type {
  Bump,
  ChangeFinding,
  ChangeSeverity,
  CompatibilityMode,
  Observed,
  Witness,
} from "./diff/finding.ts"
export { fingerprintOf } from "./diff/fingerprint.ts"
export { compareFlows } from "./diff/flows/compare-flows.ts"
export { compareGovernance, type GovernanceQuestion } from "./diff/governance/compare-governance.ts"
export { compareMaps, type MappingMode, type Release } from "./diff/maps/compare-maps.ts"
export type { Row as CrosswalkRow } from "./diff/maps/crosswalk-rows.ts"
export { renamedMaps } from "./diff/maps/renamed-maps.ts"
export { changeRule, type RuleFamily, ruleFamilies } from "./diff/rules/catalogue.ts"
export type { ChangeRule } from "./diff/rules/change-rule.ts"
export { rulePage } from "./diff/rules/rule-page.ts"
export {
  type Accepts,
  compareSchemas,
  createPatterns,
  readSchema,
  type SchemaComparison,
  type SchemaDocument,
  type SchemaProblem,
  type SchemaQuestion,
  type SchemaRead,
  type ShapePolicy,
  schemaOfValue,
  type ValidatorOf,
} from "./diff/schema/index.ts"
export {
  type CalendarPage,
  type ContractPage,
  type CrosswalkPage,
  type DocsInput,
  docsSite,
  type ExternalTable,
  type FlowPicture,
  type MapPage,
  type MapPicture,
  plainWords,
  type Site,
  type Words,
} from "./docs/index.ts"
export { type EmitOptions, emitFiles } from "./emit/emit-files.ts"
export type { EmittedFile, Emitter } from "./emit/emitter.ts"
export { readPlan } from "./emit/plan/read-plan.ts"
export {
  type ExplainQuestion,
  type ExplainSetQuestion,
  type Explanation,
  explainSet,
  explainValue,
  formatExplanation,
  type LocateRow,
  type RecordedRow,
  type SetAnswer,
} from "./explain/index.ts"
export {
  type AllowedFinding,
  type Bundle,
  bundles,
  type GovernanceFinding,
  type GovernanceRule,
  governanceRules,
  type LintAnswer,
  type LintQuestion,
  lint,
  type ReadSet,
  type RuleId,
  type Scorecard,
  scorecardOf,
} from "./govern/index.ts"
export { type FileRead, type Host, memoryHost, type ProjectPath, resolvePath } from "./host/index.ts"
export {
  type FilledCrosswalks,
  type FlowAnswer,
  type FlowMaps,
  flowMaps,
  type InterpretInput,
  type InterpretReference,
  interpret,
  interpreter,
  payloadValidator,
  setInterpreter,
  type Trace,
  validatePayload,
} from "./interpret/index.ts"
export {
  flowLineageOf,
  formatLineage,
  type LineageDocument,
  type LineageQuestion,
  lineageDocument,
  lineageDot,
  lineageMermaid,
  lineageOf,
  type MapLineage,
  type OpenLineageDataset,
  type OpenLineageJob,
  openLineage,
  openLineageJobs,
  selectLineage,
  shownAt,
} from "./lineage/index.ts"
export { calendarSpec } from "./lower/calendars.ts"
export type * from "./plan/index.ts"
export { usesZones } from "./plan/uses-zones.ts"
export { wireSpec } from "./plan/wire-spec.ts"
export { readSourceFile } from "./project/load-project.ts"
export * from "./reach/index.ts"
export * from "./release/index.ts"
export {
  type BuildReport,
  buildReport,
  type FlowChanges,
  type FlowReport,
  flowReports,
  formatChanges,
  formatReport,
  type MapChanges,
  type MapReport,
  reportChanges,
} from "./report/index.ts"
export { assumedReference } from "./testing/assumed-reference.ts"
export {
  branchCoverage,
  type CodeCoverage,
  type CoveragePoint,
  codeCoverage,
  runTests,
  type TestFailure,
  type TestPlace,
  type TestReport,
} from "./testing/index.ts"
export { sampleRecord as sampleInput } from "./testing/sample-record.ts"
export { crosswalkSpec } from "./types/crosswalk-spec.ts"
