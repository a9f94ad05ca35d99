// Policies, and what is allowed against them for a while. Flows in: tokens. Flows out: the declaration and the `allow` clause of
// others; which rules, labels and words there are is not known here.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { suggest } from "../diagnostics/suggest.ts"
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type { TextLiteral } from "../tree/expressions.ts"
import type { PolicyDeclaration, PolicyMember, PolicySubject } from "../tree/policies.ts"
import { describe, docsHere, placeOf, since, spanOf, startHere, stop } from "./builders.ts"
import { keep } from "./contract-rules.ts"
import type { Dsl } from "./dsl.ts"
import { said } from "./field-rule-rules.ts"
import { clauses, readVersion } from "./header.ts"
import { isWord, next } from "./lookahead.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords
const firstWords = ["use", "every", "pii", "confidential", "rule"]

export function installPolicies($: Dsl): void {
  const { rules } = $

  rules.policy = $.RULE("policy", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.policy)
    const name = $.SUBRULE(rules.name)
    const found: { -readonly [C in "version" | "owner"]: PolicyDeclaration[C] } = {
      version: null,
      owner: null,
    }
    clauses($, { declaration: "policy", words: [K.version, K.owner] }, [
      {
        ALT: () => {
          $.CONSUME(K.version)
          found.version = keep(found.version, readVersion($))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.owner)
          found.owner = keep(found.owner, $.SUBRULE(rules.text))
        },
      },
    ])
    const open = $.CONSUME(t.OpenBrace)
    const members: PolicyMember[] = []
    lines($, () =>
      members.push(
        attemptLine<PolicyMember>(
          $,
          () => $.SUBRULE(rules.policyMember),
          span => ({ kind: "errorMember", span }),
        ),
      ),
    )
    closeBody($, open)
    return { kind: "policy", docs, name, ...found, members, span: since($, start) }
  })

  rules.policyMember = $.RULE("policyMember", () => {
    if (!$.RECORDING_PHASE) refuseStart($)
    docsHere($)
    const start = startHere($)
    return $.OR<PolicyMember>([
      {
        ALT: () => {
          $.CONSUME(K.use)
          said($, "bundle", () => $.CONSUME(t.Name))
          return { kind: "use", bundle: $.SUBRULE(rules.name), span: since($, start) }
        },
      },
      { ALT: () => $.SUBRULE(rules.every) },
      { ALT: () => ($.CONSUME(K.pii), labelled($, "pii", start)) },
      { ALT: () => ($.CONSUME(K.confidential), labelled($, "confidential", start)) },
      {
        ALT: () => {
          $.CONSUME(K.rule)
          const rule = $.SUBRULE1(rules.name)
          $.CONSUME(K.is)
          return { kind: "severity", rule, severity: $.SUBRULE2(rules.name), span: since($, start) }
        },
      },
    ])
  })

  rules.every = $.RULE("every", () => {
    const start = startHere($)
    $.CONSUME(K.every)
    const subject = subjectOf($)
    return $.OR<PolicyMember>({
      ERR_MSG: '"has" or "is named"',
      DEF: [
        {
          ALT: () => {
            $.CONSUME(K.has)
            const things = [$.SUBRULE(rules.name)]
            $.MANY(() => {
              $.CONSUME(t.Comma)
              things.push($.SUBRULE1(rules.name))
            })
            return { kind: "has", subject, things, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.is)
            $.CONSUME(K.named)
            const token = $.CONSUME(t.Pattern)
            const pattern = { source: token.image.slice(3, -1), span: spanOf(token) }
            return { kind: "named", subject, pattern, span: since($, start) }
          },
        },
      ],
    })
  })

  // `pii reaches only systems cleared for pii`, `pii stays in EU, UK`.
  rules.labelRule = $.RULE("labelRule", () => {
    return $.OR<LabelRule>({
      ERR_MSG: '"reaches only systems cleared for …" or "stays in …"',
      DEF: [
        {
          ALT: () => {
            $.CONSUME(K.reaches)
            said($, "only", () => $.CONSUME(t.Name))
            said($, "systems", () => $.CONSUME1(t.Name))
            $.CONSUME(K.cleared)
            $.CONSUME(K.for)
            return { kind: "reaches", cleared: $.SUBRULE(rules.name) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.stays)
            $.CONSUME(K.in)
            const regions = [$.SUBRULE1(rules.name)]
            $.MANY(() => {
              $.CONSUME(t.Comma)
              regions.push($.SUBRULE2(rules.name))
            })
            return { kind: "stays", regions }
          },
        },
      ],
    })
  })

  // `allow G012 at buyer.email because "…" until 2026-12-31 by "Jane Roe", "John Doe"`.
  rules.allow = $.RULE("allow", () => {
    const start = startHere($)
    $.CONSUME(K.allow)
    const rule = $.SUBRULE(rules.name)
    const at = $.OPTION(() => ($.CONSUME(K.at), $.SUBRULE(rules.path))) ?? null
    $.CONSUME(K.because)
    const because = $.SUBRULE(rules.text)
    $.CONSUME(K.until)
    const day = $.CONSUME(t.DateToken)
    $.CONSUME(K.by)
    const by: TextLiteral[] = [$.SUBRULE1(rules.text)]
    $.MANY(() => {
      $.CONSUME(t.Comma)
      by.push($.SUBRULE2(rules.text))
    })
    const until = { text: day.image, span: $.RECORDING_PHASE ? { start: 0, end: 0 } : spanOf(day) }
    return { rule, at, because, until, by, span: since($, start) }
  })
}

export type LabelRule =
  | { readonly kind: "reaches"; readonly cleared: Name }
  | { readonly kind: "stays"; readonly regions: readonly Name[] }

function labelled($: Dsl, label: "pii" | "confidential", start: number): PolicyMember {
  const rule = label === "pii" ? $.SUBRULE1($.rules.labelRule) : $.SUBRULE2($.rules.labelRule)
  return { ...rule, label, span: since($, start) }
}

/** `contract`, `active contract`, `map to erp`. */
function subjectOf($: Dsl): PolicySubject {
  const start = startHere($)
  const first = $.SUBRULE7($.rules.name)
  const second = $.OPTION7({
    GATE: () => isWord($.LA(1)) && !next($, K.has) && !next($, K.is) && !isRelation($),
    DEF: () => $.SUBRULE8($.rules.name),
  })
  const relation = $.OPTION8({
    GATE: () => isRelation($),
    DEF: () => {
      const word = $.SUBRULE9($.rules.name)
      return { word, name: $.SUBRULE6($.rules.name) }
    },
  })
  const [lifecycle, word] = second === undefined ? [null, first] : [first, second]
  return { lifecycle, word, relation: relation ?? null, span: since($, start) }
}

const isRelation = ($: Dsl): boolean => next($, K.of) || next($, K.to) || next($, K.from)

function refuseStart($: Dsl): void {
  const token = $.LA(1)
  if (firstWords.includes(token.image)) return
  const place = placeOf($, token)
  const near = isWord(token) ? suggest(token.image, firstWords) : undefined
  stop(
    diagnostic("FM1117", { found: describe(token), body: "a policy" }, place, {
      label: "a rule of the policy should begin here",
      ...(near === undefined ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }),
    }),
  )
}
