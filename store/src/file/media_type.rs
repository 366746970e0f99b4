//! Detects the media type of a file from its first bytes, whatever its name or sender claims.

use std::str::FromStr;

/// The accepted media types. None can run scripts in a browser, which excludes SVG and HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    Jpeg,
    Png,
    WebP,
    Gif,
    Pdf,
}

impl MediaType {
    const ALL: [MediaType; 5] = [MediaType::Jpeg, MediaType::Png, MediaType::WebP, MediaType::Gif, MediaType::Pdf];

    pub fn detect(content: &[u8]) -> Option<Self> {
        match content {
            [0xFF, 0xD8, 0xFF, ..] => Some(MediaType::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(MediaType::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(MediaType::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(MediaType::Gif),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(MediaType::Pdf),
            _ => None,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png => "image/png",
            MediaType::WebP => "image/webp",
            MediaType::Gif => "image/gif",
            MediaType::Pdf => "application/pdf",
        }
    }

    /// The file name extensions of this type; the first is the default.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            MediaType::Jpeg => &["jpg", "jpeg", "jfif"],
            MediaType::Png => &["png"],
            MediaType::WebP => &["webp"],
            MediaType::Gif => &["gif"],
            MediaType::Pdf => &["pdf"],
        }
    }

    pub fn is_image(self) -> bool {
        self != MediaType::Pdf
    }
}

impl FromStr for MediaType {
    type Err = domain::state::UnknownState;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        MediaType::ALL.into_iter().find(|kind| kind.name() == name).ok_or(domain::state::UnknownState)
    }
}
