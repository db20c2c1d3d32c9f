//! Decoding of the types that models are made of.

use std::collections::BTreeMap;

use super::{Fault, Reader};

/// What can be read from JSON.
pub trait Decode: Sized {
    /// Reads the value that comes next.
    ///
    /// # Errors
    /// Where it is not of the type, or (when strict) has undeclared or repeated members.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault>;
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.boolean()
    }
}

impl Decode for i64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.integer()
    }
}

impl Decode for u64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.unsigned()
    }
}

impl Decode for f64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.number()
    }
}

impl Decode for String {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.string().map(std::borrow::Cow::into_owned)
    }
}

impl Decode for serde_json::Value {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.value()
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.is_null()? {
            Ok(None)
        } else {
            T::decode(reader).map(Some)
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::decode(reader).map(Self::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut elements = Self::new();
        reader.array()?;
        while reader.element()? {
            match T::decode(reader) {
                Ok(element) => elements.push(element),
                Err(fault) => return Err(fault.under(elements.len().to_string())),
            }
        }
        Ok(elements)
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut members = Self::new();
        reader.each_member(&mut |reader, name| reader.additional(&mut members, name))?;
        Ok(members)
    }
}
