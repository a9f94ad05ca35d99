// The Chevrotain parser: installs the rules of all files and analyses them once. Flows in: tokens. Flows out: the tree,
// built by the rules themselves. It holds no grammar of its own.
import { EmbeddedActionsParser, type IToken } from "chevrotain"
import { allTypes } from "../tokens/token-types.ts"
import type { Declaration } from "../tree/declarations.ts"
import { installCalendars, installSpread, installZones } from "./calendar-rules.ts"
import { installChoose } from "./choose-rules.ts"
import { installConsumers } from "./consumer-rules.ts"
import { installContractClauses } from "./contract-clause-rules.ts"
import { installContracts } from "./contract-rules.ts"
import { installCrosswalks } from "./crosswalk-rules.ts"
import type { Dsl, ParseState } from "./dsl.ts"
import { messages } from "./explain.ts"
import { installExpressions } from "./expression-rules.ts"
import { installFieldRules } from "./field-rule-rules.ts"
import { installFile } from "./file-rules.ts"
import { installFlowClauses } from "./flow-clause-rules.ts"
import { installFlows } from "./flow-rules.ts"
import { installFlowSteps } from "./flow-step-rules.ts"
import { installFunctions } from "./function-rules.ts"
import { installGroup } from "./group-rules.ts"
import { installHierarchies } from "./hierarchy-rules.ts"
import { installJoin } from "./join-rules.ts"
import { installMaps } from "./map-rules.ts"
import { installMatch } from "./match-rules.ts"
import { installOperands } from "./operand-rules.ts"
import { installPolicies } from "./policy-rules.ts"
import type { Rules } from "./rules.ts"
import { installSets } from "./set-rules.ts"
import { installStatements } from "./statement-rules.ts"
import { installTests } from "./test-rules.ts"
import { installTree } from "./tree-rules.ts"
import { installTypes } from "./type-rules.ts"
import { installUnions } from "./union-rules.ts"
import { installWindows } from "./window-rules.ts"
import { installWords } from "./word-rules.ts"

/** A class because Chevrotain asks for one. Recovery is our own (recovery.ts): it knows lines and declarations. */
export class FmapParser extends EmbeddedActionsParser {
  readonly rules = {} as Rules
  state: ParseState = { file: "", text: "", diagnostics: [], docs: new Map(), depth: 0, height: 0 }

  /** `validate` lets Chevrotain look for ambiguities; tests do, users do not pay for it. */
  constructor(validate = false) {
    super([...allTypes], {
      maxLookahead: 1,
      recoveryEnabled: false,
      skipValidations: !validate,
      errorMessageProvider: messages,
    })
    const dsl = this as unknown as Dsl
    for (const install of [
      installWords,
      installExpressions,
      installOperands,
      installMatch,
      installGroup,
      installJoin,
      installWindows,
      installTree,
      installStatements,
      installChoose,
      installFieldRules,
      installTypes,
      installUnions,
      installPolicies,
      installConsumers,
      installContracts,
      installContractClauses,
      installCrosswalks,
      installHierarchies,
      installSets,
      installCalendars,
      installZones,
      installSpread,
      installMaps,
      installTests,
      installFunctions,
      installFlowClauses,
      installFlowSteps,
      installFlows,
      installFile,
    ])
      install(dsl)
    this.performSelfAnalysis()
  }

  read(tokens: IToken[], state: ParseState): Declaration[] {
    this.input = tokens
    this.state = state
    return this.rules.file.call(this) ?? []
  }
}
