export { type CheckedProject, checkProject } from "./check-project.ts"
