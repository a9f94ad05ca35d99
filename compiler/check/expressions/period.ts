// Questions to a calendar: `period of d in Corp`, `start_of(p)`, `add_periods(p, 1)`. Which calendar is asked follows from the period, or is
// named; a question the calendar cannot answer, and periods of two calendars, are errors.
import {
  type CallExpression,
  diagnostic,
  type Name,
  type PeriodOfExpression,
  type TextLiteral,
} from "@fmap/grammar"
import { isRefused, periodPatternProblem, readPeriod, redirected } from "@fmap/runtime"
import { needsFile } from "../../plan/calendar-needs.ts"
import type { CalendarOperation, PlanExpression } from "../../plan/index.ts"
import type { BoundCalendar } from "../../resolve/model.ts"
import { patternReach } from "../../types/pattern-reach.ts"
import type { PeriodType, Type } from "../../types/type.ts"
import { accepts, twoCalendars } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place, quiet } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { sentence } from "../join.ts"
import { nameHere } from "../name-here.ts"
import { present } from "../present.ts"
import { boolType, checked, erroneous, intType, isError, textType, valueType } from "../values.ts"
import { countArguments } from "./call.ts"
import { constantText } from "./text.ts"

type Parameter = "period" | "date" | "int" | "pattern" | "calendar"

interface CalendarCall {
  readonly operation: CalendarOperation
  readonly parameters: readonly Parameter[]
  readonly returns: "period" | "date" | "int" | "bool" | "text"
  /** Completes "fails when …". */
  readonly failure: string | null
}

const outside = "it is outside of the calendar"

const periodCalls: ReadonlyMap<string, CalendarCall> = new Map<string, CalendarCall>([
  ["start_of", { operation: "start_of", parameters: ["period"], returns: "date", failure: null }],
  ["end_of", { operation: "end_of", parameters: ["period"], returns: "date", failure: null }],
  ["number_of", { operation: "number_of", parameters: ["period"], returns: "int", failure: null }],
  ["regular", { operation: "regular", parameters: ["period"], returns: "period", failure: null }],
  ["is_adjustment", { operation: "is_adjustment", parameters: ["period"], returns: "bool", failure: null }],
  ["is_open", { operation: "is_open", parameters: ["period"], returns: "bool", failure: null }],
  [
    "add_periods",
    { operation: "add_periods", parameters: ["period", "int"], returns: "period", failure: outside },
  ],
  [
    "periods_between",
    { operation: "periods_between", parameters: ["period", "period"], returns: "int", failure: null },
  ],
  [
    "period_at",
    {
      operation: "period_at",
      parameters: ["int", "int", "calendar"],
      returns: "period",
      failure: "the calendar has no such period",
    },
  ],
  [
    "format_period",
    { operation: "format_period", parameters: ["period", "pattern"], returns: "text", failure: null },
  ],
])
const businessCalls: ReadonlyMap<string, CalendarCall> = new Map<string, CalendarCall>([
  ["is_business_day", businessCall("is_business_day", ["date", "calendar"], "bool")],
  ["next_business_day", businessCall("next_business_day", ["date", "calendar"], "date")],
  ["previous_business_day", businessCall("previous_business_day", ["date", "calendar"], "date")],
  ["add_business_days", businessCall("add_business_days", ["date", "int", "calendar"], "date")],
  ["business_days_between", businessCall("business_days_between", ["date", "date", "calendar"], "int")],
])

function businessCall(
  operation: CalendarOperation,
  parameters: readonly Parameter[],
  returns: CalendarCall["returns"],
): CalendarCall {
  const failure = "a day of it is outside of the years the list of holidays speaks about"
  return { operation, parameters, returns, failure }
}

export const calendarCalls: ReadonlyMap<string, CalendarCall> = new Map([...periodCalls, ...businessCalls])

/** `year` of a date is a function; of a period it asks the calendar. */
const yearOf: CalendarCall = { operation: "year_of", parameters: ["period"], returns: "int", failure: null }

export function isPeriodCall(node: CallExpression, ctx: Context): boolean {
  if (calendarCalls.has(node.callee.text)) return true
  const [argument] = node.arguments
  if (node.callee.text !== "year" || argument === undefined) return false
  return checkExpression(argument, quiet(ctx), null).type.kind === "period"
}

export function checkPeriodOf(node: PeriodOfExpression, ctx: Context): Checked {
  const calendar = calendarNamed(node.calendar, ctx)
  const date = present(
    checkExpression(node.date, { ...ctx, inRound: false }, null),
    ctx,
    "The date of a period",
  )
  if (calendar === null || isError(date)) return erroneous(ctx, node.span)
  if (!accepts(date, { kind: "date" }, { ...ctx, field: null })) return erroneous(ctx, node.span)
  const operation =
    node.which === "any" ? "period_of" : node.which === "open" ? "open_period_of" : "next_open_period_of"
  if (!canAnswer(operation, calendar, node.calendar.span, ctx)) return erroneous(ctx, node.span)
  if (operation === "next_open_period_of")
    ctx.state.codes.push({
      code: redirected.code,
      verb: "warn",
      origin: "assignment",
      at: at(ctx, node.span),
      place: place(ctx, node.span),
    })
  const type: Type = { kind: "period", calendar }
  return checked(asked(operation, calendar, [date.plan], type, true, node.span, ctx), type, node.span, {
    maybe: true,
  })
}

export function checkCalendarCall(node: CallExpression, ctx: Context): Checked {
  const call = calendarCalls.get(node.callee.text) ?? yearOf
  const count = call.parameters.length
  if (!countArguments(node, count, count, ctx)) return erroneous(ctx, node.span)
  let calendar: BoundCalendar | null = null
  let period: PeriodType | null = null
  let pattern: string | null = null
  const values: PlanExpression[] = []
  let failed = false
  for (const [index, parameter] of call.parameters.entries()) {
    const argument = node.arguments[index]
    if (argument === undefined) continue
    if (parameter === "calendar") {
      calendar = argument.kind === "name" ? calendarNamed(argument.name, ctx) : notNamed(argument.span, ctx)
      if (calendar === null) failed = true
      continue
    }
    if (parameter === "pattern") {
      pattern = argument.kind === "text" ? constantText(argument) : null
      if (pattern === null) failed = wrongKind("A pattern in quotes", "something else", argument.span, ctx)
      values.push({
        kind: "literal",
        value: pattern ?? "",
        type: { kind: "text" },
        maybe: false,
        at: at(ctx, argument.span),
      })
      continue
    }
    const what = parameter === "int" ? "This number" : `This ${parameter}`
    const value = present(checkExpression(argument, { ...ctx, inRound: false }, null), ctx, what)
    if (isError(value)) {
      failed = true
      continue
    }
    if (parameter === "period" && value.type.kind === "period") {
      if (period !== null && period.calendar !== value.type.calendar) {
        twoCalendars(value.type, period, place(ctx, argument.span), ctx)
        failed = true
      }
      period ??= value.type
      calendar ??= value.type.calendar
    } else if (!fits(value.type, parameter))
      failed = wrongKind(sentence(nouns[parameter]), describe(value.type, ctx), argument.span, ctx)
    values.push(value.plan)
  }
  if (failed || calendar === null) return erroneous(ctx, node.span)
  if (!canAnswer(call.operation, calendar, node.callee.span, ctx)) return erroneous(ctx, node.span)
  const failure =
    call.operation === "format_period" ? patternFailure(pattern ?? "", calendar, node, ctx) : call.failure
  if (failure === undefined) return erroneous(ctx, node.span)
  const type = returned(call, calendar, pattern)
  return checked(
    asked(call.operation, calendar, values, type, failure !== null, node.span, ctx),
    type,
    node.span,
    {
      failure,
    },
  )
}

/** `p == "2025-03"`: a text that stands for a period is one of its calendar. */
export function periodConstant(value: string, node: TextLiteral, type: PeriodType, ctx: Context): Checked {
  const read = readPeriod(value, { wire: "plain" }, type.calendar.table ?? undefined)
  if (isRefused(read)) {
    ctx.state.report(
      diagnostic("FM3123", { text: value, kind: describe(type, ctx) }, place(ctx, node.span), {
        label: "no such period",
        help: "Fiscal year and number: 2025-03.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  return checked(
    { kind: "literal", value: read, type: valueType(type, ctx.state), maybe: false, at: at(ctx, node.span) },
    type,
    node.span,
  )
}

function asked(
  operation: CalendarOperation,
  calendar: BoundCalendar,
  values: readonly PlanExpression[],
  type: Type,
  maybe: boolean,
  span: { readonly start: number; readonly end: number },
  ctx: Context,
): PlanExpression {
  return {
    kind: "calendar",
    calendar: calendar.id,
    operation,
    arguments: values,
    type: valueType(type, ctx.state),
    maybe,
    at: at(ctx, span),
  }
}

function returned(call: CalendarCall, calendar: BoundCalendar, pattern: string | null): Type {
  switch (call.returns) {
    case "period":
      return { kind: "period", calendar }
    case "date":
      return { kind: "date" }
    case "bool":
      return boolType
    case "int":
      return { ...intType, digits: call.operation === "number_of" ? 2 : call.operation === "year_of" ? 4 : 5 }
    case "text":
      // P and M may have one character more than the pattern shows.
      return textType((pattern?.length ?? 0) + 2)
  }
}

/** Null: every period has a place in the pattern. Undefined: an error was given. */
function patternFailure(
  pattern: string,
  calendar: BoundCalendar,
  node: CallExpression,
  ctx: Context,
): string | null | undefined {
  const { rules } = calendar.spec
  const reach = patternReach(rules)
  const problem = periodPatternProblem(pattern, reach, true)
  if (problem !== undefined) {
    ctx.state.report(
      diagnostic(
        "FM3129",
        { format: pattern, type: `a period of ${nameHere(calendar, ctx)}` },
        place(ctx, node.arguments[1]?.span ?? node.span),
        { label: "does not fit", help: problem },
      ),
    )
    return undefined
  }
  const always = periodPatternProblem(pattern, { ...reach, isMonths: false }, true) === undefined
  const everyMonth = rules?.kind === "months" && rules.adjustments === 0
  return always || everyMonth ? null : "the period is no calendar month"
}

/** Says what the calendar does not know. */
export function canAnswer(
  operation: CalendarOperation,
  calendar: BoundCalendar,
  span: { readonly start: number; readonly end: number },
  ctx: Context,
): boolean {
  if (calendar.broken) return false
  const { rules } = calendar.spec
  const { files } = calendar
  const asksStatus =
    operation === "open_period_of" || operation === "next_open_period_of" || operation === "is_open"
  const hasStatus =
    files.status !== null || files.periods?.columns.some(column => column.name === "closed") === true
  const isBusiness = businessCalls.has(operation)
  const problem =
    isBusiness && calendar.spec.weekend === null
      ? "it does not say which days are the weekend"
      : rules === null && !isBusiness
        ? "it has business days and no periods"
        : asksStatus && !hasStatus
          ? "nothing says which of its periods are closed"
          : ctx.members !== undefined && needsFile(operation, files)
            ? "a contract is checked without reference data, and the answer stands in a file"
            : null
  if (problem === null) return true
  ctx.state.report(
    diagnostic("FM3132", { calendar: nameHere(calendar, ctx), problem }, place(ctx, span), {
      related: [{ place: calendar.place, text: "declared here" }],
      ...(asksStatus && rules !== null && !hasStatus
        ? {
            help: 'Name a column `closed` of its file, or add `status from csv "…" (period: "…", closed: "…")`.',
          }
        : {}),
    }),
  )
  return false
}

export function calendarNamed(name: Name, ctx: Context): BoundCalendar | null {
  const declared = ctx.names.get(name.text)
  if (declared?.kind === "calendar") return declared
  ctx.state.report(
    diagnostic("FM2030", { name: name.text }, place(ctx, name.span), {
      label: "no calendar",
      ...(declared === undefined
        ? { help: "Declare it here or import it from the file that does." }
        : { related: [{ place: declared.place, text: "declared here, as something else" }] }),
    }),
  )
  return null
}

function notNamed(span: { readonly start: number; readonly end: number }, ctx: Context): null {
  wrongKind("The name of a calendar", "something else", span, ctx)
  return null
}

function wrongKind(
  expected: string,
  found: string,
  span: { readonly start: number; readonly end: number },
  ctx: Context,
): true {
  ctx.state.report(diagnostic("FM3101", { expected, found }, place(ctx, span), { label: found }))
  return true
}

const nouns = { period: "a period", date: "a date", int: "a whole number" } as const

function fits(type: Type, parameter: keyof typeof nouns): boolean {
  return parameter === "int" ? type.kind === "number" && type.role === "int" : type.kind === parameter
}
