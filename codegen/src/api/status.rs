//! Statuses of responses.

/// Which statuses a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResponseStatus {
    /// `200`.
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    /// `default`.
    Default,
}

impl ResponseStatus {
    /// Its reason phrase (RFC 9110, section 15) as a name: `NotFound`; its number where it has none.
    pub fn phrase(self) -> String {
        let code = match self {
            Self::Code(code) => code,
            Self::Range(1) => return "Informational".to_owned(),
            Self::Range(2) => return "Success".to_owned(),
            Self::Range(3) => return "Redirection".to_owned(),
            Self::Range(4) => return "ClientError".to_owned(),
            Self::Range(5) => return "ServerError".to_owned(),
            Self::Range(range) => return format!("Status{range}xx"),
            Self::Default => return "Default".to_owned(),
        };
        let name = match code {
            200 => "Ok",
            201 => "Created",
            202 => "Accepted",
            203 => "NonAuthoritativeInformation",
            204 => "NoContent",
            205 => "ResetContent",
            206 => "PartialContent",
            207 => "MultiStatus",
            301 => "MovedPermanently",
            302 => "Found",
            303 => "SeeOther",
            304 => "NotModified",
            307 => "TemporaryRedirect",
            308 => "PermanentRedirect",
            400 => "BadRequest",
            401 => "Unauthorized",
            402 => "PaymentRequired",
            403 => "Forbidden",
            404 => "NotFound",
            405 => "MethodNotAllowed",
            406 => "NotAcceptable",
            408 => "RequestTimeout",
            409 => "Conflict",
            410 => "Gone",
            411 => "LengthRequired",
            412 => "PreconditionFailed",
            413 => "ContentTooLarge",
            415 => "UnsupportedMediaType",
            422 => "UnprocessableContent",
            423 => "Locked",
            424 => "FailedDependency",
            425 => "TooEarly",
            428 => "PreconditionRequired",
            429 => "TooManyRequests",
            451 => "UnavailableForLegalReasons",
            500 => "InternalServerError",
            501 => "NotImplemented",
            502 => "BadGateway",
            503 => "ServiceUnavailable",
            504 => "GatewayTimeout",
            _ => return format!("Status{code}"),
        };
        name.to_owned()
    }

    /// Whether it stands for success: 2xx and 3xx. `default` does where no response with a success status is declared, which is not decided
    /// here.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=399) | Self::Range(2..=3))
    }
}
