// Codes of targets as logs and traces may have them. Flows in: what a target called its code, perhaps behind the class of the failure. Flows out: the same where it is a word such as codes
// are, else the class alone: some platforms repeat in the place of a code what they were sent.

export function codeWord(code: string | undefined): string | undefined {
  if (code === undefined || /^(?:[a-z-]{1,20} )?[\w.:/-]{1,64}$/u.test(code)) return code
  return /^(transient|throttled|auth|rejected|conflict|in-doubt) /u.exec(code)?.[1]
}
