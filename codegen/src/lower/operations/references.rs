//! What stands at a place of the typed frame: the object itself, what a reference to a component stands for, a schema's pointer.

use openapiv3 as oas;

use crate::document::SCHEMA_POINTER;

/// How many references may follow each other. More are a cycle, which `document/` has reported.
const LONGEST_CHAIN: usize = 16;

/// What a `ReferenceOr` stands for, with the pointer of the place that states it; `lookup` finds a component by name.
pub(crate) fn resolved<'d, T>(
    item: &'d oas::ReferenceOr<T>,
    place: String,
    lookup: impl Fn(&str) -> Option<&'d oas::ReferenceOr<T>>,
) -> Option<(&'d T, String)> {
    let (mut item, mut place) = (item, place);
    for _ in 0..LONGEST_CHAIN {
        match item {
            oas::ReferenceOr::Item(item) => return Some((item, place)),
            oas::ReferenceOr::Reference { reference } => {
                let name = reference.rsplit('/').next()?.replace("~1", "/").replace("~0", "~");
                item = lookup(&name)?;
                place = reference.strip_prefix('#')?.to_owned();
            }
        }
    }
    None
}

/// Where `document/` found a schema of the typed frame.
pub(crate) fn schema_pointer(schema: &oas::ReferenceOr<oas::Schema>) -> Option<String> {
    match schema {
        oas::ReferenceOr::Item(schema) => {
            schema.schema_data.extensions.get(SCHEMA_POINTER)?.as_str().map(str::to_owned)
        }
        oas::ReferenceOr::Reference { reference } => reference.strip_prefix('#').map(str::to_owned),
    }
}
