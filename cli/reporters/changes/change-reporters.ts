// The forms in which findings about changes are told. Flows out: their names; what each does is loaded when it is used.

export const changeReporters = ["text", "json", "github", "gitlab", "sarif", "junit", "markdown"] as const

export type ChangeReporterName = (typeof changeReporters)[number]
