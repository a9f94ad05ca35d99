// The door of @fmap/runtime/simulators: platforms to try flows against, on this machine, with faults on demand.

export { simulatedAdaptive } from "./adaptive/adaptive-platform.ts"
export { simulatedAnaplan } from "./anaplan/anaplan-platform.ts"
export { simulators } from "./catalogue.ts"
export { everydayFaults, type FaultKind, type Faults, faultKinds, seededFaults } from "./kernel/faults.ts"
export type { Platform, SimAnswer, SimRequest } from "./kernel/platform.ts"
export { type Seen, type ServeOptions, type Simulator, serve } from "./kernel/serve.ts"
export { type SimulatedNetSuiteOptions, simulatedNetSuite } from "./netsuite/netsuite-platform.ts"
export { type ODataPlatformOptions, odataPlatform } from "./odata/odata-platform.ts"
export { simulatedDataverse, simulatedDynamicsFinance, simulatedSap } from "./odata/services.ts"
export { simulatedOracleFusion } from "./oracle/oracle-platform.ts"
export { type Amounts, type ComparedSums, compareSums } from "./rehearsal/compare-sums.ts"
export { seedOf } from "./rehearsal/seed-of.ts"
export {
  cannotRehearse,
  type Rehearsal,
  type RehearsalOptions,
  type RehearsedPlatform,
  startRehearsal,
} from "./rehearsal/start-rehearsal.ts"
export { type SimulatedRestOptions, simulatedRest } from "./rest/rest-platform.ts"
export { type SimulatedSalesforceOptions, simulatedSalesforce } from "./salesforce/salesforce-platform.ts"
