// The shape of a description of a platform. Flows in: nothing. Flows out: data that has a member for each option.
import { connectionMembers, credentials } from "../options/common-shapes.ts"
import {
  choice,
  count,
  dictionary,
  kinds,
  list,
  type Members,
  object,
  optional,
  type Shape,
  scalar,
  text,
  truth,
} from "../options/shape.ts"
import type {
  HttpCall,
  HttpErrorRule,
  HttpErrors,
  HttpList,
  HttpNext,
  HttpObject,
  HttpSystemOptions,
} from "./http-options.ts"

const path = list(text)

const call = object({
  method: choice("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
  path: text,
  headers: optional(dictionary(text)),
  wrap: optional(text),
  keyOnlyInPath: optional(truth),
  answerAt: optional(path),
  idempotency: optional(object({ header: text, windowMs: count() })),
  repeatable: optional(truth),
} satisfies Record<keyof HttpCall, Shape>)

const lists = object({
  path: text,
  query: optional(dictionary(text)),
  filters: optional(dictionary(text)),
  at: optional(path),
  next: optional(
    kinds({
      link: { at: path },
      "link-header": {},
      cursor: { at: path, query: text },
      offset: { query: text, limit: count() },
    } satisfies Record<HttpNext["kind"], Members>),
  ),
  changes: optional(object({ since: text, idAt: path, versionAt: path })),
} satisfies Record<keyof HttpList, Shape>)

const rule = object({
  status: optional(count()),
  code: optional(text),
  contains: optional(text),
  failure: choice("transient", "throttled", "auth", "rejected", "conflict", "in-doubt"),
  retryAfterMs: optional(count(0)),
} satisfies Record<keyof HttpErrorRule, Shape>)

export const httpShape = {
  ...connectionMembers,
  auth: credentials,
  objects: dictionary(
    object({
      create: optional(call),
      update: optional(call),
      upsert: optional(call),
      delete: optional(call),
      find: optional(object({ path: text, at: optional(path) })),
      list: optional(lists),
    } satisfies Record<keyof HttpObject, Shape>),
  ),
  errors: optional(
    object({
      codeAt: optional(path),
      messageAt: optional(path),
      failedWhen: optional(object({ at: path, equals: scalar })),
      rules: optional(list(rule)),
    } satisfies Record<keyof HttpErrors, Shape>),
  ),
} satisfies Record<keyof HttpSystemOptions, Shape>
