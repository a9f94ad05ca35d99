// Takes the blanks at both ends away: every character Unicode calls white space, and line ends. Pure; see spec.ts for the promise.

export function trim(text: string): string {
  return text.trim()
}
