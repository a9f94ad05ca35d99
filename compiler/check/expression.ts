// One door for every expression: which file checks which kind. Flows in: syntax, context and, where known, the type
// that is wanted. Flows out: a Checked value; errors go to the context's report and leave an `error` type behind.
import type { Expression } from "@fmap/grammar"
import type { Type } from "../types/type.ts"
import type { Checked } from "./checked.ts"
import type { Context } from "./context.ts"
import { checkArithmetic, checkNegation } from "./expressions/arithmetic.ts"
import { checkCall } from "./expressions/call.ts"
import { checkComparison, checkMembership } from "./expressions/comparison.ts"
import { checkEach, checkList } from "./expressions/each.ts"
import { checkGroup } from "./expressions/group.ts"
import { checkLabelled } from "./expressions/labelled.ts"
import { checkEnumMember, checkLiteral } from "./expressions/literal.ts"
import { checkLogic, checkNot, checkPresence } from "./expressions/logic.ts"
import { checkMatch } from "./expressions/match.ts"
import { checkIndex } from "./expressions/member.ts"
import { checkMember, checkName, checkPosition } from "./expressions/name.ts"
import { strayPattern } from "./expressions/pattern.ts"
import { checkPeriodOf } from "./expressions/period.ts"
import { checkRecord } from "./expressions/record.ts"
import { checkShare } from "./expressions/share.ts"
import { checkSpread } from "./expressions/spread.ts"
import { checkText } from "./expressions/text.ts"
import { checkTree } from "./expressions/tree.ts"
import { intoUnion } from "./expressions/union.ts"
import { checkElse, checkExit } from "./expressions/way-out.ts"
import { checkPrevious, checkRunning } from "./expressions/window.ts"
import { checkZoned } from "./expressions/zoned.ts"
import { erroneous } from "./values.ts"

export function checkExpression(node: Expression, ctx: Context, expected: Type | null): Checked {
  return intoUnion(checkPlain(node, ctx, expected), ctx, expected)
}

function checkPlain(node: Expression, ctx: Context, expected: Type | null): Checked {
  switch (node.kind) {
    case "number":
    case "money":
    case "percent":
    case "date":
    case "instant":
    case "duration":
    case "boolean":
    case "missing":
      return checkLiteral(node, ctx, expected)
    case "text":
      return checkText(node, ctx, expected)
    case "enumMember":
      return checkEnumMember(node, ctx, expected)
    case "name":
      return checkName(node, ctx, expected)
    case "position":
      return checkPosition(node, ctx)
    case "member":
      return checkMember(node, ctx)
    case "index":
      return checkIndex(node, ctx)
    case "call":
      return checkCall(node, ctx, expected)
    case "unary":
      return node.operator === "-" ? checkNegation(node, ctx, expected) : checkNot(node, ctx)
    case "binary":
      switch (node.operator) {
        case "+":
        case "-":
        case "*":
        case "/":
          return checkArithmetic(node, ctx, expected)
        case "and":
        case "or":
          return checkLogic(node, ctx)
        default:
          return checkComparison(node, ctx)
      }
    case "membership":
      return checkMembership(node, ctx)
    case "presence":
      return checkPresence(node, ctx)
    case "else":
      return checkElse(node, ctx, expected)
    case "exit":
      return checkExit(node, ctx)
    case "parenthesized":
      return { ...checkExpression(node.inner, ctx, expected), span: node.span }
    case "match":
      return checkMatch(node, ctx, expected)
    case "each":
      return checkEach(node, ctx, expected)
    case "record":
      return checkRecord(node, ctx, expected)
    case "list":
      return checkList(node, ctx, expected)
    case "share":
      return checkShare(node, ctx)
    case "labelled":
      return checkLabelled(node, ctx)
    case "spread":
      return checkSpread(node, ctx, expected)
    case "zoned":
      return checkZoned(node, ctx)
    case "periodOf":
      return checkPeriodOf(node, ctx)
    case "error":
      return erroneous(ctx, node.span)
    case "pattern":
      return strayPattern(node, ctx)
    case "group":
      return checkGroup(node, ctx, expected)
    case "tree":
      return checkTree(node, ctx, expected)
    case "previous":
      return checkPrevious(node, ctx)
    case "running":
      return checkRunning(node, ctx)
  }
}
