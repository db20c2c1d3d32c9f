//! Names for the types of schemas that stand in an operation and have no name of their own.
//!
//! | schema of `getStations` | type |
//! | --- | --- |
//! | its request body | `GetStationsRequest` |
//! | a request body of another media type, which has a method of its own | `GetStationsMultipartRequest` |
//! | the response of its only success status | `GetStationsResponse` |
//! | a response of one of several success statuses | `GetStationsOk`, `GetStationsCreated` |
//! | a response of an error status | `GetStationsNotFound`, `GetStationsStatus499`, `GetStationsClientError`, `GetStationsDefault` |
//! | the parameter `limit` | `GetStationsLimit` |
//! | a body or response that has a `title` of its own | the title: `StationList` |
//! | a response that several operations share | the name of the component: `NotFoundResponse` |
//!
//! A response has the name of the variant of `GetStationsError` that holds it (or of `GetStationsResponse`, which the client defines where
//! there are several success statuses).

use crate::api::ResponseStatus;

use crate::lower::names::{type_name, variant_name};

/// The most words of a title that is taken for a name; longer ones describe.
const MOST_WORDS: usize = 4;

/// The type of the request body that an operation sends.
pub fn request(stem: &str) -> String {
    format!("{stem}Request")
}

/// The type of a request body of another media type; `suffix` is that of the method that sends it.
pub fn request_as(stem: &str, suffix: &str) -> String {
    format!("{stem}{}Request", variant_name(suffix))
}

/// The type of a parameter.
pub fn parameter(stem: &str, name: &str) -> String {
    format!("{stem}{}", variant_name(name))
}

/// The type of the response of a status.
pub fn response(stem: &str, status: ResponseStatus, is_only_success: bool) -> String {
    if is_only_success { format!("{stem}Response") } else { format!("{stem}{}", status.phrase()) }
}

/// The type of a response that `components.responses` names.
pub fn shared_response(component: &str) -> String {
    format!("{}Response", type_name(component))
}

/// The name that a title makes: `Station list` makes `StationList`. `None` for one that is rather a sentence.
pub fn titled(title: &str) -> Option<String> {
    let words = title.split_whitespace().count();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-');
    let starts_well = title.starts_with(|first: char| first.is_ascii_alphabetic());
    (starts_well && words <= MOST_WORDS && title.chars().all(is_name)).then(|| type_name(title))
}

#[cfg(test)]
mod tests {
    use super::{response, titled};
    use crate::api::ResponseStatus::{Code, Default, Range};

    #[test]
    fn responses_are_named_by_what_they_mean() {
        let names = [
            response("Get", Code(200), true),
            response("Get", Code(201), false),
            response("Get", Code(404), false),
            response("Get", Code(499), false),
            response("Get", Range(4), false),
            response("Get", Default, false),
        ];
        let expected = ["GetResponse", "GetCreated", "GetNotFound", "GetStatus499", "GetClientError", "GetDefault"];
        assert_eq!(names, expected);
    }

    #[test]
    fn titles_that_are_names_are_taken() {
        assert_eq!(titled("Station list").as_deref(), Some("StationList"));
        assert_eq!(titled("Vec").as_deref(), Some("VecModel"));
        for sentence in ["", "A list of all stations there are", "What? This.", "200 answer", "Bücher"] {
            assert_eq!(titled(sentence), None, "{sentence}");
        }
    }
}
