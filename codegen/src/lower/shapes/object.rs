//! Objects with declared properties to structs.
//!
//! ```yaml
//! allOf:
//!   - $ref: '#/components/schemas/Party'     # name
//!   - properties: { cvv: { type: string, nullable: true } }
//! ```
//!
//! becomes a struct with the fields `name` and `cvv: Nullable<String>`.

use crate::api::{AdditionalMembers, Field, Presence, SchemaId, Struct, Type};

use crate::lower::names::{self, Scope};
use crate::lower::schemas::outline::{Additional, Object};
use crate::lower::shapes::namer::Namer;

/// The struct of an object.
pub(crate) fn structure(namer: &mut Namer<'_>, id: SchemaId, object: &Object, rust_name: &str) -> Struct {
    let mut scope = Scope::default();
    let mut fields = Vec::with_capacity(object.properties.len());
    for property in &object.properties {
        let name = &property.name;
        let ty = namer.shape(property.schema, &format!("{rust_name}{}", names::variant_name(name)));
        let presence = match (property.required, namer.schemas.is_nullable(property.schema)) {
            (true, false) => Presence::Required,
            (true, true) => Presence::RequiredNullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        };
        let chosen = namer.context.choices.field_name(&namer.names_of(id, rust_name), name).map(str::to_owned);
        fields.push(Field {
            name: name.clone(),
            rust_name: names::escape(scope.claim(chosen.unwrap_or_else(|| names::value_name(name)))),
            ty,
            presence,
            schema: property.schema,
        });
    }
    let ty = match object.additional {
        Additional::Closed => return Struct { fields, additional: AdditionalMembers::Closed },
        Additional::Any => Type::Any,
        Additional::Schema(schema) => namer.shape_or_null(schema, &format!("{rust_name}Additional")),
    };
    let rust_name = scope.claim("additional_properties".to_owned());
    Struct { fields, additional: AdditionalMembers::Kept { rust_name, ty } }
}
