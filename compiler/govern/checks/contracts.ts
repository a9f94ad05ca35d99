// What contracts promise. Flows in: a landscape. Flows out: promises that are not made, and fields whose types or labels say less than
// their names.
import { fieldsOf } from "../fields.ts"
import { about, type Check, each, eachField, contracts as ofContracts, systems } from "./check.ts"
import { soundsLikeAmount, soundsLikeBank, soundsPersonal } from "./field-names.ts"

export const contracts = {
  G022: each(ofContracts, subject =>
    subject.declared.fields.some(({ key }) => key)
      ? null
      : about(subject, `Nothing tells one record of ${subject.name} from another.`, "no field is a key"),
  ),
  G023: each(ofContracts, subject =>
    subject.declared.contract?.compatible === null
      ? about(
          subject,
          `${subject.name} does not say which changes its next version may make.`,
          "without `compatible`",
        )
      : null,
  ),
  G024: each(systems, subject =>
    subject.declared.kind === null
      ? about(subject, `${subject.name} does not say what kind of platform it is.`, "without `kind`")
      : null,
  ),
  G025: each(ofContracts, subject =>
    subject.declared.contract?.retention === undefined
      ? about(subject, `${subject.name} does not say how long its records are kept.`, "without `retention`")
      : null,
  ),
  G026: each(ofContracts, (subject, landscape) => {
    if (subject.declared.contract?.retention !== undefined) return null
    const [first] = fieldsOf(subject.declared, landscape).filter(({ field }) => field.pii)
    return first === undefined
      ? null
      : about(
          subject,
          `${subject.name} holds personal data and does not say how long.`,
          "without `retention`",
          {
            related: [{ at: first.field.at, text: "personal data" }],
          },
        )
  }),
  G027: each(ofContracts, subject =>
    subject.declared.contract?.slo === undefined
      ? about(
          subject,
          `${subject.name} does not say how soon its records are there.`,
          "without `slo`",
          subject.lifecycle === "active" ? {} : { onlyAsked: true },
        )
      : null,
  ),
  G028: each(ofContracts, subject =>
    subject.declared.rules.some(rule => rule.kind === "check")
      ? null
      : about(subject, `${subject.name} has no rule about what makes a record good.`, "no check"),
  ),
  G029: each(ofContracts, (subject, { readers, writers }) =>
    readers(subject.id).length === 0 && writers(subject.id).length === 0
      ? about(subject, `No map reads or writes ${subject.name}.`, "nobody uses it")
      : null,
  ),
  G030: eachField(({ field, path }) =>
    field.type.kind === "decimal" && soundsLikeAmount(field.name)
      ? [`"${path}" sounds like an amount of money and has no currency.`, "a bare number"]
      : null,
  ),
  G031: eachField(({ field, path }) =>
    field.type.kind === "json" ? [`Nobody can look into "${path}".`, "any JSON"] : null,
  ),
  G032: eachField(({ field, path }, shape) =>
    field.type.kind === "text" && field.type.max === null && shape.contract?.direction === "writes"
      ? [`"${path}" is written and may be of any length.`, "text without a length"]
      : null,
  ),
  G033: eachField(({ field, path }) =>
    field.type.kind === "text" && !field.pii && !field.confidential && soundsPersonal(field.name)
      ? [`"${path}" sounds like personal data and is not marked so.`, "not marked `pii`"]
      : null,
  ),
  G034: eachField(({ field, path }) =>
    field.type.kind === "text" && !field.pii && !field.confidential && soundsLikeBank(field.name)
      ? [`"${path}" sounds like a bank or tax detail and is not marked.`, "neither `pii` nor `confidential`"]
      : null,
  ),
} as const satisfies Readonly<Record<string, Check>>
