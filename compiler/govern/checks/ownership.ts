// Owners and descriptions. Flows in: a landscape. Flows out: who is missing, and what is not said.
import { about, type Check, contracts, crosswalks, each, maps, systems } from "./check.ts"

const few = 0.5

export const ownership = {
  G001: each(contracts, subject =>
    subject.declared.contract?.owner == null && subject.of.every(system => system.owner === null)
      ? about(subject, `Nobody answers for the contract ${subject.name}.`, "without an owner")
      : null,
  ),
  G002: each(maps, subject =>
    subject.declared.owner === null
      ? about(subject, `Nobody answers for the map ${subject.name}.`, "without an owner")
      : null,
  ),
  G003: each(crosswalks, subject =>
    subject.declared.owner === null
      ? about(subject, `Nobody answers for the rows of ${subject.name}.`, "without an owner")
      : null,
  ),
  G004: each(systems, subject =>
    subject.declared.owner === null
      ? about(subject, `Nobody answers for the system ${subject.name}.`, "without an owner")
      : null,
  ),
  G005: each(contracts, subject => undescribed(subject, "The contract")),
  G006: each(maps, subject => undescribed(subject, "The map")),
  G007: each(crosswalks, subject => undescribed(subject, "The reference data")),
  G008: each(systems, subject => undescribed(subject, "The system")),
  G009: each(contracts, subject => {
    const { fields } = subject.declared
    const described = fields.filter(({ docs }) => docs !== "").length
    return fields.length > 0 && described < fields.length * few
      ? about(
          subject,
          `${subject.name} describes ${described} of its ${fields.length} fields.`,
          `${fields.length - described} fields say nothing of themselves`,
        )
      : null
  }),
  G010: each(maps, subject => {
    if (subject.declared.per !== null) return null
    const books = subject.to.some(({ kind }) => kind === "erp")
    return about(
      subject,
      `The map ${subject.name} does not say which policy it follows.`,
      "without `per`",
      books ? {} : { onlyAsked: true },
    )
  }),
} as const satisfies Readonly<Record<string, Check>>

function undescribed(
  subject: Parameters<typeof about>[0] & { readonly declared: { readonly docs: string } },
  noun: string,
) {
  return subject.declared.docs.trim() === ""
    ? about(subject, `${noun} ${subject.name} does not say what it is.`, "without a `///` line")
    : null
}
