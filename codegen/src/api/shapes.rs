//! The Rust side of schemas: types in a position ([`Type`]) and types to be defined ([`Definition`]).
//!
//! | document | here |
//! | --- | --- |
//! | `{type: string, maxLength: 30}` | `Type::String` |
//! | the same with `x-sensitive: true` | `Type::Secret(String)` |
//! | `{type: array, items: {$ref: Card}}` | `Type::Array(Named(Card))` |
//! | a property, optional and nullable | a [`Field`] with `presence = OptionalNullable` |

use crate::api::SchemaId;

/// Identifies a [`Definition`] in [`Definitions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DefinitionId(pub usize);

/// The types to be defined, in document order.
#[derive(Clone, Debug, Default)]
pub struct Definitions(pub Vec<Definition>);

impl Definitions {
    /// The definition of an id that this arena gave out.
    pub fn get(&self, id: DefinitionId) -> &Definition {
        &self.0[id.0]
    }
}

/// A Rust type in a position.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `bool`.
    Boolean,
    /// `i64`: every integer whose bounds do not demand more, whatever its format, so that a response that violates `int32` still has a
    /// value.
    Integer,
    /// `u64`: integers from zero to above `i64::MAX`.
    Unsigned,
    /// `f64`.
    Number,
    /// `String`.
    String,
    /// A string with a format that has a type of the ecosystem: `Formatted<uuid::Uuid>`.
    Formatted(FormatType),
    /// `Mapped<T>`: a type that the user chose, by its path.
    Mapped(String),
    /// `Binary`: a file, as a part of a multipart body.
    Binary,
    /// `Vec<T>`.
    Array(Box<Type>),
    /// `BTreeMap<String, T>`.
    Map(Box<Type>),
    /// `serde_json::Value`: no type, or several that no union can distinguish.
    Any,
    /// A defined type.
    Named(DefinitionId),
    /// `Option<T>` where null is a value (elements, map values, bodies; fields say it by [`Presence`]).
    Nullable(Box<Type>),
    /// `Box<T>`: an edge that closes a cycle, or leads to something large.
    Boxed(Box<Type>),
    /// `Secret<T>`.
    Secret(Box<Type>),
}

impl Type {
    /// Its element type: `T` of `Vec<T>`.
    pub fn inner(&self) -> Option<&Self> {
        match self {
            Self::Array(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner) => Some(inner),
            Self::Boolean
            | Self::Integer
            | Self::Unsigned
            | Self::Number
            | Self::String
            | Self::Formatted(_)
            | Self::Mapped(_)
            | Self::Binary
            | Self::Any
            | Self::Named(_) => None,
        }
    }

    /// The type itself and its element types, outermost first.
    pub fn layers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |ty| ty.inner())
    }

    /// The definition that it names.
    pub fn named(&self) -> Option<DefinitionId> {
        self.layers().find_map(|ty| if let Self::Named(id) = ty { Some(*id) } else { None })
    }
}

/// Formats with a type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FormatType {
    /// `uuid`: `uuid::Uuid`.
    Uuid,
    /// `date-time`: `jiff::Timestamp`.
    DateTime,
    /// `date`: `jiff::civil::Date`.
    Date,
    /// `byte`: base64, `Vec<u8>`.
    Byte,
}

/// A type to be defined.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its Rust name.
    pub rust_name: String,
    /// The name in `components.schemas`, where it is one.
    pub component: Option<String>,
    /// What it means; the schema has an anchor.
    pub schema: SchemaId,
    /// Traits that the user wants derived.
    pub derives: Vec<String>,
    /// Whether a request can carry it: it has a builder.
    pub in_request: bool,
    /// Whether a response can carry it.
    pub in_response: bool,
    /// What kind of type.
    pub kind: DefinitionKind,
}

/// Kinds of defined types.
#[derive(Clone, Debug)]
pub enum DefinitionKind {
    /// An object with declared properties.
    Struct(Struct),
    /// An `enum` of strings.
    Enum(Enum),
    /// A `oneOf` or `anyOf`.
    Union(Union),
    /// Another name of a type (`Pets: {type: array, ...}`).
    Alias(Type),
}

impl DefinitionKind {
    /// The types that a value of it holds: of fields and undeclared members, of variants, of what it is another name for.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(structure) => {
                let additional = match &structure.additional {
                    AdditionalMembers::Kept { ty, .. } => Some(ty),
                    AdditionalMembers::Closed => None,
                };
                structure.fields.iter().map(|field| &field.ty).chain(additional).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }
}

/// A struct.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Its fields, in document order.
    pub fields: Vec<Field>,
    /// What becomes of undeclared members.
    pub additional: AdditionalMembers,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// The property's name in the document.
    pub name: String,
    /// The field's Rust name, `r#` included where needed.
    pub rust_name: String,
    /// Its type, null and absence aside.
    pub ty: Type,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// Its schema.
    pub schema: SchemaId,
}

/// Whether a property may be absent or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Required, not nullable: `T`.
    Required,
    /// Required, nullable: `Option<T>`, written as `null`.
    RequiredNullable,
    /// Optional, not nullable: `Option<T>`, left out when `None`.
    Optional,
    /// Optional, nullable: `Nullable<T>`.
    OptionalNullable,
}

/// What becomes of undeclared members.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AdditionalMembers {
    /// `additionalProperties: false`: ignored when decoding a response, a violation when checking.
    #[default]
    Closed,
    /// Kept in a field of this Rust name, a map of this type.
    Kept {
        /// The field's Rust name.
        rust_name: String,
        /// The type of a value.
        ty: Type,
    },
}

/// An enum of strings. An `Unknown(String)` variant is added at emission.
#[derive(Clone, Debug, Default)]
pub struct Enum {
    /// The variants, in document order.
    pub variants: Vec<EnumVariant>,
}

/// A variant of an enum of strings.
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// The string in the document.
    pub value: String,
    /// The variant's Rust name.
    pub rust_name: String,
    /// `x-enum-descriptions`, where given.
    pub description: Option<String>,
}

/// A union. An `Unknown(serde_json::Value)` variant for what fits no branch is added at emission.
#[derive(Clone, Debug)]
pub struct Union {
    /// The branches, in document order.
    pub variants: Vec<UnionVariant>,
    /// What tells the branches apart, in the order in which it is looked at. Where it decides nothing, the branches are tried
    /// in document order.
    pub evidence: Vec<Evidence>,
}

/// A branch of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The variant's Rust name.
    pub rust_name: String,
    /// What it holds.
    pub ty: Type,
    /// The branch's schema.
    pub schema: SchemaId,
}

/// A reason to take an instance for one of a branch, decided at generation.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Index into [`Union::variants`].
    pub variant: usize,
    /// The types that an instance must be of.
    pub types: crate::api::TypeSet,
    /// What must hold besides.
    pub proof: Proof,
}

/// What tells an instance of one branch from those of the others, strongest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// A member that has one of these values: a discriminator, or a property with an `enum` or `const` of its own.
    MemberValue(String, Vec<String>),
    /// A string of these.
    Value(Vec<String>),
    /// A member that this branch alone requires.
    Member(String),
    /// One of the members that this branch alone declares.
    AnyMember(Vec<String>),
    /// The type alone.
    Type,
}
