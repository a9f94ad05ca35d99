// OData metadata beyond what the published services hold: V4 with its vocabularies, inheritance, circles, both versions' types.
import { describe, expect, test } from "vitest"
import { compiled } from "./compiled.ts"
import { contractOf, fieldOf, imported, importedOnly, importedText } from "./imported-text.ts"

const v4 = (schema: string) => ({
  name: "metadata.xml",
  text: `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:Reference Uri="urn:core"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core"/></edmx:Reference>
  <edmx:Reference Uri="urn:m"><edmx:Include Namespace="Org.OData.Measures.V1" Alias="M"/></edmx:Reference>
  <edmx:Reference Uri="urn:c"><edmx:Include Namespace="Org.OData.Capabilities.V1" Alias="Cap"/></edmx:Reference>
  <edmx:DataServices>
    <Schema Namespace="shop.orders" Alias="Self" xmlns="http://docs.oasis-open.org/odata/ns/edm">${schema}</Schema>
  </edmx:DataServices>
</edmx:Edmx>`,
})

const service = v4(`
  <TypeDefinition Name="Sku" UnderlyingType="Edm.String" MaxLength="40"/>
  <EnumType Name="Status"><Member Name="Draft"/><Member Name="Booked"><Annotation Term="Core.Description" String="It counts."/></Member></EnumType>
  <EnumType Name="Colours" IsFlags="true"><Member Name="Red"/><Member Name="Blue"/></EnumType>
  <ComplexType Name="Address"><Property Name="City" Type="Edm.String" Nullable="false"/></ComplexType>
  <EntityType Name="Thing" Abstract="true">
    <Key><PropertyRef Name="ID"/></Key>
    <Property Name="ID" Type="Edm.Guid" Nullable="false"><Annotation Term="Core.Computed"/></Property>
  </EntityType>
  <EntityType Name="Order" BaseType="Self.Thing">
    <Property Name="Status" Type="Self.Status" Nullable="false"/>
    <Property Name="Colours" Type="Self.Colours"/>
    <Property Name="Total" Type="Edm.Decimal" Precision="15" Scale="2"><Annotation Term="M.ISOCurrency" Path="Currency"/></Property>
    <Property Name="Fee" Type="Edm.Decimal" Precision="9" Scale="2"><Annotation Term="M.ISOCurrency" String="EUR"/></Property>
    <Property Name="Currency" Type="Edm.String" MaxLength="3"/>
    <Property Name="Weight" Type="Edm.Decimal" Precision="9" Scale="variable"><Annotation Term="M.Unit" String="KG"/></Property>
    <Property Name="Ratio" Type="Edm.Double"/>
    <Property Name="Rank" Type="Edm.Int64"/>
    <Property Name="Day" Type="Edm.Date"/>
    <Property Name="Clock" Type="Edm.TimeOfDay"/>
    <Property Name="At" Type="Edm.DateTimeOffset"/>
    <Property Name="Tags" Type="Collection(Edm.String)"/>
    <Property Name="Homes" Type="Collection(Self.Address)"/>
    <Property Name="Ship" Type="Self.Address"/>
    <Property Name="Photo" Type="Edm.Stream"/>
    <Property Name="Place" Type="Edm.GeographyPoint"/>
    <Property Name="Number" Type="Edm.String" MaxLength="10"><Annotation Term="Core.Immutable" Bool="true"/></Property>
    <NavigationProperty Name="Items" Type="Collection(Self.Item)" ContainsTarget="true"/>
    <NavigationProperty Name="Next" Type="Self.Order"/>
  </EntityType>
  <EntityType Name="Item">
    <Key><PropertyRef Name="Line"/></Key>
    <Property Name="Line" Type="Edm.Int32" Nullable="false"/>
    <Property Name="Sku" Type="Self.Sku" Nullable="false"/>
    <NavigationProperty Name="Order" Type="Self.Order" Nullable="false"/>
  </EntityType>
  <EntityContainer Name="Shop">
    <EntitySet Name="Orders" EntityType="Self.Order">
      <Annotation Term="Cap.InsertRestrictions"><Record>
        <PropertyValue Property="RequiredProperties"><Collection><PropertyPath>Number</PropertyPath></Collection></PropertyValue>
      </Record></Annotation>
    </EntitySet>
    <EntitySet Name="Archive" EntityType="Self.Order"/>
    <ActionImport Name="Cancel" Action="Self.Cancel"/>
  </EntityContainer>
  <Annotations Target="Self.Order/Day"><Annotation Term="Core.Permissions" EnumMember="Org.OData.Core.V1.Permission/Read"/></Annotations>
`)

describe("V4", () => {
  const from = importedOnly(service)
  const type = (field: string) => fieldOf(from, "Orders", field).type

  test("it compiles", () => {
    compiled(importedText(service))
  })
  test("types", () => {
    expect(type("Status")).toEqual({ kind: "named", name: "Status", units: [] })
    expect(type("Colours").kind).toBe("text")
    expect(type("Ratio")).toMatchObject({ kind: "decimal", scale: 17 })
    expect(type("Rank")).toMatchObject({ kind: "int", max: "9223372036854775807" })
    expect(fieldOf(from, "Orders", "Rank").wire).toBeNull()
    expect([type("Day").kind, type("At").kind, type("Place").kind]).toEqual(["date", "instant", "json"])
    expect(type("Clock")).toMatchObject({ kind: "text", pattern: expect.stringContaining(":") })
    expect(type("Homes")).toMatchObject({ kind: "list", element: { kind: "named", name: "Address" } })
    expect(type("Ship")).toMatchObject({ kind: "named", name: "Address" })
    expect(fieldOf(from, "Item", "Sku").type).toMatchObject({ kind: "text", max: 40 })
    expect(from.declarations.find(each => each.name === "Status")).toMatchObject({
      members: [
        { value: "Draft", docs: [] },
        { value: "Booked", docs: ["It counts."] },
      ],
    })
    expect(() => fieldOf(from, "Orders", "Photo")).toThrow()
  })
  test("amounts: in a field, in a constant, in a unit", () => {
    expect(type("Total")).toMatchObject({ kind: "money", unit: { kind: "field", wireName: "Currency" } })
    expect(fieldOf(from, "Orders", "Currency")).toMatchObject({ type: { kind: "currency" }, optional: false })
    expect(type("Fee")).toMatchObject({ kind: "money", unit: { kind: "constant", code: "EUR" } })
    expect(type("Weight")).toMatchObject({
      kind: "quantity",
      precision: 18,
      scale: 9,
      unit: { kind: "constant", code: "KG" },
    })
  })
  test("what is inherited, computed, immutable, required", () => {
    expect(fieldOf(from, "Orders", "ID")).toMatchObject({ key: true, optional: false, marks: ["computed"] })
    expect(fieldOf(from, "Orders", "Number").marks).toEqual(["create only"])
    expect(fieldOf(from, "Orders", "Day").marks).toEqual(["computed"])
    expect(contractOf(from, "Orders").requiredOnCreate).toEqual(["Number"])
  })
  test("what is contained is inside; the way back and the circle are not", () => {
    expect(type("Items")).toMatchObject({ kind: "list", element: { name: "Item" } })
    expect(fieldOf(from, "Orders", "Items").wire).toBeNull()
    expect(() => fieldOf(from, "Item", "Order")).toThrow()
    expect(() => fieldOf(from, "Orders", "Next")).toThrow()
  })
  test("nothing is dropped silently", () => {
    const told = from.notes.map(({ kind, at, message }) => `${kind} ${at}: ${message}`).join("\n")
    for (const said of [
      /dropped Archive: It holds the same records as Orders/u,
      /dropped Orders\.Photo/u,
      /widened Orders\.Ratio/u,
      /widened Orders\.Colours/u,
      /widened Orders\.Place: Edm\.GeographyPoint/u,
      /widened Orders\.Weight/u,
      /guessed Orders\.Currency/u,
      /dropped Orders: Next is left out/u,
      /dropped Item: Order is left out/u,
      /dropped shop\.orders: 1 functions and actions.*ActionImport Cancel/u,
    ])
      expect(told).toMatch(said)
  })
})

describe("types of V2", () => {
  const from = importedOnly({
    name: "a.edmx",
    text: `<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" xmlns:sap="http://www.sap.com/Protocols/SAPData">
<edmx:DataServices><Schema Namespace="S" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
<EntityType Name="AType"><Key><PropertyRef Name="K"/></Key>
${[
  `Name="K" Type="Edm.String" Nullable="false" MaxLength="10" sap:updatable="false"`,
  `Name="Long" Type="Edm.Int64"`,
  `Name="Time" Type="Edm.Time"`,
  `Name="Float" Type="Edm.Double"`,
  `Name="Date" Type="Edm.DateTime" sap:display-format="Date"`,
  `Name="When" Type="Edm.DateTime"`,
  `Name="Digits" Type="Edm.String" MaxLength="4" sap:display-format="NonNegative"`,
  `Name="Away" Type="Edm.Decimal" Precision="9" Scale="2" sap:unit="to_B/Currency"`,
  `Name="Odd" Type="Edm.Decimal" Precision="9" Scale="2" sap:unit="K"`,
  `Name="__proto__" Type="Edm.Boolean"`,
]
  .map(each => `<Property ${each}/>`)
  .join("\n")}
</EntityType>
<EntityContainer Name="C"><EntitySet Name="A" EntityType="S.AType" sap:creatable="false" sap:updatable="false"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`,
  })
  test.each([
    ["Long", { kind: "int" }, "text"],
    ["Time", { kind: "text", pattern: expect.stringContaining("PT") }, null],
    ["Float", { kind: "text" }, null],
    ["Date", { kind: "date" }, null],
    ["When", { kind: "datetime" }, null],
    ["Digits", { kind: "text", max: 4, pattern: "[0-9]*" }, null],
    ["Away", { kind: "decimal", precision: 9, scale: 2 }, null],
    ["Odd", { kind: "decimal", precision: 9, scale: 2 }, null],
    ["__proto__", { kind: "bool" }, null],
  ])("%s", (name, type, wire) => {
    const field = fieldOf(from, "A", name)
    expect(field.type).toMatchObject(type)
    expect(field.wire).toBe(wire)
  })
  test("a set that is neither made nor changed is read", () =>
    expect(contractOf(from, "A").direction).toBe("reads"))
})

describe("what is no OData metadata", () => {
  const wrong = (text: string) => imported({ name: "x.edmx", text, format: "edmx" })
  test.each([
    ["another root", "<a/>", 1, /The root is <a>/u],
    ["the root of another namespace", `<e:Edmx xmlns:e="urn:edmx"><x/></e:Edmx>`, 1, /namespace "urn:edmx"/u],
    ["no schema", `<e:Edmx xmlns:e="http://docs.oasis-open.org/odata/ns/edmx"/>`, 1, /no Schema/u],
    [
      "a schema of another namespace",
      `<e:Edmx xmlns:e="http://docs.oasis-open.org/odata/ns/edmx"><e:DataServices>\n<Schema xmlns="urn:x"/></e:DataServices></e:Edmx>`,
      2,
      /none of OData/u,
    ],
    ["cut off", service.text.slice(0, 900), 11, /no XML/u],
    ["an entity bomb", `<!DOCTYPE a [<!ENTITY b "b">]>\n<a>&b;</a>`, 1, /DTD/u],
  ])("%s", (_name, text, line, message) => {
    const problem = wrong(text)
    expect(problem).toMatchObject({ at: "x.edmx", line, message: expect.stringMatching(message) })
  })
})
