//! Formats, asserted: one file per family, each by the standard that JSON Schema names for it (2020-12, validation, section 7.3).

pub mod byte;
pub mod date_time;
pub mod email;
pub mod hostname;
pub mod uri;
pub mod uuid;

use super::Decimal;

/// A format of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `date-time` (RFC 3339).
    DateTime,
    /// `date` (RFC 3339, `full-date`).
    Date,
    /// `time` (RFC 3339, `full-time`).
    Time,
    /// `duration` (RFC 3339, appendix A).
    Duration,
    /// `email` (RFC 5321, `Mailbox`).
    Email,
    /// `hostname` (RFC 1123).
    Hostname,
    /// `ipv4` (RFC 2673, `dotted-quad`).
    Ipv4,
    /// `ipv6` (RFC 4291).
    Ipv6,
    /// `uri` (RFC 3986).
    Uri,
    /// `uri-reference` (RFC 3986).
    UriReference,
    /// `uuid` (RFC 4122).
    Uuid,
    /// `byte`: base64 (RFC 4648).
    Byte,
    /// `int32`: 32 bits, signed.
    Int32,
    /// `int64`: 64 bits, signed.
    Int64,
    /// `float`: within the range of binary32.
    Float,
    /// `double`: every number that JSON can carry here.
    Double,
}

impl Format {
    /// The format of a name in the document; `None` for one that asserts nothing here.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "date-time" => Self::DateTime,
            "date" => Self::Date,
            "time" => Self::Time,
            "duration" => Self::Duration,
            "email" => Self::Email,
            "hostname" => Self::Hostname,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "uri" => Self::Uri,
            "uri-reference" => Self::UriReference,
            "uuid" => Self::Uuid,
            "byte" => Self::Byte,
            "int32" => Self::Int32,
            "int64" => Self::Int64,
            "float" => Self::Float,
            "double" => Self::Double,
            _ => return None,
        })
    }

    /// The name in the document.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Email => "email",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Uuid => "uuid",
            Self::Byte => "byte",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Float => "float",
            Self::Double => "double",
        }
    }

    /// Whether a string is of the format; formats of numbers say nothing of strings.
    #[must_use]
    pub fn holds_for_text(self, text: &str) -> bool {
        match self {
            Self::DateTime => date_time::is_date_time(text),
            Self::Date => date_time::is_date(text),
            Self::Time => date_time::is_time(text),
            Self::Duration => date_time::is_duration(text),
            Self::Email => email::is_email(text),
            Self::Hostname => hostname::is_hostname(text),
            Self::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
            // A zone is no part of the format.
            Self::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
            Self::Uri => uri::is_uri(text),
            Self::UriReference => uri::is_uri_reference(text),
            Self::Uuid => uuid::is_uuid(text),
            Self::Byte => byte::decode(text).is_some(),
            Self::Int32 | Self::Int64 | Self::Float | Self::Double => true,
        }
    }

    /// Whether a number is of the format; formats of strings say nothing of numbers. `int32` is about range: that a number
    /// is an integer is the schema's `type`.
    #[must_use]
    pub fn holds_for_number(self, number: Decimal) -> bool {
        let within = |bits: u32| {
            number.to_integer().is_some_and(|value| (-(1i128 << (bits - 1))..1i128 << (bits - 1)).contains(&value))
        };
        match self {
            Self::Int32 => within(32),
            Self::Int64 => within(64),
            Self::Float => number.to_float().abs() <= f64::from(f32::MAX),
            _ => true,
        }
    }
}
