// Plans by hand, each with the payloads that walk through its corners. They are what goldens, the differential test and the
// type check of the emitter stand on.
import type { Plan, PlanBinding, PlanExpression, PlanStep } from "../../../../compiler/plan/index.ts"
import * as b from "../../interpret/plan-builders.ts"

export interface Fixture {
  readonly name: string
  readonly plan: Plan
  /** A payload that is done. */
  readonly payload: { readonly [source: string]: unknown }
  /** Rows of external crosswalks. */
  readonly reference: { readonly [crosswalk: string]: readonly (readonly [readonly string[], unknown])[] }
  /** Has it a fast way? */
  readonly fast: boolean
}

const read = (field: string, members: PlanBinding | null = null, elements = false) => ({
  field,
  members,
  elements,
})

function orders(): Fixture {
  const address = b.shape("Address", [
    b.field("city", b.wireText(40), { pii: true }),
    b.field("zip", b.wireText(10), { optional: true }),
  ])
  const line = b.shape("Line", [
    b.field("sku", b.wireText(10), { key: true, docs: "Stock keeping unit." }),
    b.field("quantity", b.wireDecimal(12, 4)),
    b.field("price", b.wireMoney("EUR", { wire: "number" })),
    b.field("discount", b.wireDecimal(5, 2, { kind: "percent", wire: "number" }), { optional: true }),
    b.field("taxable", b.wireBool),
    b.field("kind", b.wireEnum(["goods", "service"])),
  ])
  const order = b.contract(
    "Order",
    [
      b.field("Id", b.wireText(18, { min: 1 }), { key: true }),
      b.field("account", b.wireText(18), { wireName: "AccountId" }),
      b.field("ordered", b.wireDate, { wireName: "Date" }),
      b.field("modified", b.wireInstant),
      b.field("stage", b.wireEnum(["Won", "Lost"], true)),
      b.field("currency", b.wireCurrency),
      b.field("amount", b.wireMoney("EUR", { wire: "number" }), { optional: true }),
      b.field("memo", b.wireText(20), { optional: true, pii: true }),
      b.field("ship", b.wireRecord("Address"), { optional: true }),
      b.field("bill", b.wireRecord("Address")),
      b.field("lines", b.wireList(b.wireRecord("Line"), { min: 1, max: 50 }), { wireName: "Lines" }),
      b.field("priority", b.wireInt("0", "9"), { default: "5" }),
    ],
    { direction: "reads", closed: false },
    {
      docs: "An order as it comes.",
      rules: [
        {
          kind: "derive",
          name: "label",
          type: b.wireText(),
          reads: [["Id"]],
          value: b.interpolation("O-", b.hole(b.member(b.variable(0, b.recordOf("Order")), "Id", b.text))),
          at: b.at(20),
        },
        {
          kind: "check",
          reads: [["ordered"]],
          condition: b.compare(b.member(b.variable(0, b.recordOf("Order")), "ordered", b.date), ">=", {
            kind: "literal",
            value: "2000-01-01",
            type: b.date,
            maybe: false,
            at: b.here,
          }),
          exit: {
            verb: "reject",
            code: "TOO_OLD",
            message: b.interpolation(
              "ordered on ",
              b.hole(b.member(b.variable(0, b.recordOf("Order")), "ordered", b.date), "dd.MM.yyyy"),
            ),
          },
          field: null,
          says: null,
          at: b.at(21),
        },
      ],
    },
  )
  const outLine = b.shape("InvoiceLine", [
    b.field("number", b.wireInt()),
    b.field("item", b.wireText(20)),
    b.field("amount", b.wireMoney("EUR", { precision: 14 })),
    b.field("tax", b.wireMoney("EUR", { precision: 14, wire: "number" })),
    b.field("rate", b.wireDecimal(5, 2, { kind: "percent" }), { optional: true }),
    b.field("note", b.wireText(30), { optional: true, clearable: true }),
  ])
  const invoice = b.contract(
    "Invoice",
    [
      b.field("externalId", b.wireText(24), { key: true }),
      b.field("customer", b.wireText(20)),
      b.field("terms", b.wireEnum(["Net30", "Net60"])),
      b.field("date", { kind: "date", wire: { pattern: "MM/dd/yyyy" } }),
      b.field("status", b.wireEnum(["B", "C"])),
      b.field("city", b.wireText(40), { pii: true }),
      b.field("memo", b.wireText(12), { optional: true }),
      b.field("lines", b.wireList(b.wireRecord("InvoiceLine"), { min: 1 }), { wireName: "items" }),
      b.field("total", b.wireMoney("EUR", { precision: 16 })),
      b.field("average", b.wireDecimal(14, 4), { optional: true }),
      b.field("perLine", b.wireDecimal(14, 3), { optional: true }),
      b.field("largest", b.wireMoney("EUR"), { optional: true }),
      b.field("skus", b.wireList(b.wireText()), { optional: true }),
      b.field("hasService", b.wireBool),
      b.field("priority", b.wireInt()),
      b.field("rounded", b.wireMoney(["iso"], { precision: null, scale: 4, fitsMinor: true }), {
        optional: true,
      }),
      b.field("iso", b.wireCurrency),
    ],
    { direction: "writes" },
  )
  const o = (name: string, type = b.text, maybe = false): PlanExpression =>
    b.member(b.variable(0, b.recordOf("Order")), name, type, maybe)
  const row = b.variable(20, b.recordOf("Line"))
  const l = (name: string, type = b.text as PlanExpression["type"], maybe = false): PlanExpression =>
    b.member(row, name, type, maybe)
  const quantity = l("quantity", { kind: "number", digits: 8, scale: 4, rational: false })
  const price = l("price", { kind: "number", digits: 16, scale: 2, rational: false })
  const discount = b.orElse(l("discount", b.numeric(4), true), {
    ...b.figure("0"),
    type: b.numeric(4),
  } as PlanExpression)
  const lineAmount = {
    ...b.round(
      b.arithmetic(
        b.arithmetic(quantity, "*", price, b.numeric(6)),
        "*",
        b.arithmetic({ ...b.figure("1"), type: b.numeric(4) } as PlanExpression, "-", discount),
        b.numeric(10),
      ),
      2,
    ),
    maybe: false,
  } as PlanExpression
  const outRow = b.variable(40, b.recordOf("InvoiceLine"))
  const lines = b.variable(11, b.listOf(b.recordOf("InvoiceLine")))
  const amounts = b.member(outRow, "amount", b.numeric(2))
  const customer = b.variable(50, b.recordOf("Customer"))
  const block = b.blockOf(
    {
      number: b.variable(21, b.numeric(0)),
      item: b.orElse(
        {
          kind: "lookup",
          crosswalk: "ItemBySku",
          keys: [l("sku")],
          asOf: null,
          inverse: false,
          type: b.text,
          maybe: true,
          at: b.here,
        },
        b.exit("hold", "UNKNOWN_ITEM", b.interpolation("no item for ", b.hole(l("sku"))), b.at(33)),
      ),
      amount: b.fitTo(lineAmount, b.wireMoney("EUR", { precision: 14 }), "amount", [{ kind: "digits" }]),
      tax: {
        kind: "conditional",
        bind: null,
        type: b.numeric(2),
        maybe: false,
        at: b.here,
        arms: [
          b.whenArm(
            {
              kind: "logic",
              operator: "and",
              left: l("taxable", b.bool),
              right: b.compare(l("kind"), "==", b.textLiteral("goods")),
              type: b.bool,
              maybe: false,
              at: b.here,
            },
            {
              ...b.round(b.arithmetic(b.variable(32, b.numeric(2)), "*", b.figure("0.19")), 2, "half_up"),
              maybe: false,
            } as PlanExpression,
          ),
        ],
        otherwise: { ...b.figure("0"), type: b.numeric(2) } as PlanExpression,
      },
      rate: l("discount", b.numeric(4), true),
      note: {
        kind: "switch",
        subject: l("kind"),
        arms: [b.valueArm(["service"], b.textLiteral("a service")), b.valueArm(["goods"], b.clear)],
        missing: null,
        otherwise: null,
        type: b.text,
        maybe: false,
        at: b.here,
      },
    },
    30,
  )
  const skip: PlanStep = {
    kind: "let",
    variable: 29,
    value: {
      kind: "conditional",
      bind: null,
      type: b.bool,
      maybe: false,
      at: b.here,
      arms: [b.whenArm(b.compare(quantity, ">", b.figure("0")), b.boolLiteral(true))],
      otherwise: b.exit("skip", "NO_QUANTITY"),
    },
    at: b.at(30),
  }
  const rows = b.each(
    20,
    b.member(b.variable(0, b.recordOf("Order")), "lines", b.listOf(b.recordOf("Line"))),
    b.record("InvoiceLine", { ...block, steps: [skip, ...block.steps] }),
    {
      element: {
        shape: "Line",
        rules: [],
        arguments: [],
        reads: ["sku", "quantity", "price", "discount", "taxable", "kind"].map(name => read(name)),
      },
      where: {
        kind: "not",
        of: b.compare(l("sku"), "==", b.textLiteral("IGNORE")),
        type: b.bool,
        maybe: false,
        at: b.here,
      },
      position: 21,
    },
  )
  const overLines = (
    operation: Parameters<typeof b.aggregate>[0],
    value: PlanExpression | null,
    type: PlanExpression["type"],
    maybe: boolean,
  ): PlanExpression => b.aggregate(operation, 40, lines, value, type, { maybe })
  const overPayload = (
    operation: Parameters<typeof b.aggregate>[0],
    value: PlanExpression,
    type: PlanExpression["type"],
    reads: readonly string[],
  ): PlanExpression =>
    b.aggregate(
      operation,
      20,
      b.member(b.variable(0, b.recordOf("Order")), "lines", b.listOf(b.recordOf("Line"))),
      value,
      type,
      {
        maybe: false,
        element: { shape: "Line", rules: [], arguments: [], reads: reads.map(name => read(name)) },
      },
    )
  const fields: { readonly [name: string]: PlanExpression } = {
    externalId: o("label"),
    lines: b.orElse(
      b.fitTo(rows, b.wireList(b.wireRecord("InvoiceLine"), { min: 1 }), "lines", [], true),
      b.exit("reject", "NO_LINES", null, b.at(40)),
    ),
    customer: b.member(customer, "erpId", b.text),
    terms: b.member(customer, "terms", b.text),
    date: o("ordered", b.date as never),
    status: {
      kind: "switch",
      subject: o("stage"),
      arms: [b.valueArm(["Won"], b.textLiteral("B")), b.valueArm(["Lost"], b.textLiteral("C"))],
      missing: null,
      otherwise: b.exit("reject", "BAD_STAGE", b.interpolation("stage ", b.hole(o("stage"))), b.at(44)),
      type: b.text,
      maybe: false,
      at: b.here,
    },
    city: b.orElse(
      b.member(
        b.member(b.variable(0, b.recordOf("Order")), "ship", b.recordOf("Address"), true),
        "city",
        b.text,
        true,
      ),
      b.member(b.member(b.variable(0, b.recordOf("Order")), "bill", b.recordOf("Address")), "city", b.text),
    ),
    memo: b.fitTo(o("memo", b.text, true), b.wireText(12), "memo", [{ kind: "length" }]),
    total: b.fitTo(
      overLines("sum", amounts, b.numeric(2), false),
      b.wireMoney("EUR", { precision: 16 }),
      "total",
      [{ kind: "digits" }],
    ),
    average: b.round(
      {
        ...overLines("average", amounts, { kind: "number", digits: null, scale: 2, rational: true }, true),
      } as PlanExpression,
      4,
    ),
    perLine: b.round(
      b.arithmetic(
        overLines("sum", amounts, b.numeric(2), false),
        "/",
        overLines("count", null, b.numeric(0), false),
      ),
      3,
      "ceiling",
    ),
    largest: overLines("max", amounts, b.numeric(2), true),
    skus: overPayload("distinct", l("sku"), b.listOf(b.text), ["sku"]),
    hasService: overPayload("any", b.compare(l("kind"), "==", b.textLiteral("service")), b.bool, ["kind"]),
    priority: o("priority", b.numeric(0) as never),
    iso: o("currency"),
    rounded: {
      kind: "round",
      of: b.orElse(o("amount", b.numeric(2) as never, true), {
        ...b.figure("0"),
        type: b.numeric(2),
      } as PlanExpression),
      scale: { kind: "minor", currency: o("currency") },
      mode: "half_even",
      type: b.numeric(4),
      maybe: false,
      at: b.here,
    },
  }
  const names = Object.keys(fields)
  const ids = new Map(names.map((name, i) => [name, name === "lines" ? 11 : 60 + i]))
  const steps: PlanStep[] = [
    {
      kind: "let",
      variable: 50,
      value: b.orElse(
        {
          kind: "lookup",
          crosswalk: "CustomerByAccount",
          keys: [o("account")],
          asOf: null,
          inverse: false,
          type: b.recordOf("Customer"),
          maybe: true,
          at: b.here,
        },
        b.exit(
          "hold",
          "UNKNOWN_CUSTOMER",
          b.interpolation("no customer for ", b.hole(o("account"))),
          b.at(50),
        ),
      ),
      at: b.at(50),
    },
    ...names.map(
      (name): PlanStep => ({
        kind: "field",
        field: name,
        variable: ids.get(name)!,
        value: fields[name]!,
        at: b.at(51),
      }),
    ),
    {
      kind: "check",
      condition: b.compare(b.variable(ids.get("total")!, b.numeric(2)), ">=", b.figure("0")),
      exit: { verb: "warn", code: "NEGATIVE_TOTAL", message: null, field: "total" },
      at: b.at(70),
    },
    {
      kind: "control",
      groups: null,
      masked: false,
      title: "header equals lines",
      left: b.variable(ids.get("total")!, b.numeric(2)),
      operator: "==",
      right: { ...o("amount", b.numeric(2) as never), narrowed: true } as PlanExpression,
      within: { amount: b.figure("1"), relative: false, minorOf: b.textLiteral("EUR") },
      when: {
        kind: "present",
        of: o("amount", b.numeric(2) as never, true),
        negated: false,
        type: b.bool,
        maybe: false,
        at: b.here,
      },
      exit: {
        verb: "hold",
        code: "AMOUNT_MISMATCH",
        message: b.interpolation("total is ", b.hole(b.variable(ids.get("total")!, b.numeric(2)))),
        field: "total",
      },
      at: b.at(71),
    },
  ]
  const target = invoice.fields.map(field => ({ field: field.name, variable: ids.get(field.name)! }))
  const members = (shape: string, names: readonly string[]): PlanBinding => ({
    shape,
    reads: names.map(name => read(name)),
    rules: [],
    arguments: [],
  })
  const map = b.mapOf(
    order,
    invoice,
    {},
    {
      name: "OrderToInvoice",
      docs: "An order becomes an invoice.",
      body: { steps, fields: target },
      crosswalks: ["CustomerByAccount", "ItemBySku"],
      key: { field: "externalId", onReplay: [] },
      sources: [
        {
          name: "order",
          variable: 0,
          at: b.at(3),
          binding: {
            shape: "Order",
            rules: [0, 1],
            arguments: [],
            reads: [
              read("Id"),
              read("account"),
              read("ordered"),
              read("stage"),
              read("currency"),
              read("amount"),
              read("memo"),
              read("ship", members("Address", ["city"])),
              read("bill", members("Address", ["city"])),
              read("lines", null, true),
              read("priority"),
            ],
          },
        },
      ],
      variables: Array.from({ length: 90 }, (_, i) => ({
        name: ["order"][i] ?? (i === 20 ? "line" : i === 40 ? "made" : i === 50 ? "customer" : `v${i}`),
        type: b.text,
        maybe: false,
      })),
    },
  )
  const customerShape = b.shape("Customer", [
    b.field("erpId", b.wireText(20)),
    b.field("terms", b.wireEnum(["Net30", "Net60"])),
  ])
  const parameter = (name: string) => [{ name, type: b.wireText(18) }]
  const plan = b.plan({
    shapes: [order, line, address, invoice, outLine, customerShape],
    crosswalks: [
      {
        id: "CustomerByAccount",
        name: "CustomerByAccount",
        file: 0,
        docs: "",
        at: b.at(80),
        version: "1.0.0",
        owner: null,
        parameters: parameter("account"),
        result: b.wireRecord("Customer"),
        keyForm: "exact",
        bothWays: false,
        dated: false,
        unmapped: null,
        rows: null,
        external: {
          format: "csv",
          path: "customers.csv",
          columns: [],
          where: [],
          days: null,
          wildcard: null,
        },
      },
      {
        id: "ItemBySku",
        name: "ItemBySku",
        file: 0,
        docs: "",
        at: b.at(82),
        version: "1.0.0",
        owner: null,
        parameters: parameter("sku"),
        result: b.wireText(20),
        keyForm: "exact",
        bothWays: false,
        dated: false,
        unmapped: null,
        external: null,
        rows: [
          ["A", "item-a"],
          ["B", "item-b"],
          ["__proto__", "item-proto"],
        ].map(([key, value]) => ({
          keys: [key!],
          from: "0001-01-01",
          until: "9999-12-31",
          value: value!,
          at: b.at(83),
        })),
      },
    ],
    maps: [map],
  })
  return {
    name: "orders",
    plan,
    fast: true,
    payload: {
      order: {
        Id: "1",
        AccountId: "acc",
        Date: "2026-03-31",
        modified: "2026-03-31T09:00:00Z",
        stage: "Won",
        currency: "EUR",
        amount: 29.6,
        memo: "thanks",
        priority: 3,
        ship: null,
        bill: { city: "Köln" },
        Lines: [
          { sku: "A", quantity: "2.5000", price: 9.99, discount: 5, taxable: true, kind: "goods" },
          { sku: "B", quantity: "1", price: 5.87, taxable: false, kind: "service" },
        ],
      },
    },
    reference: {
      CustomerByAccount: [
        [["acc"], { erpId: "C-1", terms: "Net30" }],
        [["bad"], { erpId: 7 }],
      ],
    },
  }
}

/** Composites that pass through, dictionaries, nested each, list literals, sorting, givens, all rounding modes. */
function shapes(): Fixture {
  const tag = b.shape("Tag", [
    b.field("name", b.wireText()),
    b.field("weight", b.wireInt(), { optional: true }),
  ])
  const group = b.shape("Group", [
    b.field("title", b.wireText()),
    b.field("tags", b.wireList(b.wireRecord("Tag"))),
  ])
  const source = b.contract(
    "Thing",
    [
      b.field("constructor", b.wireText()),
      b.field("__proto__", b.wireInt(), { optional: true }),
      b.field("extra", { kind: "dictionary", of: b.wireInt() }),
      b.field("groups", b.wireList(b.wireRecord("Group"))),
      b.field("opaque", { kind: "json" }, { optional: true }),
      b.field("n", b.wireDecimal(null, 4)),
      b.field("d", b.wireDecimal(null, 2)),
    ],
    { closed: true },
  )
  const flat = b.shape("Flat", [
    b.field("group", b.wireText()),
    b.field("tag", b.wireText()),
    b.field("position", b.wireInt()),
  ])
  const boxed = b.shape("Boxed", [
    b.field("title", b.wireText()),
    b.field("flats", b.wireList(b.wireRecord("Flat"))),
    b.field("sum", b.wireInt()),
  ])
  const modes = ["half_even", "half_up", "half_down", "up", "down", "ceiling", "floor", "exact"] as const
  const target = b.contract("Out", [
    b.field("constructor", b.wireText()),
    b.field("__proto__", b.wireInt(), { optional: true }),
    b.field("entry", b.wireInt(), { optional: true }),
    b.field("flats", b.wireList(b.wireRecord("Flat"))),
    b.field("boxes", b.wireList(b.wireRecord("Boxed"))),
    b.field("texts", b.wireList(b.wireText())),
    b.field("opaque", { kind: "json" }, { optional: true }),
    b.field("asOf", b.wireDate, { optional: true }),
    ...modes.map(mode => b.field(mode, b.wireDecimal(null, 1), { optional: true })),
    b.field("ratio", b.wireDecimal(null, 3), { optional: true }),
    b.field("sumOfBoxes", b.wireInt(), { optional: true }),
  ])
  const s = (name: string, type: PlanExpression["type"] = b.text, maybe = false): PlanExpression =>
    b.member(b.variable(0, b.recordOf("Thing")), name, type, maybe)
  const g = b.variable(20, b.recordOf("Group"))
  const t = b.variable(21, b.recordOf("Tag"))
  const groupReads: PlanBinding = {
    shape: "Group",
    rules: [],
    arguments: [],
    reads: [read("title"), read("tags", null, true)],
  }
  const tagReads: PlanBinding = {
    shape: "Tag",
    rules: [],
    arguments: [],
    reads: [read("name"), read("weight")],
  }
  const groups = s("groups", b.listOf(b.recordOf("Group")))
  const tags = b.member(g, "tags", b.listOf(b.recordOf("Tag")))
  const weight = b.orElse(b.member(t, "weight", b.numeric(0), true), b.figure("0"))
  const flatRow = (first: number, position: number): PlanExpression =>
    b.record(
      "Flat",
      b.blockOf(
        {
          group: b.member(g, "title", b.text),
          tag: b.member(t, "name", b.text),
          position: b.variable(position, b.numeric(0)),
        },
        first,
      ),
    )
  const flats: PlanExpression = {
    ...b.each(20, groups, flatRow(100, 22), { position: 22 }),
    generators: [
      { variable: 20, source: groups, element: groupReads },
      { variable: 21, source: tags, element: tagReads },
    ],
    where: b.compare(b.member(t, "name", b.text), "!=", b.textLiteral("")),
    sort: [
      { key: b.orElse(b.member(t, "weight", b.numeric(0), true), b.figure("0")), descending: true },
      { key: b.member(t, "name", b.text), descending: false },
    ],
  } as PlanExpression
  const inner = b.each(21, tags, flatRow(110, 23), { element: tagReads, position: 23 })
  const boxes = b.each(
    20,
    groups,
    b.record(
      "Boxed",
      b.blockOf(
        {
          title: b.member(g, "title", b.text),
          flats: inner,
          sum: b.aggregate("sum", 21, tags, weight, b.numeric(0), { element: tagReads, maybe: false }),
        },
        120,
      ),
    ),
    { element: groupReads },
  )
  const box = b.variable(130, b.recordOf("Boxed"))
  const texts: PlanExpression = {
    kind: "list",
    elements: [
      { when: null, value: s("constructor"), spread: false },
      {
        when: b.compare(s("n", b.numeric(4)), ">", b.figure("10")),
        value: b.textLiteral("more than 10"),
        spread: false,
      },
      {
        when: null,
        value: b.each(20, groups, b.member(g, "title", b.text), { element: groupReads }),
        spread: true,
      },
    ],
    type: b.listOf(b.text),
    maybe: false,
    at: b.here,
  }
  const map = b.mapOf(
    source,
    target,
    {
      constructor: s("constructor"),
      ["__proto__"]: s("__proto__", b.numeric(0), true),
      entry: {
        kind: "entry",
        of: s("extra", { kind: "dictionary", of: b.numeric(0) }),
        key: s("constructor"),
        type: b.numeric(0),
        maybe: true,
        at: b.here,
      },
      flats,
      boxes,
      texts,
      opaque: s("opaque", { kind: "json" }, true),
      asOf: b.variable(5, b.date, true),
      ...Object.fromEntries(
        modes.map(mode => [
          mode,
          b.orElse(b.round(s("n", b.numeric(4)), 1, mode), b.exit("hold", "WOULD_LOSE")),
        ]),
      ),
      ratio: b.round(
        b.arithmetic(
          b.arithmetic(s("n", b.numeric(4)), "*", s("d", b.numeric(2)), b.numeric(6)),
          "/",
          b.arithmetic(s("d", b.numeric(2)), "-", b.figure("1.00")),
        ),
        3,
      ),
      sumOfBoxes: b.aggregate(
        "sum",
        130,
        b.variable(14, b.listOf(b.recordOf("Boxed"))),
        b.member(box, "sum", b.numeric(0)),
        b.numeric(0),
        { maybe: false },
      ),
    },
    { name: "Shapes", givens: [{ name: "asOf", variable: 5, type: b.wireDate, optional: true, at: b.here }] },
  )
  const binding: PlanBinding = {
    ...b.readAll(source),
    reads: source.fields.map(field => read(field.name, null, field.name === "groups")),
  }
  return {
    name: "shapes",
    plan: b.plan({
      shapes: [source, group, tag, target, flat, boxed],
      maps: [{ ...map, sources: [{ name: "src", variable: 0, binding, at: b.here }] }],
    }),
    fast: false,
    payload: {
      src: {
        constructor: "x",
        extra: { x: 7, ["__proto__"]: 1 },
        groups: [
          { title: "a", tags: [{ name: "t1", weight: 1 }, { name: "t2" }] },
          { title: "b", tags: [] },
        ],
        n: "10.2",
        d: "3",
        opaque: { any: [1] },
      },
      asOf: "2026-01-31",
    },
    reference: {},
  }
}

/** Every kind of scalar, read and written in each wire form. */
function scalars(): Fixture {
  const types: { readonly [name: string]: Parameters<typeof b.field>[1] } = {
    text: b.wireText(5, { min: 2 }),
    utf16: b.wireText(4, { measure: "utf16" }),
    bytes: b.wireText(6, { measure: "bytes" }),
    pattern: b.wireText(null, { pattern: "[A-Z]{1,3}" }),
    lower: b.wireText(null, { wire: "lower" }),
    bool: b.wireBool,
    flag: { kind: "bool", wire: { true: "T", false: "F" } },
    int: b.wireInt("-5", "99999999999999999999"),
    intText: b.wireInt(null, null, "text"),
    decimal: b.wireDecimal(9, 3),
    decimalNumber: b.wireDecimal(15, 2, { wire: "number" }),
    large: b.wireDecimal(30, 2),
    positive: b.wireDecimal(9, 2, {
      low: { value: "0", inclusive: false },
      high: { value: "1000.5", inclusive: true },
    }),
    fine: b.wireDecimal(9, 1, {
      low: { value: "-0.55", inclusive: true },
      high: { value: "2.55", inclusive: false },
    }),
    percent: b.wireDecimal(5, 2, { kind: "percent" }),
    fraction: b.wireDecimal(5, 2, { kind: "percent", fraction: true, wire: "number" }),
    minor: b.wireMoney("JPY", { wire: "minor" }),
    scaled: b.wireDecimal(12, 2, { wire: { scaled: 2 } }),
    currency: b.wireCurrency,
    lowerCurrency: { kind: "currency", wire: "lower" },
    country: { kind: "country", wire: "plain" },
    language: { kind: "language", wire: "plain" },
    date: b.wireDate,
    epoch: { kind: "date", wire: { epoch: "ms" } },
    odata: { kind: "date", wire: "odata2" },
    patternDate: { kind: "date", wire: { pattern: "dd.MM.yyyy" } },
    datetime: { kind: "datetime", wire: "iso" },
    instant: b.wireInstant,
    closed: b.wireEnum(["a", "b", "__proto__"]),
    open: b.wireEnum(["a", "b"], true),
  }
  const names = Object.keys(types)
  const fields = names.map(name => b.field(name, types[name]!, { optional: true }))
  const source = b.contract("Scalars", fields)
  const target = b.contract("Written", fields)
  const assigned = Object.fromEntries(names.map(name => [name, b.src(name, b.valueType(types[name]!), true)]))
  return {
    name: "scalars",
    plan: b.plan({
      shapes: [source, target],
      maps: [b.mapOf(source, target, assigned, { name: "Scalars2" })],
    }),
    fast: false,
    payload: { src: { text: "ab", int: 12, decimal: "1.5", date: "2026-02-28", closed: "a" } },
    reference: {},
  }
}

/** As `scalars`, without the wire forms the fast way leaves to the slow. */
function plainScalars(): Fixture {
  const full = scalars()
  const drop = new Set(["minor", "scaled"])
  const shapes_ = full.plan.shapes.map(shape => ({
    ...shape,
    fields: shape.fields.filter(field => !drop.has(field.name)),
  }))
  const [map] = full.plan.maps
  const body = {
    steps: map!.body.steps.filter(step => step.kind !== "field" || !drop.has(step.field)),
    fields: map!.body.fields.filter(({ field }) => !drop.has(field)),
  }
  const sources = map!.sources.map(one => ({
    ...one,
    binding: { ...one.binding, reads: one.binding.reads.filter(({ field }) => !drop.has(field)) },
  }))
  return {
    ...full,
    name: "plain-scalars",
    fast: true,
    plan: { ...full.plan, shapes: shapes_, maps: [{ ...map!, body, sources }] },
  }
}

export const fixtures: readonly Fixture[] = [orders(), shapes(), scalars(), plainScalars()]
