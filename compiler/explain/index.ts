export { type ExplainSetQuestion, explainSet, type RecordedRow, type SetAnswer } from "./explain-set.ts"
export { type ExplainQuestion, explainValue, type LocateRow } from "./explain-value.ts"
export type { Explanation } from "./explanation.ts"
export { formatExplanation } from "./format-explanation.ts"
