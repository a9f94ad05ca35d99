// The door of @fmap/runtime/flow/schedules. Needs the package croner.

export { createScheduler, type Scheduler, type SchedulerOptions } from "./create-scheduler.ts"
export { type Occurrences, occurrencesOf } from "./occurrences.ts"
export type { Schedule } from "./schedule.ts"
