export { type ExplainQuestion, explainValue } from "./explain-value.ts"
export type { Explanation } from "./explanation.ts"
export { formatExplanation } from "./format-explanation.ts"
