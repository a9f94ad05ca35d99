// Codes the runtime itself gives; authors may not use them for something else.
import { issueCodes } from "@fmap/runtime"

/** They say the same when an author's own table does not know a code. */
const shared: ReadonlySet<string> = new Set(["UNKNOWN_CURRENCY", "UNKNOWN_COUNTRY", "UNKNOWN_LANGUAGE"])

export const reservedCodes: ReadonlySet<string> = new Set([
  ...issueCodes.filter(code => !shared.has(code)),
  "BAD_JSON",
  "BAD_UTF8",
  "DUPLICATE_KEY",
  "DEFAULT_USED",
  "INCOMPLETE_GROUP",
  "PERIOD_REDIRECTED",
])
