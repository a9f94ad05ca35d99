// What an EDMX document says, in words that OData V2 and V4 share. Flows in: nothing. Flows out: types, from the readers of
// both versions to what makes fields of them. It must not know XML, nor how a contract looks.

export interface EdmModel {
  readonly version: "V2" | "V4"
  /** Does the document speak SAP's own attributes or vocabularies? */
  readonly isSap: boolean
  readonly namespaces: readonly string[]
  readonly schemaVersion: string | null
  /** Entity and complex types by qualified name, in the order of the document. */
  readonly structures: ReadonlyMap<string, EdmStructure>
  readonly enums: ReadonlyMap<string, EdmEnum>
  /** Type definitions by qualified name. */
  readonly definitions: ReadonlyMap<string, EdmDefinition>
  readonly sets: readonly EdmSet[]
  /** What the document holds besides types and sets: functions, actions. */
  readonly others: readonly string[]
}

export interface EdmStructure {
  readonly kind: "entity" | "complex"
  /** With its namespace. */
  readonly name: string
  readonly local: string
  readonly base: string | null
  readonly isOpen: boolean
  readonly isStream: boolean
  readonly docs: readonly string[]
  readonly keys: readonly string[]
  readonly properties: readonly EdmProperty[]
  readonly navigations: readonly EdmNavigation[]
}

export interface EdmFacets {
  readonly maxLength: string | null
  readonly precision: string | null
  readonly scale: string | null
}

export interface EdmProperty extends EdmFacets {
  readonly name: string
  /** Qualified: `Edm.String`, `NS.Type`. */
  readonly type: string
  readonly isCollection: boolean
  readonly nullable: boolean
  readonly docs: readonly string[]
  /** What says the currency or unit of the amount: the path of a property, or a code. */
  readonly unit: EdmUnit | null
  /** What the property itself is. */
  readonly role: "currency" | "unit" | null
  readonly format: "date" | "digits" | "upper" | null
  readonly writing: EdmWriting
  readonly isPersonal: boolean
}

export interface EdmUnit {
  /** `money` and `quantity` where the document says which; V2 names a property, whose role tells. */
  readonly kind: "money" | "quantity" | "told by the unit"
  readonly path: string | null
  readonly constant: string | null
}

export interface EdmWriting {
  readonly creatable: boolean
  readonly updatable: boolean
}

export interface EdmNavigation {
  readonly name: string
  /** Qualified name of an entity type. */
  readonly target: string
  readonly isMany: boolean
  readonly contains: boolean
}

export interface EdmEnum {
  readonly name: string
  readonly local: string
  readonly docs: readonly string[]
  readonly isFlags: boolean
  readonly members: readonly { readonly name: string; readonly docs: readonly string[] }[]
}

export interface EdmDefinition extends EdmFacets {
  readonly name: string
  readonly type: string
}

export interface EdmSet extends EdmWriting {
  readonly name: string
  /** Qualified name of an entity type. */
  readonly type: string
  readonly docs: readonly string[]
  /** Paths of properties. */
  readonly notCreatable: ReadonlySet<string>
  readonly notUpdatable: ReadonlySet<string>
  readonly requiredOnCreate: readonly string[]
}
