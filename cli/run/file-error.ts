// Is an error one of the disk? Flows in: what was thrown. Flows out: yes or no; everything else is a bug of ours.

export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    typeof (error as NodeJS.ErrnoException).code === "string" &&
    /^E[A-Z]+$/u.test((error as NodeJS.ErrnoException).code ?? "")
  )
}
