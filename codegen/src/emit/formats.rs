//! The formats whose meaning is known: their names in documents, and the statics of `support::formats`.

/// The static of a format, by its path in `support::formats`.
const BUILT_IN: &[(&str, &str)] = &[
    ("date-time", "date_time::DATE_TIME"),
    ("date", "date_time::DATE"),
    ("time", "date_time::TIME"),
    ("duration", "date_time::DURATION"),
    ("email", "email::EMAIL"),
    ("idn-email", "idn::IDN_EMAIL"),
    ("hostname", "idn::HOSTNAME"),
    ("idn-hostname", "idn::IDN_HOSTNAME"),
    ("ipv4", "ip::IPV4"),
    ("ipv6", "ip::IPV6"),
    ("uri", "uri::URI"),
    ("uri-reference", "uri::URI_REFERENCE"),
    ("iri", "uri::IRI"),
    ("iri-reference", "uri::IRI_REFERENCE"),
    ("uri-template", "uri_template::URI_TEMPLATE"),
    ("json-pointer", "json_pointer::JSON_POINTER"),
    ("relative-json-pointer", "json_pointer::RELATIVE_JSON_POINTER"),
    ("regex", "regex::REGEX"),
    ("uuid", "uuid::UUID"),
    ("byte", "byte::BYTE"),
    ("int32", "number::INT32"),
    ("int64", "number::INT64"),
    ("float", "number::FLOAT"),
    ("double", "number::DOUBLE"),
    ("decimal", "number::DECIMAL"),
];

/// The static that asserts a format; `None` for one that asserts nothing (`password`, `binary`), or that is not known.
pub fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, path)| *path)
}

/// Whether a format needs the tables of internationalised domain names.
pub fn needs_idna(name: &str) -> bool {
    built_in(name).is_some_and(|path| path.starts_with("idn::"))
}
