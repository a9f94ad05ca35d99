// What `fingerprint` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "fingerprint",
  summary:
    "Gives equal texts equal names that nobody can turn back without the salt: HMAC-SHA-256 of the text under the salt, as 64 hexadecimal digits. What is fingerprinted is no personal or confidential data any more, as long as the salt is secret: take it as a `given`.",
  params: [
    { name: "text", type: "text", docs: "The text, hashed as UTF-8." },
    { name: "salt", type: "text", docs: "The secret. With another salt all names are others." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    {
      call: 'fingerprint("what do ya want for nothing?", "Jefe")',
      gives: '"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"',
    },
    {
      call: 'fingerprint("", "")',
      gives: '"b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"',
    },
  ],
}
