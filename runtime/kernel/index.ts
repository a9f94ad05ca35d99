// What emitted transformers call beside the door: the fast path's primitives on scaled safe integers, and the slow
// path's reading. Nothing here knows the compiler.
export { allocateFast } from "./allocate-fast.ts"
export { dateYearLast, isDateText, isDatetimeText, readInstantFast } from "./calendar-fast.ts"
export { controlFailed, noFigures } from "./control.ts"
export { decimalFast, decimalNumberFast, power10, safeInteger } from "./decimal-fast.ts"
export { dictionaryOf, entriesOf, entryMap, onlyKnown, sortedKeys } from "./entries.ts"
export { exactNumber } from "./exact-number.ts"
export { formatFast, formatMinorFast, formatRead } from "./format-fast.ts"
export { type GroupKey, groupIndex, keyPair } from "./group-index.ts"
export { isMultiple, multiplyDivide, multiplyDivideBy } from "./multiply-divide.ts"
export { divideMinor, fitsMinorFast, minorDigits, multiplyMinor } from "./multiply-minor.ts"
export { nestRows, type TreeNode } from "./nest-rows.ts"
export { isPoison, type Poison, poison } from "./poison.ts"
export {
  exitWith,
  kindFast,
  knownKind,
  minorUnitsOf,
  ofKind,
  own,
  ownInput,
  readElement,
  readFields,
  readKind,
  readMember,
  readOptional,
  readPresent,
  readRequired,
  readRows,
  readSource,
  refuseMissing,
  refuseUnknown,
  useDefault,
} from "./read-fields.ts"
export { checkScale, firstRefused, refuseFit } from "./refuse-fit.ts"
export { coinFast, coinOf, shareRows, shareRowsFast, shareRuns, shareRunsFast } from "./share-rows.ts"
export { compareText, fitsLength, isText, truncateFast } from "./text-fast.ts"
