// What becomes of data and of those who answer for it, as data: each case edits the project below, and says which findings of the rules L that gives. Of each rule there is a
// case in which it fires and one close by in which it does not.
export const project = `system Crm {
  kind      crm
  owner     "Sales Operations"
  residency EU
  cleared for pii, confidential
}

system Model {
  kind      canonical
  residency EU
}

system Erp {
  kind      erp
  owner     "Finance Systems"
  residency EU
  cleared for pii
}

contract Lead of Crm version 1.0.0
  reads
  owner     "Sales Operations"
  lifecycle active
{
  id      : text(20)  key
  name    : text(80)  pii
  email   : text(80)  pii
  plain   : text(80)
  limit   : decimal(12,2)  confidential
  unused? : text(40)
}

contract Person of Model version 1.0.0
  owner     "Master Data"
  lifecycle active
  retention 7 years
  slo       99.5% within 15min
{
  id    : text(20)  key
  name  : text(80)  pii
  short : text(80)
  title : text(80)
  limit : decimal(12,2)  confidential
}

contract Debtor of Erp version 1.0.0
  writes
  owner     "Finance Systems"
  lifecycle active
{
  number : text(20)  key
  name   : text(80)  pii
  memo?  : text(80)
}

map Know version 1.0.0
  from lead: Lead
  to   person: Person
  owner "Master Data"
{
  key id = lead.id
  name  = lead.name
  short = masked(lead.email, 2)
  title = lead.plain
  limit = lead.limit
  ignore lead.unused because "-"
}

map Post version 1.0.0
  from person: Person
  to   debtor: Debtor
  owner "Finance Systems"
{
  key number = person.id
  name = person.name
  memo = person.short
  ignore person.title because "-"
  ignore person.limit because "-"
}

crosswalk Region(code: text(4)) -> text(20) version 1.0.0
  owner "Master Data"
{
  "EU" -> "Europe"
}

consumer Dunning
  owner   "Credit Control"
  contact "dunning@example.com"
{
  reads Debtor { number, name }
}
`

type Edit = readonly [from: string, to: string]

export interface LineageCase {
  readonly title: string
  readonly edits: readonly Edit[]
  /** `L003 Know short error major` */
  readonly findings: readonly string[]
}

export const lineageCases: readonly LineageCase[] = [
  { title: "nothing", edits: [], findings: [] },
  {
    title: "L001: a label is taken off",
    edits: [["  name   : text(80)  pii\n  memo?", "  name   : text(80)\n  memo?"]],
    findings: ["L001 Debtor /name error major", "L002 Post /name error none"],
  },
  {
    title: "L001: a label is put on",
    edits: [["  plain   : text(80)\n", "  plain   : text(80)  confidential\n"]],
    findings: ["L001 Lead /plain warning minor", "L002 Know /title error none"],
  },
  {
    title: "L001 not: a field without a label is new",
    edits: [
      ["  unused? : text(40)\n", "  unused? : text(40)\n  more?   : text(40)\n"],
      ["ignore lead.unused", 'ignore lead.more because "-"\n  ignore lead.unused'],
    ],
    findings: [],
  },
  {
    title: "L002: confidential data comes to a system that is not cleared for it",
    edits: [
      ["  memo?  : text(80)\n", "  memo?  : decimal(12,2)  confidential\n"],
      ["memo = person.short", "memo = person.limit"],
      ['  ignore person.limit because "-"\n', '  ignore person.short because "-"\n'],
    ],
    findings: [
      "L001 Debtor /memo warning minor",
      "L002 Post /memo error none",
      "L005 Post  warning minor",
      "L006 Person /short warning none",
    ],
  },
  {
    title: "L002: labelled data comes to a field without the label",
    edits: [
      ["title = lead.plain", "title = lead.name"],
      ["ignore lead.unused", 'ignore lead.plain because "-"\n  ignore lead.unused'],
    ],
    findings: ["L002 Know /title error none", "L006 Lead /plain warning none"],
  },
  {
    title: "L002 not: it is masked on its way",
    edits: [
      ["title = lead.plain", "title = masked(lead.name, 2)"],
      ["ignore lead.unused", 'ignore lead.plain because "-"\n  ignore lead.unused'],
    ],
    findings: ["L006 Lead /plain warning none"],
  },
  {
    title: "L003: a mask is taken off",
    edits: [["short = masked(lead.email, 2)", "short = lead.email"]],
    findings: ["L002 Know /short error none", "L003 Know /short error major", "L002 Post /memo error none"],
  },
  {
    title: "L003: more of it stays readable",
    edits: [["masked(lead.email, 2)", "masked(lead.email, 4)"]],
    findings: ["L003 Know  error major"],
  },
  {
    title: "L003 not: less of it stays readable",
    edits: [["masked(lead.email, 2)", "masked(lead.email, 1)"]],
    findings: [],
  },
  {
    title: "L004: personal data leaves its region",
    edits: [
      ['  owner     "Finance Systems"\n  residency EU', '  owner     "Finance Systems"\n  residency US'],
    ],
    findings: ["L004 Post /name error none"],
  },
  {
    title: "L004 not: what has no label may go",
    edits: [
      ['  owner     "Finance Systems"\n  residency EU', '  owner     "Finance Systems"\n  residency US'],
      ["name = person.name", "name = person.title"],
      ['ignore person.title because "-"', 'ignore person.name because "-"'],
    ],
    findings: ["L005 Post  warning minor", "L006 Person /name warning none"],
  },
  {
    title: "L005: a map reads more",
    edits: [
      ["title = lead.plain", "title = lead.unused else lead.plain"],
      ['  ignore lead.unused because "-"\n', ""],
    ],
    findings: ["L005 Know  warning minor"],
  },
  {
    title: "L005 not: it reads a field that is new",
    edits: [
      ["  unused? : text(40)\n", "  unused? : text(40)\n  more?   : text(40)\n"],
      ["title = lead.plain", "title = lead.more else lead.plain"],
    ],
    findings: [],
  },
  {
    title: "L006: nobody reads it any more",
    edits: [
      ["title = lead.plain", 'title = "none"'],
      ["ignore lead.unused", 'ignore lead.plain because "-"\n  ignore lead.unused'],
    ],
    findings: ["L006 Lead /plain warning none"],
  },
  {
    title: "L006 not: the field goes with its reading",
    edits: [
      ["title = lead.plain", 'title = "none"'],
      ["  plain   : text(80)\n", ""],
    ],
    findings: [],
  },
  {
    title: "L008: owners, a contact and a consumer are gone",
    edits: [
      ['  owner     "Master Data"\n', ""],
      ['  contact "dunning@example.com"\n', ""],
      [
        'map Know version 1.0.0\n  from lead: Lead\n  to   person: Person\n  owner "Master Data"',
        "map Know version 1.0.0\n  from lead: Lead\n  to   person: Person",
      ],
    ],
    findings: ["L008 Person  error patch", "L008 Know  error patch", "L008 Dunning  error patch"],
  },
  {
    title: "L008: a consumer is no longer declared",
    edits: [
      [
        `consumer Dunning
  owner   "Credit Control"
  contact "dunning@example.com"
{
  reads Debtor { number, name }
}
`,
        "",
      ],
    ],
    findings: ["L008 Dunning  error patch"],
  },
  {
    title: "L008 not: somebody else answers for it",
    edits: [['  owner     "Master Data"\n', '  owner     "Customer Data"\n']],
    findings: [],
  },
  {
    title: "L009: fewer records within the time",
    edits: [["99.5% within 15min", "99% within 15min"]],
    findings: ["L009 Person  error major"],
  },
  {
    title: "L009: more of them, and later, is less",
    edits: [["99.5% within 15min", "99.9% within 1h"]],
    findings: ["L009 Person  error major"],
  },
  {
    title: "L009: sooner is more",
    edits: [["99.5% within 15min", "99.5% within 90s"]],
    findings: ["L009 Person  information minor"],
  },
  {
    title: "L010: kept longer",
    edits: [["retention 7 years", "retention 10 years"]],
    findings: ["L010 Person  warning minor"],
  },
  {
    title: "L011: back to a draft, and a stable map stands on it",
    edits: [
      ["  retention 7 years", "  retention 7 years"],
      [
        'contract Person of Model version 1.0.0\n  owner     "Master Data"\n  lifecycle active',
        'contract Person of Model version 1.0.0\n  owner     "Master Data"\n  lifecycle draft',
      ],
    ],
    findings: ["L011 Know  error none", "L011 Post  error none", "L011 Person  error none"],
  },
  {
    title: "L011 not: deprecated",
    edits: [
      [
        'contract Debtor of Erp version 1.0.0\n  writes\n  owner     "Finance Systems"\n  lifecycle active',
        'contract Debtor of Erp version 1.0.0\n  writes\n  owner     "Finance Systems"\n  lifecycle deprecated',
      ],
    ],
    findings: [],
  },
  {
    title: "L012: past the own model",
    edits: [["of Model version 1.0.0", "of Crm version 1.0.0"]],
    findings: ["L012 Post  error none"],
  },
  {
    title: "L012: a field of the own model is called after a platform",
    edits: [
      ["  title : text(80)\n", "  title : text(80)\n  erpCode? : text(80)\n"],
      ["  limit = lead.limit\n", '  limit = lead.limit\n  leave erpCode because "-"\n'],
      [
        '  ignore person.title because "-"\n',
        '  ignore person.title because "-"\n  ignore person.erpCode because "-"\n',
      ],
    ],
    findings: ["L012 Person /erpCode error none"],
  },
  {
    title: "L013: a rule that is not held any more, by somebody's word",
    edits: [
      [
        "contract Debtor of Erp version 1.0.0\n  writes\n",
        'contract Debtor of Erp version 1.0.0\n  writes\n  allow G026 because "Legal decides in May" until 2027-05-31 by "Jane Roe"\n',
      ],
    ],
    findings: ["L013 Debtor  warning none"],
  },
  {
    title: "L013 not: a declaration that allows nothing is new",
    edits: [["system Model {", "system Other {\n  kind crm\n}\n\nsystem Model {"]],
    findings: [],
  },
]
