// How Anaplan says no, as data. Flows in: bodies of answers. Flows out: codes and texts, and the class each stands for.
import type { PlatformErrors } from "../http/ask.ts"
import { memberOf, scalarText, textOf } from "../http/json-value.ts"

export const anaplanErrors: PlatformErrors = {
  rules: [
    { code: "FAILURE_BAD_CREDENTIAL", failure: "auth" },
    { code: "FAILURE_BAD_TOKEN", failure: "auth" },
    // another import or a model builder holds the model
    { says: /locked|currently unavailable|being (?:archived|restored)/i, failure: "transient" },
  ],
  read(body, { status }) {
    if (status < 300) return undefined
    const said = memberOf(body, "status")
    const code = textOf(said) ?? scalarText(memberOf(said, "code"))
    const message = textOf(memberOf(body, "statusMessage")) ?? textOf(memberOf(said, "message"))
    if (code === undefined && message === undefined) return undefined
    return { codes: code === undefined ? [] : [code], message: message ?? code ?? "" }
  },
}
