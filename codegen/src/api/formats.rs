//! The formats whose meaning is known: their names in documents, and the statics of `support::formats`.

use crate::runtime::{Format, formats};

/// A format that can be asserted.
struct Known {
    name: &'static str,
    /// Its static, by its path in `support::formats`.
    path: &'static str,
    format: &'static Format,
}

macro_rules! known {
    ($($name:literal $module:ident $constant:ident,)*) => {
        const KNOWN: &[Known] = &[$(Known {
            name: $name,
            path: concat!(stringify!($module), "::", stringify!($constant)),
            format: &formats::$module::$constant,
        }),*];
    };
}

known! {
    "date-time" date_time DATE_TIME,
    "date" date_time DATE,
    "time" date_time TIME,
    "duration" date_time DURATION,
    "email" email EMAIL,
    "idn-email" idn IDN_EMAIL,
    "hostname" idn HOSTNAME,
    "idn-hostname" idn IDN_HOSTNAME,
    "ipv4" ip IPV4,
    "ipv6" ip IPV6,
    "uri" uri URI,
    "uri-reference" uri URI_REFERENCE,
    "iri" uri IRI,
    "iri-reference" uri IRI_REFERENCE,
    "uri-template" uri_template URI_TEMPLATE,
    "json-pointer" json_pointer JSON_POINTER,
    "relative-json-pointer" json_pointer RELATIVE_JSON_POINTER,
    "regex" regex REGEX,
    "uuid" uuid UUID,
    "byte" byte BYTE,
    "int32" number INT32,
    "int64" number INT64,
    "float" number FLOAT,
    "double" number DOUBLE,
    "decimal" number DECIMAL,
}

macro_rules! functions {
    ($($module:ident $function:ident,)*) => {
        /// The functions that choices may name and that are here: path, function.
        const FUNCTIONS: &[(&str, fn(&str) -> bool)] = &[$((
            concat!("support::formats::", stringify!($module), "::", stringify!($function)),
            formats::$module::$function,
        )),*];
    };
}

functions! {
    byte is_base64,
    card_number is_card_number,
    date_time is_date,
    date_time is_date_time,
    date_time is_duration,
    date_time is_time,
    email is_email,
    hostname is_hostname,
    idn is_hostname,
    idn is_idn_email,
    idn is_idn_hostname,
    ip is_ipv4,
    ip is_ipv6,
    json_pointer is_json_pointer,
    json_pointer is_relative_json_pointer,
    number is_decimal,
    regex is_regex,
    uri is_iri,
    uri is_iri_reference,
    uri is_uri,
    uri is_uri_reference,
    uri_template is_uri_template,
    uuid is_uuid,
}

fn known(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

/// The path of the static that asserts a format; `None` for one that asserts nothing (`password`, `binary`), or that is not known.
pub fn built_in(name: &str) -> Option<&'static str> {
    known(name).map(|known| known.path)
}

/// The static itself.
pub fn format(name: &str) -> Option<&'static Format> {
    known(name).map(|known| known.format)
}

/// The function that a path of the choices names; `None` for one of the user's own.
pub fn function(path: &str) -> Option<fn(&str) -> bool> {
    FUNCTIONS.iter().find(|(known, _)| *known == path).map(|(_, function)| *function)
}

/// Whether a format needs the tables of internationalised domain names.
pub fn needs_idna(name: &str) -> bool {
    built_in(name).is_some_and(|path| path.starts_with("idn::"))
}

#[cfg(test)]
mod tests {
    use super::KNOWN;

    #[test]
    fn a_format_has_the_name_that_documents_give_it() {
        for known in KNOWN {
            assert_eq!(known.format.name(), known.name, "{}", known.path);
        }
    }
}
