// A word for the shell, to be copied from what is told. Flows in: any text. Flows out: the same as one word.
export function shellWord(text: string): string {
  return /^[\w./@-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
