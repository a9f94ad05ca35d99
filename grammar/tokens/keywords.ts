// The words of the language: one table from which lexer, newline rule, TextMate grammar, completion and reference
// are made. Flows in: nothing. Flows out: plain data. No word is reserved: each is a keyword only where the grammar
// asks for it, elsewhere a name like any other.

export type KeywordRole =
  | "declaration"
  | "clause"
  | "member"
  | "modifier"
  | "statement"
  | "expression"
  | "operator"
  | "exit"
  | "test"
  | "literal"
  | "type"

export interface Keyword {
  readonly word: string
  readonly role: KeywordRole
  /** A line that begins with it goes on with the statement before (language-decisions 1). */
  readonly continues?: true
  /** One sentence for completion, hover and the reference. */
  readonly docs: string
}

export const keywords = [
  { word: "import", role: "declaration", docs: "Takes declarations of another file or package by name." },
  {
    word: "system",
    role: "declaration",
    docs: "A platform that sends or takes records, with its wire defaults.",
  },
  { word: "enum", role: "declaration", docs: "A list of values; closed unless `open` stands before it." },
  { word: "open", role: "declaration", docs: "An enum the other side may add values to." },
  { word: "record", role: "declaration", docs: "A shape for reuse inside contracts." },
  {
    word: "contract",
    role: "declaration",
    docs: "A governed promise of one system about one business object.",
  },
  { word: "crosswalk", role: "declaration", docs: "A table of reference data: keys and what they become." },
  {
    word: "hierarchy",
    role: "declaration",
    docs: "Members and the member above each, on levels that have names.",
  },
  {
    word: "calendar",
    role: "declaration",
    docs: "Fiscal periods, which of them are closed, and days of business.",
  },
  { word: "map", role: "declaration", docs: "Says how source records become one target record." },
  { word: "test", role: "declaration", docs: "Inputs of a map and what must come out." },
  { word: "fn", role: "declaration", docs: "A named calculation over its parameters." },
  {
    word: "policy",
    role: "declaration",
    docs: "What every contract, map, crosswalk and system must have; `fmap lint` judges by it.",
  },
  {
    word: "consumer",
    role: "declaration",
    docs: "Who reads which fields of contracts or of what maps make; `fmap diff` says whom a change breaks.",
  },

  {
    word: "flow",
    role: "declaration",
    docs: "In what order things happen: what starts it, its steps, and what becomes of what stops.",
  },

  {
    word: "of",
    role: "clause",
    docs: "The system a contract belongs to, the map a test is about, or the measure of an amount.",
  },
  { word: "version", role: "clause", docs: "A version of three numbers, `1.4.0`." },
  { word: "reads", role: "clause", docs: "The contract's records come from the system." },
  { word: "writes", role: "clause", docs: "The contract's records go to the system." },
  {
    word: "events",
    role: "clause",
    docs: "The contract's records are changes of a record: `events unchanged when null unless in …`.",
  },
  {
    word: "unchanged",
    role: "clause",
    docs: "`unchanged when null unless in LIST`: how an event tells what it does not change.",
  },
  { word: "unless", role: "clause", docs: "`unless in LIST`: the fields an event clears." },
  { word: "changed", role: "clause", docs: "`changed in LIST`: the fields an event changes." },
  {
    word: "bitmaps",
    role: "clause",
    docs: "`bitmaps LIST over (A, B(C, D))`: an event's list of fields may come as bitmaps over these, in the order of its schema.",
  },
  {
    word: "picks",
    role: "clause",
    docs: '`from openapi "…" picks`: only the fields it names; importing again adds none.',
  },
  { word: "answers", role: "clause", docs: "What the system answers when a record is written to it." },
  { word: "patch", role: "clause", docs: "A map that writes only what an event changes." },
  { word: "closed", role: "clause", docs: "Records with fields the contract does not name are refused." },
  { word: "contact", role: "clause", docs: "How a consumer is reached when something changes for it." },
  { word: "owner", role: "clause", docs: "Who answers for the declaration." },
  {
    word: "lifecycle",
    role: "clause",
    docs: "Where the contract is in its life: draft, active, deprecated, retired.",
  },
  { word: "compatible", role: "clause", docs: "Which changes a new version may make." },
  { word: "kind", role: "clause", docs: "What kind of platform a system is: crm, erp, planning." },
  {
    word: "platform",
    role: "clause",
    docs: "`platform netsuite`: what runs there, and so how a write that is repeated is told from a second one.",
  },
  { word: "wire", role: "clause", docs: "How values are written outside." },
  { word: "limits", role: "clause", docs: "How many calls the system takes." },
  { word: "residency", role: "clause", docs: "Where the system's data may be." },
  {
    word: "cleared",
    role: "clause",
    docs: "`cleared for pii, confidential`: the labels a system's data may have.",
  },
  { word: "retention", role: "clause", docs: "`retention 7 years`: how long a contract's records are kept." },
  {
    word: "slo",
    role: "clause",
    docs: "`slo 99.5% within 15min`: how many records are there within what time.",
  },
  {
    word: "allow",
    role: "clause",
    docs: "`allow G012 because … until … by …`: a finding of a policy that somebody takes on until a day.",
  },
  {
    word: "from",
    role: "clause",
    continues: true,
    docs: "The sources of a map, the file of a crosswalk or an import.",
  },
  { word: "given", role: "clause", docs: "A further input of a map, such as the date of the run." },
  { word: "to", role: "clause", docs: "The target of a map." },
  {
    word: "per",
    role: "clause",
    docs: "The policy or document a map follows; in `limits`, the unit of time.",
  },
  {
    word: "links",
    role: "clause",
    docs: "`links Crm.Account to Erp.Customer`: a crosswalk whose rows are the receipts of flows.",
  },
  { word: "unmapped", role: "clause", docs: "What a crosswalk answers for a key without row." },
  { word: "until", role: "clause", continues: true, docs: "The last day of a row." },
  {
    word: "effective",
    role: "clause",
    docs: "`effective dated`: rows of a crosswalk hold for some days only.",
  },
  {
    word: "wildcard",
    role: "clause",
    docs: "The cell of a file that stands for every key, like `_` in a row.",
  },
  { word: "levels", role: "clause", docs: "The levels of a hierarchy, the highest first." },
  { word: "under", role: "clause", docs: "The member above, in a row of a hierarchy." },

  {
    word: "exactly",
    role: "member",
    docs: "`exactly one of A, B`: one of the fields has a value, the others have none.",
  },
  { word: "most", role: "member", docs: "`at most one of A, B`: no two of the fields have a value." },
  {
    word: "all",
    role: "member",
    docs: "`all or none of A, B`: the fields have values together, or none has.",
  },
  { word: "require", role: "member", docs: "Fields that must have a value when a condition is true." },
  {
    word: "year",
    role: "clause",
    docs: "When a fiscal year starts or ends, and which calendar year names it.",
  },
  { word: "starts", role: "clause", docs: "`year starts February 1`: the first day of a fiscal year." },
  {
    word: "ends",
    role: "clause",
    docs: "`year ends last Saturday of January`: a fiscal year of whole weeks.",
  },
  {
    word: "named",
    role: "clause",
    docs: "`year named by start` or `by end`: the calendar year that names it.",
  },
  { word: "months", role: "clause", docs: "Twelve periods, a month each." },
  { word: "weeks", role: "clause", docs: "`weeks 4-4-5`: how many weeks the periods of a quarter have." },
  { word: "week", role: "clause", docs: "`week 53 in period 12`: where the last week of a long year goes." },
  {
    word: "periods",
    role: "clause",
    docs: "`periods 13 of 4 weeks`; in `spread`, what the total is spread over.",
  },
  {
    word: "adjustment",
    role: "clause",
    docs: "`adjustment periods 4`: periods after the regular ones, never the period of a date.",
  },
  { word: "weekend", role: "clause", docs: "The days of the week without business." },
  { word: "holidays", role: "clause", docs: "The file that lists further days without business." },
  { word: "status", role: "clause", docs: "The file that says which periods are closed." },

  { word: "every", role: "member", docs: "`every contract has owner`: what a policy asks for." },
  { word: "has", role: "member", docs: "What every one must have, in a policy." },
  { word: "reaches", role: "member", docs: "`pii reaches only systems cleared for pii`, in a policy." },
  { word: "stays", role: "member", docs: "`pii stays in EU, UK`: where labelled data may be, in a policy." },
  { word: "rule", role: "member", docs: "`rule G014 is error`: how severe a finding is, in a policy." },
  { word: "derive", role: "member", docs: "A computed, checked field of a contract." },
  { word: "key", role: "modifier", docs: "The field identifies its record; in a map, the idempotency key." },
  { word: "pii", role: "modifier", docs: "Personal data: masked in messages." },
  { word: "confidential", role: "modifier", docs: "Masked in messages." },
  { word: "clearable", role: "modifier", docs: "The target takes an explicit null." },
  { word: "computed", role: "modifier", docs: "The target computes the field; it is never assigned." },
  { word: "create", role: "modifier", docs: "`create only`: may be set only when the record is made." },
  { word: "write", role: "modifier", docs: "`write only`: can be set but not read back." },
  { word: "default", role: "modifier", docs: "The value of an absent field; its use is counted." },
  {
    word: "deprecated",
    role: "modifier",
    docs: "The field goes away; `use` says what instead, `sunset` when.",
  },
  { word: "use", role: "modifier", docs: "The field to take instead of a deprecated one." },
  { word: "sunset", role: "modifier", docs: "The day a deprecated field ends." },
  { word: "since", role: "modifier", docs: "The version that brought the field." },

  {
    word: "in",
    role: "operator",
    continues: true,
    docs: "Membership in a range or list; in a type, the unit of an amount.",
  },
  {
    word: "lane",
    role: "clause",
    docs: "Events of one lane are handled one by one; of a route, what happens to the lane meanwhile.",
  },
  {
    word: "newest",
    role: "clause",
    docs: "`newest by`: what orders the versions of one object; older ones are superseded.",
  },
  {
    word: "becomes",
    role: "clause",
    docs: "`x becomes V`: the field has this value now and had another before.",
  },
  { word: "manual", role: "clause", docs: "`on manual`: a person or a program starts the flow." },
  {
    word: "call",
    role: "clause",
    docs: "`on call x: Request`: an API call starts the flow and is answered by it.",
  },
  { word: "cron", role: "clause", docs: '`every cron "0 2 * * 1-5"`: a schedule in five fields.' },
  {
    word: "misfire",
    role: "clause",
    docs: "`misfire latest`: which of the occurrences run that passed while nobody ran: all, latest or skip.",
  },
  {
    word: "read",
    role: "statement",
    docs: "`x = read System.Contract by KEY`: a record of a system; with `where`, all that fit.",
  },
  {
    word: "send",
    role: "statement",
    docs: "`send Map(x) to System.Contract upsert`: writes a record at a system.",
  },
  {
    word: "ensure",
    role: "statement",
    docs: "`ensure Map(x) in System.Contract`: makes the record where there is none.",
  },
  {
    word: "load",
    role: "statement",
    docs: "`load rows to System.Contract replace over period`: writes many records at once.",
  },
  { word: "reconcile", role: "statement", docs: "`reconcile x`: all records of a load were taken." },
  { word: "publish", role: "statement", docs: "`publish Map(x)`: an event for other flows." },
  { word: "answer", role: "statement", docs: "`answer Map(x)`: what a call is answered with." },
  {
    word: "after",
    role: "clause",
    continues: true,
    docs: "`after x`: only when that step is done, whatever its value.",
  },
  {
    word: "retry",
    role: "clause",
    continues: true,
    docs: "`retry 6 times backoff 2s to 5min`: how often a call that failed is tried again.",
  },
  {
    word: "backoff",
    role: "clause",
    continues: true,
    docs: "The first and the longest wait between two tries.",
  },
  { word: "timeout", role: "clause", continues: true, docs: "How long a call may take." },
  {
    word: "limit",
    role: "clause",
    continues: true,
    docs: "`limit 5 per second`: how many calls a step makes.",
  },
  {
    word: "refused",
    role: "clause",
    continues: true,
    docs: "What becomes of a record that the target refuses, by the target's own code.",
  },
  {
    word: "doubt",
    role: "clause",
    docs: "`in doubt hold CODE`: nobody knows whether a call was done, and the target cannot be asked.",
  },
  {
    word: "compensate",
    role: "clause",
    continues: true,
    docs: "`compensate with Map(x)`: sent when a later step stops for good.",
  },
  {
    word: "failure",
    role: "statement",
    docs: "`on failure`: a target did not answer, or answered what nobody expected.",
  },
  { word: "queue", role: "statement", docs: "Where people find what waits for them." },
  { word: "assign", role: "statement", docs: "Who has to act." },
  { word: "dead", role: "exit", docs: "`dead letter`: put aside; nobody is asked." },

  { word: "matching", role: "type", docs: "Text must match a pattern." },
  { word: "presence", role: "type", docs: "`by presence`: which field is there tells the kind of a record." },
  { word: "shape", role: "type", docs: "`by shape`: the required fields tell the kind of a record." },

  { word: "emit", role: "statement", docs: "A further target of a map." },
  { word: "let", role: "statement", docs: "An immutable name for a value." },
  { word: "check", role: "statement", docs: "A condition that must hold." },
  { word: "control", role: "statement", docs: "A titled comparison of totals." },
  { word: "leave", role: "statement", docs: "Target fields left unassigned, with a reason." },
  { word: "ignore", role: "statement", docs: "Source fields left unread, with a reason." },
  { word: "because", role: "statement", continues: true, docs: "The reason, for people." },
  { word: "on", role: "statement", continues: true, docs: "`on replay`: what a repeated key means." },
  { word: "replay", role: "statement", docs: "A record whose key was seen before." },
  { word: "choose", role: "statement", docs: "Fields of which only those of one arm are written." },
  { word: "within", role: "statement", continues: true, docs: "The tolerance of a control." },
  { word: "minor", role: "statement", docs: "Minor units of a currency: cents, yen, fils." },
  {
    word: "when",
    role: "statement",
    continues: true,
    docs: "A control or list element only where the condition is true.",
  },

  { word: "match", role: "expression", docs: "Chooses by value or by condition." },
  { word: "otherwise", role: "expression", docs: "The arm for everything else." },
  { word: "present", role: "expression", docs: "`is present`: the value is there." },
  { word: "each", role: "expression", docs: "Makes a row of each row of a list." },
  {
    word: "as",
    role: "expression",
    continues: true,
    docs: "Gives a name: to each row, to an import, to a field on the wire.",
  },
  { word: "where", role: "expression", continues: true, docs: "Keeps only what fulfils the condition." },
  { word: "sort", role: "expression", continues: true, docs: "`sort by`: puts rows in order." },
  { word: "by", role: "expression", continues: true, docs: "What rows are sorted or grouped by." },
  { word: "descending", role: "expression", docs: "Largest first." },
  { word: "ascending", role: "expression", docs: "Smallest first, as without the word." },
  {
    word: "group",
    role: "expression",
    docs: "Puts rows with equal keys together and makes a row of each group.",
  },
  {
    word: "tree",
    role: "expression",
    docs: "Rows that name the row above them, parents before their children.",
  },
  {
    word: "previous",
    role: "expression",
    docs: "`previous x.a`: the value in the row before; missing in the first.",
  },
  { word: "running", role: "expression", docs: "`running sum(x.a)`: of all rows up to this one." },
  { word: "join", role: "expression", continues: true, docs: "Finds rows of another list by equal values." },
  { word: "one", role: "expression", continues: true, docs: "`join … one`: exactly one row matches." },
  {
    word: "optional",
    role: "expression",
    continues: true,
    docs: "`join … optional`: at most one row matches.",
  },
  { word: "many", role: "expression", continues: true, docs: "`join … many`: a row for each match." },
  { word: "conflict", role: "expression", docs: "`on conflict`: several rows match where one is wanted." },
  { word: "for", role: "expression", continues: true, docs: "The rows an aggregate runs over." },
  {
    word: "share",
    role: "expression",
    docs: "`share of`: a row's part of a total; the parts add up to it exactly.",
  },
  {
    word: "then",
    role: "expression",
    continues: true,
    docs: "A second rate after the first, where two currencies meet in a third.",
  },
  {
    word: "remainder",
    role: "expression",
    continues: true,
    docs: "`remainder to`: which rows get the coins that are left over.",
  },
  {
    word: "spread",
    role: "expression",
    docs: "`each spread TOTAL over periods of S to E …`: a row a period; the amounts add up to the total.",
  },
  { word: "over", role: "expression", continues: true, docs: "What a total is spread over." },
  { word: "period", role: "expression", docs: "`period of d in Corp`: the fiscal period a date lies in." },
  {
    word: "next",
    role: "expression",
    docs: "`next open period of d in Corp`: the first open one that is not before.",
  },

  { word: "and", role: "operator", continues: true, docs: "Both are true." },
  { word: "or", role: "operator", continues: true, docs: "One of the two is true." },
  { word: "not", role: "operator", docs: "The opposite of a condition." },
  { word: "is", role: "operator", continues: true, docs: "`is present`, `is missing`." },
  {
    word: "else",
    role: "exit",
    continues: true,
    docs: "What happens when the value is missing or the operation fails.",
  },
  { word: "reject", role: "exit", docs: "The record is wrong at its source." },
  { word: "hold", role: "exit", docs: "A person or reference data must act, then the record is replayed." },
  { word: "warn", role: "exit", docs: "Says so and goes on." },
  { word: "skip", role: "exit", docs: "`skip row`: drops one row of a list, counted." },
  { word: "row", role: "exit", docs: "Part of `skip row`." },
  { word: "omit", role: "exit", docs: "Leaves an optional target field out." },
  { word: "clear", role: "exit", docs: "Writes null where the target is clearable." },
  { word: "equally", role: "exit", docs: "Shares in equal parts where the weights have no proportion." },

  { word: "true", role: "literal", docs: "The condition holds." },
  { word: "false", role: "literal", docs: "The condition does not hold." },
  { word: "missing", role: "literal", docs: "No value." },

  { word: "assume", role: "test", docs: "Replaces a crosswalk in a test." },
  { word: "expect", role: "test", docs: "What must come out." },
  { word: "file", role: "test", docs: "A value read from a file beside the test." },
  { word: "at", role: "test", continues: true, docs: "The field an issue is about." },
  { word: "like", role: "test", docs: "The whole result is that of a file." },
  { word: "ignoring", role: "test", continues: true, docs: "Fields that `like` does not compare." },

  { word: "set", role: "clause", docs: "A source that is a whole list, read once for the run." },
  {
    word: "collect",
    role: "clause",
    docs: "`collect by`: rows that agree in these fields become one record.",
  },
  { word: "incomplete", role: "clause", docs: "What becomes of a group that lost a row." },
  { word: "totals", role: "clause", docs: "Further figures of the rows to add up by outcome." },
] as const satisfies readonly Keyword[]

export type KeywordWord = (typeof keywords)[number]["word"]
