//! The editions of the Overlay Specification.

/// An edition of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edition {
    /// 1.0.x.
    V1_0,
    /// 1.1.x, and later ones of the first version, which add to it.
    V1_1,
}

impl Edition {
    /// Reads `1.MINOR` or `1.MINOR.PATCH`; the patch version changes nothing.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split('.');
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (major, minor, patch) = (numbers.next()?, numbers.next()?, numbers.next().unwrap_or("0"));
        let is_version = major == "1" && is_number(minor) && is_number(patch) && numbers.next().is_none();
        is_version.then_some(if minor == "0" { Self::V1_0 } else { Self::V1_1 })
    }
}
