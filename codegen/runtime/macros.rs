//! Items that every model has, written once here instead of once in each.
//!
//! Everything is `#[inline]`, here and in the models, so that of an API of a thousand types only those are compiled that a program uses.
#![allow(
    unused_macros,
    unused_imports,
    reason = "a document without models uses none of them"
)]

/// `from_json`, `validate` and serde's traits, over the rules of a type: what the macros below have in common.
macro_rules! model {
    ($name:ident, $rules:path $(,)?) => {
        impl $name {
            /// Reads a value from JSON and checks it.
            ///
            /// # Errors
            /// Everything wrong with the text: syntax, wrong types, missing and unknown members, broken rules.
            #[inline]
            pub fn from_json(json: &[u8]) -> Result<Self, support::Violations> {
                support::from_json(json, &$rules)
            }

            /// As `from_json`, of a text that is not trusted to be of reasonable size.
            ///
            /// # Errors
            /// As `from_json`; where the text is beyond the limits, that alone.
            #[inline]
            pub fn from_json_within(
                json: &[u8],
                limits: &support::Limits,
            ) -> Result<Self, support::Violations> {
                support::from_json_within(json, &$rules, limits)
            }

            /// Checks the value against every rule of the document.
            ///
            /// # Errors
            /// All violations, in the order of the document.
            #[inline]
            pub fn validate(&self) -> Result<(), support::Violations> {
                support::validate(self, &$rules)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                support::Instance::view(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                support::deserialize(deserializer)
            }
        }
    };
}

/// A struct, of which `support::Struct` says what is its own: its rules; the field of the members that it does not declare; the names of
/// those that it does, where they are not the properties of its schema alone.
macro_rules! object {
    ($name:ident, $rules:path $(, $additional:ident)? $(, [$($declared:literal),* $(,)?])? $(,)?) => {
        support::model!($name, $rules);

        impl $name {
            #[inline]
            fn declared() -> support::Declared {
                support::declared!($rules $(, [$($declared),*])?)
            }
        }

        impl support::Object for $name {
            #[inline]
            fn declared(&self) -> support::Declared {
                Self::declared()
            }

            #[inline]
            fn member(&self, index: usize) -> Option<support::View<'_>> {
                support::Struct::field(self, index)
            }

            $(
                #[inline]
                fn additional(&self) -> Option<&dyn support::Entries> {
                    Some(&self.$additional)
                }
            )?
        }

        impl support::Instance for $name {
            #[inline]
            fn view(&self) -> support::View<'_> {
                support::View::Object(self)
            }

            #[inline]
            fn holds(&self, rules: &support::Rules) -> bool {
                support::struct_holds(self, rules, &$rules)
            }
        }

        impl support::Decode for $name {
            #[inline]
            fn decode(reader: &mut support::Reader<'_>) -> Result<Self, support::Fault> {
                support::Struct::read(reader)
            }
        }
    };
}

/// The names that a struct declares.
#[allow(
    unused_macro_rules,
    reason = "few documents have both kinds of structs"
)]
macro_rules! declared {
    ($rules:path) => {
        support::Declared::of(&$rules)
    };
    ($rules:path, [$($declared:literal),*]) => {
        support::Declared::Names(&[$($declared),*])
    };
}

/// A union, of which `support::Union` says what is its own.
macro_rules! union {
    ($name:ident, $rules:path $(,)?) => {
        support::model!($name, $rules);

        impl support::Instance for $name {
            #[inline]
            fn view(&self) -> support::View<'_> {
                support::Union::content(self).1.view()
            }

            #[inline]
            fn holds(&self, rules: &support::Rules) -> bool {
                support::union_holds(self, rules, &$rules)
            }
        }

        impl support::Decode for $name {
            #[inline]
            fn decode(reader: &mut support::Reader<'_>) -> Result<Self, support::Fault> {
                reader.union()
            }
        }
    };
}

/// The texts of an enum's variants, and what follows from them.
macro_rules! text_enum {
    ($name:ident, $rules:path { $($variant:ident = $text:literal,)* }) => {
        support::model!($name, $rules);

        impl $name {
            /// The value as the document writes it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }

        /// The variant's name. A value that the document does not list may be anything, and is shown unless it could be a card's number.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant => f.write_str(stringify!($variant)),)*
                    Self::Unknown(text) => f.debug_tuple("Unknown").field(&support::unless_card_number(text)).finish(),
                }
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl support::Instance for $name {
            #[inline]
            fn view(&self) -> support::View<'_> {
                support::View::String(self.as_str())
            }

            #[inline]
            fn holds(&self, rules: &support::Rules) -> bool {
                support::enum_holds(self.as_str(), !matches!(self, Self::Unknown(_)), rules, &$rules)
            }
        }

        impl support::Decode for $name {
            #[inline]
            fn decode(reader: &mut support::Reader<'_>) -> Result<Self, support::Fault> {
                Ok(Self::from(&*reader.string()?))
            }
        }
    };
}

pub(crate) use {declared, model, object, text_enum, union};
