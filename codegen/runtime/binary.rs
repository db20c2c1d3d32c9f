//! Bytes as a part of a multipart body (`type: string, format: binary`), with the name and the media type of a file.

use super::{Decode, Fault, Instance, Reader, View};

/// The content of a file.
///
/// `minLength` and `maxLength` count its octets (OpenAPI 3.1.1, "Working with Binary Data"); patterns and formats are those of texts. What
/// was read from JSON, which knows no bytes, is checked as the string that stood there.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Binary {
    content: Content,
    file_name: Option<String>,
    media_type: Option<String>,
}

#[derive(Clone)]
enum Content {
    Octets(Vec<u8>),
    Text(String),
}

impl Content {
    fn octets(&self) -> &[u8] {
        match self {
            Self::Octets(octets) => octets,
            Self::Text(text) => text.as_bytes(),
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Octets(Vec::new())
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.octets() == other.octets()
    }
}

impl Eq for Content {}

impl Binary {
    /// Bytes without a file name.
    #[must_use]
    pub fn new(content: Vec<u8>) -> Self {
        Self {
            content: Content::Octets(content),
            file_name: None,
            media_type: None,
        }
    }

    /// Sets the file name that is sent.
    #[must_use]
    pub fn with_file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Sets the media type of the bytes. Default: the document's, else `application/octet-stream`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The bytes.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        self.content.octets()
    }

    /// The string that it was read from; `None` where it was made of bytes.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Octets(_) => None,
            Content::Text(text) => Some(text),
        }
    }

    /// The name of the file.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type of the bytes.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }
}

/// Shows the size alone: a file may hold anything.
impl std::fmt::Debug for Binary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Binary({} bytes)", self.content().len())
    }
}

impl From<Vec<u8>> for Binary {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}

impl From<&[u8]> for Binary {
    fn from(content: &[u8]) -> Self {
        Self::new(content.to_vec())
    }
}

impl Instance for Binary {
    fn view(&self) -> View<'_> {
        View::Binary(self)
    }
}

impl Decode for Binary {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let content = Content::Text(reader.string()?.into_owned());
        Ok(Self {
            content,
            file_name: None,
            media_type: None,
        })
    }
}
